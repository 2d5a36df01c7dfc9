import Changes
import Core
import ProcFS
import Processes
import Protecting
import Rendering

/// Holds processes to the rules, and remembers what it did, so that it doesn't fight with another
/// program over a value.
struct RuleEnforcer {
  var book: RuleBook
  private let machine: Machine
  private var kept: [ProcessID: Kept] = [:]
  /// Processes that are there and couldn't be read: each was reported once, and is looked at again.
  private var unread: Set<ProcessID> = []
  /// The number of processes at which those that are gone are to be forgotten.
  private var largest = 1024

  /// A message about a process.
  enum Message: Equatable {
    /// It has its value now.
    case action(String)
    /// Something is in the way.
    case trouble(String)
  }

  /// A process that was brought to a value, or couldn't be.
  private struct Kept {
    var process: ProcessIdentity?
    /// Another program under the same number is to be looked at afresh.
    var name: String?
    var adjustment: Int
    /// True where it was reported that it doesn't have that value.
    var isReported = false

    func isThat(of other: Kept) -> Bool {
      process == other.process && name == other.name && adjustment == other.adjustment
    }
  }

  init(_ book: RuleBook, on machine: Machine) {
    self.book = book
    self.machine = machine
  }

  /// Files to read of each process.
  var needs: ProcessSnapshot.Fields { book.needs.union([.stat, .adjustment, .legacyAdjustment]) }

  /// True where some process must be looked at again, as an error kept it from being read.
  var hasUnread: Bool { !unread.isEmpty }

  /// True for a process that rules may be for at all.
  static func mayAdjust(_ record: ProcessSnapshot) -> Bool {
    mayAdjust(record.id) && !record.isKernelThread && record.stat?.isDead != true
  }

  /// True for a process that is to be read at all: process 1 isn't.
  static func mayAdjust(_ id: ProcessID) -> Bool { id.rawValue != 1 }

  /// The change that a rule demands of a process; `nil` where none does, and where it was
  /// interrupted.
  func change(
    of record: ProcessSnapshot, in world: borrowing World, while goesOn: () -> Bool = { true }
  ) -> (change: Change, rule: RuleBook.Rule)? {
    guard Self.mayAdjust(record), let rule = book.rule(for: record, on: machine, while: goesOn)
    else { return nil }
    let request = AdjustmentRequest(amount: .absolute(rule.adjustment))
    let subject = ScoredProcess(record, on: machine, isScored: false)
    return (request.change(of: subject, on: machine, in: world), rule)
  }

  /// Looks at all processes as long as it may; `report` gets what there is to say.
  mutating func lookAtAll(
    in world: borrowing World, while goesOn: () -> Bool = { true }, _ report: (Message) -> Void
  ) throws(ProcFSError) {
    try look(at: world.proc.processes, in: world, while: goesOn, report)
  }

  /// Looks again at those that couldn't be read.
  mutating func lookAgain(
    in world: borrowing World, while goesOn: () -> Bool = { true }, _ report: (Message) -> Void
  ) {
    look(at: unread.sorted(), in: world, while: goesOn, report)
  }

  /// Looks at some processes, which may be gone.
  mutating func look(
    at ids: [ProcessID], in world: borrowing World, while goesOn: () -> Bool = { true },
    _ report: (Message) -> Void
  ) {
    for id in ids {
      guard goesOn() else { return }
      if Self.mayAdjust(id) { look(at: id, in: world, while: goesOn, report) }
    }
  }

  private mutating func look(
    at id: ProcessID, in world: borrowing World, while goesOn: () -> Bool,
    _ report: (Message) -> Void
  ) {
    var reader = ProcessReader()
    let record = reader.record(of: id, needs: needs, in: world.proc)
    guard let record, reader.problems.isEmpty else {
      return miss(id, reader.problems.first.map { "\($0)" }, in: world, report)
    }
    if Self.mayAdjust(record), !record.unknown.isDisjoint(with: needs) {
      // A rule may be for it, or may not.
      return miss(id, "process \(id): what rules ask about can't be read", in: world, report)
    }
    guard let (demanded, rule) = change(of: record, in: world, while: goesOn) else {
      forget(id)
      return
    }
    let now = Kept(
      process: record.identity, name: record.name, adjustment: rule.adjustment)
    if demanded.result == .failed {
      return miss(id, demanded.error, in: world, report)
    }
    unread.remove(id)
    bring(demanded, by: rule, now, of: id, in: world, report)
    if kept.count > largest { forgetTheGone(in: world, while: goesOn) }
  }

  /// Sets the value, unless someone else has set another since.
  private mutating func bring(
    _ demanded: Change, by rule: RuleBook.Rule, _ state: Kept, of id: ProcessID,
    in world: borrowing World, _ report: (Message) -> Void
  ) {
    var (change, now) = (demanded, state)
    if change.result == .unchanged {
      // As it should be.
    } else if let before = kept[id], before.isThat(of: now) {
      if !before.isReported {
        let value = change.old.text(sizes: .bytes)
        report(.trouble("\(change.target): someone else has set \(value); left alone"))
      }
      now.isReported = true
    } else {
      change.apply(in: world)
      if let error = change.error {
        guard !hasEnded(id, as: now.process, in: world) else { return forget(id) }
        report(.trouble(error + (change.advice.map { "; \($0)" } ?? "")))
        now.isReported = true
      } else {
        report(.action(change.sentence(path: book.path, line: rule.line)))
      }
    }
    kept[id] = now
  }

  /// A process that couldn't be read is reported once, and only where it is still there.
  private mutating func miss(
    _ id: ProcessID, _ reason: String?, in world: borrowing World, _ report: (Message) -> Void
  ) {
    guard let reason, !hasEnded(id, in: world) else { return forget(id) }
    kept[id] = nil
    if unread.insert(id).inserted { report(.trouble(reason)) }
  }

  private mutating func forget(_ id: ProcessID) {
    kept[id] = nil
    unread.remove(id)
  }

  /// True where a process isn't there any more, which is certain only where the kernel says so.
  func hasEnded(
    _ id: ProcessID, as process: ProcessIdentity? = nil, in world: borrowing World
  ) -> Bool {
    if let process { return (try? world.proc.isAlive(process)) == false }
    return (try? world.proc.isAlive(id)) == false
  }

  private mutating func forgetTheGone(in world: borrowing World, while goesOn: () -> Bool) {
    for (id, kept) in kept where goesOn() {
      if hasEnded(id, as: kept.process, in: world) { self.kept[id] = nil }
    }
    largest = max(1024, 2 * kept.count)
  }
}

extension Change {
  /// As the guard says it.
  fileprivate func sentence(path: String, line: Int) -> String {
    "\(target): \(old.text(sizes: .bytes)) -> \(new.text(sizes: .bytes)) (\(path):\(line))"
  }
}
