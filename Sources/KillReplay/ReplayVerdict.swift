public import Badness
import Rendering

extension Replay {
  /// The outcome of choosing once more by the kernel's own rule.
  public enum Verdict: Equatable, Sendable {
    /// The process that the kernel chose comes first here too.
    case confirmed
    /// So it does among others with the same points.
    case confirmedTie(ReplayTie)
    /// So it does if something holds that the log doesn't tell.
    case consistent(ReplayCondition)
    /// There is nothing to choose from, or the kernel didn't choose.
    case notCheckable(ReplayReason)
    /// Another comes first.
    case mismatch(ReplayMismatch)
  }
}

extension Replay.Verdict {
  /// For people, and in JSON.
  public var text: String {
    switch self {
    case .confirmed: "confirmed"
    case .confirmedTie(let tie): "confirmed (tie, \(tie.text))"
    case .consistent(let condition): "consistent if \(condition.text)"
    case .notCheckable(let reason): "not checkable (\(reason.text))"
    case .mismatch(let mismatch): "mismatch (\(mismatch.text))"
    }
  }

  /// The text that follows the word.
  var detail: String? {
    switch self {
    case .confirmed: nil
    case .confirmedTie(let tie): tie.text
    case .consistent(let condition): condition.text
    case .notCheckable(let reason): reason.text
    case .mismatch(let mismatch): mismatch.text
    }
  }

  /// For tables.
  public var word: String {
    switch self {
    case .confirmed: "confirmed"
    case .confirmedTie: "tie"
    case .consistent: "consistent"
    case .notCheckable: "-"
    case .mismatch: "mismatch"
    }
  }

  /// `nil` where that can't be said without knowing more.
  var agrees: Bool? {
    switch self {
    case .confirmed, .confirmedTie: true
    case .consistent, .notCheckable: nil
    case .mismatch: false
    }
  }
}

/// Several with the most points.
public struct ReplayTie: Equatable, Sendable {
  /// The number of processes, the chosen one included.
  let count: Int
  let order: Order
  /// True where all of them have the lowest score there is, which hides how much they differ: up to
  /// 5.8.
  let isAtFloor: Bool

  enum Order: Equatable, Sendable {
    case first, last, unknown
  }

  var text: String {
    let place =
      switch order {
      case .first: "first of \(count) in list order"
      case .last: "last of \(count) in list order"
      case .unknown: "one of \(count); the order within the cgroup isn't printed"
      }
    return isAtFloor ? "\(place), all raised to 1 point" : place
  }
}

/// The reason why another process should have been chosen.
public enum ReplayMismatch: Equatable, Sendable {
  /// This one comes first, with so many points more.
  case top(String, by: Int128, BadnessUnit)
  /// The chosen one may not be killed at all.
  case exempt(String)

  var text: String {
    switch self {
    case .top(let name, let margin, let unit):
      "top is \(name), \(margin) \(unit.words) ahead"
    case .exempt(let name): "\(name) can't be chosen"
    }
  }
}

extension BadnessUnit {
  fileprivate var words: String {
    switch self {
    case .points: "points"
    case .perMille: "thousandths of all memory"
    case .pages: "pages"
    }
  }
}

/// The reason why a choice can't be replayed; the text is for the brackets of the verdict.
public enum ReplayReason: Equatable, Sendable {
  /// `vm.oom_dump_tasks` is off, or printing was limited.
  case noTable
  /// The victim isn't among the rows that were printed.
  case victimNotInTable
  /// The log begins in the middle of the table.
  case noHeader
  /// Two reports were printed at once, and nothing tells which lines are whose.
  case interleaved
  /// The columns of the table are another generation's than its kernel's or its other lines'.
  case contradiction
  /// It died along with others of its cgroup, or with a process that shared its memory.
  case follower
  /// `vm.oom_kill_allocating_task`.
  case allocatingTask
  /// The victim itself asked for memory, and the log doesn't say why it was taken.
  case perhapsAllocatingTask
  /// A vendor's word in the summary.
  case vendorConstraint(String)
  /// To 2.6.35.
  case tooOld
  /// Development kernels of July 2020.
  case unsignedComparison

