public import Badness
import DaemonLog
import KernelLog
import Rendering

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
  /// The table has a column that no mainline kernel prints: a patched one may choose by it.
  case foreignColumn(String)
  /// This one should have been chosen, and would rightly be passed over if it was dying.
  case unlessDying(String)

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
    case .foreignColumn(let name):
      "the table has a column that mainline doesn't print, \(SafeText.visible(name)): this kernel is patched, and may "
        + "choose by it"
    case .unlessDying(let name):
      "right all the same if \(name) was dying already, which a table doesn't show"
    }
  }

  /// The word for a reason why a choice may be right although another process weighs more.
  public var lawfulReason: String? {
    switch self {
    case .foreignColumn: "patched_kernel"
    case .unlessDying: "top_was_dying"
    default: nil
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
    if case .mismatch(let mismatch) = verdict {
      if let name = table.foreignColumn { remarks.append(.foreignColumn(name)) }
      if case .top(let name, _, _) = mismatch { remarks.append(.unlessDying(name)) }
    }
    return remarks
  }

  /// `moom_callback` in `drivers/tty/sysrq.c`.
  private static let orderOfSysRq = -1
}

extension TaskTable {
  /// The first column that `dump_tasks` has had in no mainline kernel.
  fileprivate var foreignColumn: String? { columns.first { !Self.mainline.contains($0) } }

  private static let mainline = [
    "uid", "tgid", "total_vm", "rss", "rss_anon", "rss_file", "rss_shmem", "nr_ptes", "nr_pmds",
    "nr_puds", "pgtables_bytes", "swapents", "cpu", "oom_adj", "oom_score_adj", "name",
  ]
}
