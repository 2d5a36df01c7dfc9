import Badness
import CgroupFS
import Core
import KillPrediction
import Posix
import ProcFS
import Processes
import Rendering

/// The facts that are known before the last member of a drill is let go.
struct DrillForecast {
  let stage: DrillStage
  let version: CgroupHierarchy.Version
  let prediction: Prediction

  /// The member that is to die; `nil` when it is none of them.
  var victim: Int? {
    prediction.kills.first.flatMap { kill in
      stage.members.firstIndex { $0.id == kill.victim.id }
    }
  }

  func label(_ index: Int) -> String {
    "\(stage.plan.members[index].name)[\(stage.members[index].id)]"
  }

  /// The step in which a member dies; `nil` when it can't be killed.
  func kill(of index: Int) -> PredictedKill? {
    prediction.kills.first { $0.victim.id == stage.members[index].id }
  }

  func write(to text: inout Text, on page: Page) {
    let rule = stage.context.machine.rule.map { "   rule since \($0.since)" } ?? ""
    let limit = page.sizes.phrase(stage.plan.limit)
    text.line(
      page.emphasis.apply(
        .heading, to: "Drill in \(stage.group.path)   limit \(limit), no swap\(rule)"))
    text.line()
    var table = Table(
      [
        Table.Column("MEMBER"), Table.Column("PID", .right), Table.Column("ADJ", .right),
        Table.Column("TAKES", .right), Table.Column("BADNESS", .right),
        Table.Column("DIES", .right),
      ], hasHeadings: page.hasHeadings)
    for index in stage.members.indices {
      let member = stage.plan.members[index]
      let kill = kill(of: index)
      let isLast = index == stage.members.count - 1
      let size = member.size + (isLast ? stage.plan.growth : 0)
      table.append([
        member.name, "\(stage.members[index].id)", "\(member.adjustment)",
        (isLast ? "to " : "") + page.sizes.text(size), kill.map { badness($0, page) } ?? "-",
        kill.map(\.step.ordinal) ?? "never",
      ])
    }
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
    text.line()
    text.line("Predicted: \(victim.map(label) ?? "-")\(lead(page))")
  }

  private func badness(_ kill: PredictedKill, _ page: Page) -> String {
    let machine = stage.context.machine
    guard machine.rule?.unit == .pages else { return String(kill.badness) }
    return machine.bytes(kill.badness).map(page.sizes.text) ?? "-"
  }

  private func lead(_ page: Page) -> String {
    guard let kill = prediction.kills.first, let next = kill.next else { return ", the only one" }
    guard let margin = kill.margin else { return ", then \(next.label)" }
    return ", \(page.sizes.phrase(margin)) ahead of \(next.label)"
  }
}