  /// True where not even points can be given.
  var isFinal: Bool {
    switch self {
    case .noTable, .victimNotInTable, .noHeader, .tooOld, .follower, .interleaved, .contradiction:
      true
    case .allocatingTask, .perhapsAllocatingTask, .vendorConstraint, .unsignedComparison:
      false
    }
  }

  var text: String {
    switch self {
    case .noTable: "no task table"
    case .victimNotInTable: "the victim isn't in the task table"
    case .noHeader: "the task table has lost its header"
    case .interleaved: "two reports interleaved, or the end of one is lost"
    case .contradiction:
      "the task table isn't of the form that its kernel prints: some of it is lost"
    case .follower: "it wasn't chosen: it died along with another"
    case .allocatingTask: "vm.oom_kill_allocating_task: whoever asked for memory was killed"
    case .perhapsAllocatingTask:
      "the victim itself asked for memory: vm.oom_kill_allocating_task may be set"
    case .vendorConstraint(let word):
      "chosen by a rule that isn't the kernel's own: \(SafeText.visible(word))"
    case .tooOld:
      "to 2.6.35 the choice depends on CPU time, age and children, which no table shows"
    case .unsignedComparison:
      "linux-next of July 2020 compared scores below 0 as if they were huge"
    }
  }
}

/// The condition under which the kernel was right.
public enum ReplayCondition: Equatable, Sendable {
  /// The choice holds for these totals only.
  case total([ClosedRange<Int>], ReplayCapacity.Source)
  /// The chosen one had at least so many pages that the table doesn't show.
  case hidden(String, pages: Int)
  /// This rival had fewer than so many hidden pages: with more it would have come first.
  case nothingHidden(String, pages: Int)
  /// These had `CAP_SYS_ADMIN`, and so the bonus for it.
  case administrators([String])
  /// This one, which was chosen, had no such bonus.
  case noAdministrator(String)
  /// These were dying already.
  case dying([String])
  /// It became bigger only after the choice, while the table was printed.
  case grewLater(String, by: Int)
  /// So many rows aren't there.
  case rowsLost(Int)

  var text: String {
    switch self {
    case .total(let ranges, let source):
      "\(source.subject) \(ranges.map(Self.words).joined(separator: ", or "))"
    case .hidden(let name, let pages):
      "\(name) had at least \(Self.pages(pages)) in swap or page tables, which the table doesn't show"
    case .nothingHidden(let name, let pages):
      "\(name) had less than \(Self.pages(pages)) more in swap or page tables, which the table doesn't show"
    case .administrators(let names): "\(Self.list(names)) had CAP_SYS_ADMIN, which lowers a score"
    case .noAdministrator(let name): "\(name) hadn't CAP_SYS_ADMIN, which lowers a score"
    case .dying(let names): "\(Self.list(names)) was dying already"
    case .grewLater(let name, let pages):
      "\(name) had \(Self.pages(pages)) less when the kernel chose than when it printed the table"
    case .rowsLost(let count): "none of the \(count) rows that are missing weighs more"
    }
  }

  private static func words(_ range: ClosedRange<Int>) -> String {
    if range.upperBound >= ReplayCapacity.most { return "at least \(pages(range.lowerBound))" }
    if range.lowerBound == 0 { return "at most \(pages(range.upperBound))" }
    return "between \(range.lowerBound) and \(pages(range.upperBound))"
  }

  private static func pages(_ count: Int) -> String { count == 1 ? "1 page" : "\(count) pages" }

  private static func list(_ names: [String]) -> String {
    names.count > 3 ? "\(names[0]) and \(names.count - 1) others" : names.joined(separator: ", ")
  }
}

extension ReplayCapacity.Source {
  /// The subject of a condition on the total: the memory that was counted.
  fileprivate var subject: String {
    switch self {
    case .machine, .unknown: "RAM plus swap is"
    case .nodes: "the nodes' memory plus swap is"
    case .memoryCgroup: "the limit plus swap is"
    }
  }
}
