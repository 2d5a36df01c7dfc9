import Changes
import Core
import ProcFS
import Processes
import Rendering

/// An adjustment made from the screen: the same as `oomctl adjust` makes, in the journal for `undo` too.
struct WatchAction {
  let process: WatchRow.Target
  let value: Int
  let common: CommonOptions

  /// Carries it out, and says what came of it.
  func carryOut(in world: borrowing World) -> StyledLine {
    do throws(Failure) {
      return try adjust(in: world)
    } catch {
      return StyledLine(Self.sentence(error.message, error.advice), .danger)
    }
  }

  private func adjust(in world: borrowing World) throws(Failure) -> StyledLine {
    var selection = SelectionOptions()
    selection.ids = ProcessNumber(argument: "\(process.identity.id)").map { [$0] } ?? []
    let context = try ProcessContext(common, selection: selection, in: world)
    var session = try ChangeSession(of: Watch.name, in: world)
    let request = AdjustmentRequest(
      amount: .absolute(value), isLegacy: context.machine.readsLegacyAdjustment)
    let targets = try Targets(of: context, ChangeOptions(), for: request, in: world)
    for subject in targets.subjects where subject.record.identity != process.identity {
      throw Failure("\(process.label) has ended; the number is another's now")
    }
    var plan = AdjustmentPlan(request, targets, on: context.machine, in: world)
    session.carryOut(&plan.changes, in: world)
    plan.noteFloor(in: world)
    plan.notes += session.notes
    return outcome(of: plan.report)
  }

  private func outcome(of report: ChangeReport) -> StyledLine {
    if let remark = report.remarks.first(where: \.isError) {
      return StyledLine(Self.sentence(remark.text, remark.advice), .danger)
    }
    guard let change = report.changes.first else { return StyledLine("Nothing was changed.") }
    let old = change.old.text(sizes: .bytes)
    let new = change.new.text(sizes: .bytes)
    let others = report.changes.count - 1
    let along = others > 0 ? ", and \(others) that share its memory" : ""
    let hint = report.remarks.first.map { " \($0.text)." } ?? " oomctl undo takes it back."
    return change.result == .unchanged
      ? StyledLine("\(change.target) is at \(old) already.")
      : StyledLine("\(change.target) \(old) -> \(new)\(along).\(hint)", .notice)
  }

  private static func sentence(_ message: String, _ advice: String?) -> String {
    advice.map { "\(message). \($0)" } ?? message
  }
}
