public import Badness
import KernelLog

/// A fact that a reader should know besides a verdict.
public enum ReplayRemark: Equatable, Sendable {
  /// Up to 5.0: the kernel chose this one, and killed its child.
  case sacrificedChild(of: String)
  /// Somebody pressed SysRq-f, or wrote to `/proc/sysrq-trigger`: memory wasn't short.
  case sysRq
  /// Before 5.9 all scores below 1 are 1, so that a tiny process dies instead of a large one.
  case floor
  /// The report's release follows rules of another one.
  case rules(of: KernelVersion)
  /// The printed score is of this process with root's bonus.
  case bonus(String)
  /// The printed score isn't the computed one.
  case score(printed: Int, computed: Int128)

  /// The fact in words.
  public var text: String {
    switch self {
    case .sacrificedChild(let name): "\(name) was chosen, and its child died in its stead"
    case .sysRq: "asked for by SysRq"
    case .floor:
      "kernels before 5.9 raise all scores to 1, so protected processes all tie and a tiny one dies"
    case .rules(let kernel): "follows the rule of \(kernel)"
    case .bonus(let name): "\(name) had CAP_SYS_ADMIN, as its score tells"
    case .score(let printed, let computed): "the kernel printed score \(printed), not \(computed)"
    }
  }
}

extension Replay {
  static func remarks(
    on kill: KernelLog.Kill, _ table: TaskTable, _ attempt: ReplayHypothesis, _ verdict: Verdict
  ) -> [ReplayRemark] {
    var remarks: [ReplayRemark] = []
    if table.index(of: kill.victim.pid) != attempt.chosen {
      remarks.append(.sacrificedChild(of: attempt.name(of: attempt.chosen)))
    }
    if kill.report.invoker?.order == Self.orderOfSysRq { remarks.append(.sysRq) }
    if case .confirmedTie(let tie) = verdict, tie.isAtFloor { remarks.append(.floor) }
    if let release = kill.report.release, let kernel = KernelVersion(parsing: release),
      ScoringRule.inForce(in: kernel) != attempt.contest.scoring
    {
      remarks.append(.rules(of: attempt.contest.scoring.since))
    }
    if attempt.isAdministrator { remarks.append(.bonus(attempt.name(of: attempt.chosen))) }
    if let printed = attempt.evidence.printedScore, let score = attempt.score,
      !attempt.explainsScore
    {
      remarks.append(.score(printed: printed, computed: score))
    }
    return remarks
  }

  /// `moom_callback` in `drivers/tty/sysrq.c`.
  private static let orderOfSysRq = -1
}
