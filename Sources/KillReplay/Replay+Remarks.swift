import Badness
import KernelLog

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
