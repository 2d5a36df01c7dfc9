public import DaemonLog
public import LogLines

/// A process that the kernel's OOM killer took: one for each `Killed process` line of a log, or, where that is
/// lost, for each line before it that names the victim.
public struct Kill: Hashable, Sendable {
  /// The time at which the line was printed, as far as the log tells.
  public var stamp: Stamp
  /// The line's number in its log, from 1.
  public var line: Int
  /// The process that was killed.
  public var victim: Victim
  /// The process that the kernel had chosen, where it says so: up to 5.0, and then the victim may
  /// be its child.
  public var selected: Selection?
  /// The words before `Killed process`, such as `Memory cgroup out of memory`; empty where there are none.
  public var message: String
  /// True where it died along with others, because its cgroup has `memory.oom.group` set or because
  /// it shares their memory, rather than by being chosen.
  public var isFollower: Bool
  /// The report that the kernel printed around it.
  public var report: Report
  /// The line that names the victim.
  public var evidence = Evidence.killLine

  /// The lines of which each is proof of a kill.
  public enum Evidence: Hashable, Sendable {
    /// `Killed process …`, which the kernel prints as it kills.
    case killLine
    /// `oom-kill:…`, printed just before; the kill line is lost.
    case summary
    /// `Kill process … score …`, printed just before; the kill line is lost, and a child may have died instead.
    case selection
  }

  package init(
    stamp: Stamp, line: Int, victim: Victim, message: String, selected: Selection? = nil,
    isFollower: Bool = false, report: Report = Report(), evidence: Evidence = .killLine
  ) {
    self.stamp = stamp
    self.line = line
    self.victim = victim
    self.message = message
    self.selected = selected
    self.isFollower = isFollower
    self.report = report
    self.evidence = evidence
  }
}

extension Kill {
  /// The relation of the victim to the process that the kernel had selected.
  public enum Kinship: Hashable, Sendable {
    /// Nothing says that another was selected.
    case same
    /// A thread of the victim's was selected: up to 4.6 the kernel went through all threads.
    case thread(Selection)
    /// The victim's parent was selected, and the victim died in its stead: up to 5.0.
    case child(of: Selection)
    /// One of the two; no table tells which.
    case unclear(Selection)
  }

  /// The relation of the victim to the process that was selected. The table has the processes; threads but for
  /// lone ones aren't in it.
  public var kinship: Kinship {
    guard let selected, selected.pid != victim.pid else { return .same }
    guard let table = report.tasks, !table.rows.isEmpty, table.rows.count == table.count else {
      return .unclear(selected)
    }
    if let row = table.row(of: selected.pid) {
      return row.tgid == victim.pid ? .thread(selected) : .child(of: selected)
    }
    return table.row(of: victim.pid) == nil ? .unclear(selected) : .thread(selected)
  }

  /// The process that the kernel decided for: the victim, or its parent.
  package var chosenPID: Int {
    if case .child(let parent) = kinship { parent.pid } else { victim.pid }
  }
}

/// The process of a kill line, as that line describes it: `__oom_kill_process` in `mm/oom_kill.c`.
///
/// Kernels have printed more and more; what a line doesn't say is `nil`.
public struct Victim: Hashable, Sendable {
  /// Process number.
  public var pid: Int
  /// Its `comm`: at most 15 bytes that it chose itself.
  public var name: String
  /// Its real user.
  public var uid: Int?
  /// All that it had mapped.
  public var totalVM: Kibibytes?
  /// Anonymous memory that it had in RAM.
  public var anonymous: Kibibytes?
  /// File pages that it had in RAM.
  public var file: Kibibytes?
  /// Shared memory that it had in RAM; printed from 4.5.
  public var shared: Kibibytes?
  /// Its page tables; printed from 5.4.
  public var pageTables: Kibibytes?
  /// Its `oom_score_adj`; printed from 5.4.
  public var adjustment: Int?

  package init(pid: Int, name: String) {
    self.pid = pid
    self.name = name
  }

  /// The memory that it had in RAM, as far as the line tells.
  public var resident: Kibibytes? {
    guard let anonymous else { return nil }
    return Kibibytes(
      anonymous.count &+ (file?.count ?? 0) &+ (shared?.count ?? 0))
  }
}

/// The process that the kernel chose, printed up to 5.0 before the kill line.
public struct Selection: Hashable, Sendable {
  /// Process number.
  public var pid: Int
  /// Its `comm`.
  public var name: String
  /// Points to 2.6.35, per mille of the allowed memory since.
  public var score: Int?
}
