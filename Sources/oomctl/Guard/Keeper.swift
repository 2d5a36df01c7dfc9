import ProcFS
import Rendering

/// Holds processes to the rules, and remembers what it did, lest it fight over a value with somebody.
struct Keeper {
  var book: RuleBook
  private let machine: Machine
  private var kept: [ProcessID: Kept] = [:]
  /// When the memory of those gone is to be cleared.
  private var largest = 1024

  /// A process that was brought to a value, or couldn't be.
  private struct Kept {
    var startTicks: UInt64
    /// Another program under the same number is to be looked at afresh.
    var name: String?
    var adjustment: Int
    /// Whether it was said that it doesn't have that value.
    var isReported = false

    func isThat(of other: Kept) -> Bool {
      startTicks == other.startTicks && name == other.name && adjustment == other.adjustment
    }
  }

  init(_ book: RuleBook, on machine: Machine) {
    self.book = book
    self.machine = machine
  }

  /// Files to read of each process.
  var needs: Record.Needs { book.needs.union([.stat, .adjustment, .legacyAdjustment]) }

  /// What a rule demands of a process; `nil` where none does.
  func change(
    of record: Record, in world: borrowing World
  ) -> (change: Change, rule: RuleBook.Rule)? {
    guard record.id.rawValue != 1, !record.isKernelThread, record.stat?.isDead != true,
      let rule = book.rule(for: record, on: machine)
    else { return nil }
    let request = AdjustmentRequest(amount: .absolute(rule.adjustment))
    let subject = Subject(record, on: machine, isScored: false)
    return (request.change(of: subject, on: machine, in: world), rule)
  }

  /// Looks at all processes; calls `report` with what there is to say.
  mutating func lookAtAll(
    in world: borrowing World, _ report: (String) -> Void
  ) throws(ProcFSError) {
    for id in try world.proc.processes { look(at: id, in: world, report) }
  }

  /// Looks at one process, which may be gone.
  mutating func look(at id: ProcessID, in world: borrowing World, _ report: (String) -> Void) {
    var survey = Survey()
    guard let record = survey.record(of: id, needs: needs, in: world.proc) else { return }
    guard let (demanded, rule) = change(of: record, in: world) else {
      kept[id] = nil
      return
    }
    var change = demanded
    var now = Kept(
      startTicks: record.stat?.startTicks ?? 0, name: record.name, adjustment: rule.adjustment)
    if change.result == .unchanged {
      // As it should be.
    } else if let before = kept[id], before.isThat(of: now) {
      if !before.isReported {
        report("\(change.target): another has set \(change.old.text(sizes: .bytes)); left alone")
      }
      now.isReported = true
    } else {
      change.apply(in: world)
      now.isReported = change.result != .done
      report(change.sentence(path: book.path, line: rule.line))
    }
    kept[id] = now
    if kept.count > largest { forgetTheGone(in: world) }
  }

  private mutating func forgetTheGone(in world: borrowing World) {
    kept = kept.filter { id, kept in
      let stat = (try? world.proc.stat(of: id)) ?? nil
      return stat?.startTicks == kept.startTicks
    }
    largest = max(1024, 2 * kept.count)
  }
}

extension Change {
  /// As the guard says it.
  fileprivate func sentence(path: String, line: Int) -> String {
    if let error { return error + (advice.map { "; \($0)" } ?? "") }
    return "\(target): \(old.text(sizes: .bytes)) -> \(new.text(sizes: .bytes)) (\(path):\(line))"
  }
}
