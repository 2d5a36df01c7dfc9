/// One way in which kernels have chosen among scored processes: `select_bad_process` in
/// `mm/oom_kill.c`, from 4.9 on with `oom_evaluate_task`.
public struct SelectionRule: KernelEra, Hashable {
  /// The release that brought the rule, and its name.
  public let since: KernelVersion
  /// The tasks that are compared with each other.
  public let walks: Walk
  /// The order among equals.
  public let ties: Ties
  /// True where a process with 0 points can be the victim.
  public let takesZero: Bool
  /// True where process 1 can be the victim; only to 2.6.10.
  public let initIsCandidate: Bool
  /// True where the selection, rather than the score, leaves out `oom_adj` -17.
  public let sparesDisabled: Bool
  /// True where a process that causes the shortage knowingly is taken whatever its score; from
  /// 2.6.19 to 2.6.39 it has the highest, and from 3.0 to 3.6 the highest adjustment.
  public let takesOrigin: Bool
  /// The choice, in a line for people.
  public let summary: String

  /// The tasks that the kernel goes through.
  public enum Walk: Hashable, Sendable {
    case threads, leaders
  }

  /// The process that is taken of several with one score.
  public enum Ties: Hashable, Sendable {
    /// The one that the kernel comes to first: the oldest, but inside a memory cgroup.
    case firstWins
    /// The one that it comes to last.
    case lastWins
  }
}

/// A process with a score, in the order in which the kernel comes to it: that of creation, but inside a
/// memory cgroup.
public struct RankKey: Hashable, Sendable {
  /// The score by its kernel's scoring rule.
  public var badness: Int128
  /// The start, field 22 of `/proc/PID/stat`; inside a memory cgroup, its place in the kernel's
  /// walk.
  public var startTicks: UInt64
  /// Stands in for age between processes started in one tick.
  public var pid: Int

  /// `startTicks` is the start since boot in any unit, or a place: it is only compared.
  public init(badness: Int128, startTicks: UInt64, pid: Int) {
    self.badness = badness
    self.startTicks = startTicks
    self.pid = pid
  }
}

extension SelectionRule {
  /// True where the kernel would take the one before the other; sorts the first victim to the
  /// front.
  public func precedes(_ one: RankKey, _ other: RankKey) -> Bool {
    guard one.badness == other.badness else { return one.badness > other.badness }
    let (first, second) = ties == .firstWins ? (one, other) : (other, one)
    return (first.startTicks, first.pid) < (second.startTicks, second.pid)
  }

  /// True where a process with this score can be a victim at all.
  public func takes(badness: Int128) -> Bool {
    takesZero || badness > 0
  }

  /// The score that counts for a process that is taken at once: `LONG_MAX`, to 5.8 `ULONG_MAX`.
  public static let atOnce = Int128(Int64.max)

  /// True where a process is taken whatever its score, even at -1000 (`oom_task_origin` in
  /// `oom_evaluate_task`, to 4.8 in `oom_scan_process_thread`, to 2.6.18 `PF_SWAPOFF` in
  /// `select_bad_process`).
  public func takesAtOnce(_ candidate: Candidate) -> Bool {
    takesOrigin && candidate.marks.contains(.oomOrigin) && !candidate.marks.contains(.skipped)
      && candidate.standing == .ordinary && candidate.memory != nil
      && exemption(of: candidate) == nil
  }

  /// The reason why the selection passes over a process, whatever its score.
  public func exemption(of candidate: Candidate) -> Exemption? {
    if candidate.standing == .initProcess, !initIsCandidate { return .initProcess }
    let isDisabled = candidate.legacyAdjustment == OOMAdjustment.disable
    return sparesDisabled && isDisabled ? .adjustment : nil
  }
}
