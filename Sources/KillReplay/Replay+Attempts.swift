import Badness
import KernelLog

extension Replay {
  /// The reason why there is nothing to replay, whatever the table says.
  static func obstacle(to kill: KernelLog.Kill) -> ReplayReason? {
    guard let table = kill.report.tasks, !table.rows.isEmpty else { return .noTable }
    if table.columns.isEmpty { return .noHeader }
    if !table.columns.contains("oom_score_adj") { return .tooOld }
    if kill.isFollower { return .follower }
    if kill.message.holds("oom_kill_allocating_task") { return .allocatingTask }
    if let word = kill.report.summary?.constraint, !knownConstraints.contains(word) {
      return .vendorConstraint(word)
    }
    return nil
  }

  /// `oom_constraint_text` in `mm/oom_kill.c`.
  private static let knownConstraints = ["NONE", "CPUSET", "MEMORY_POLICY", "MEMCG"]

  /// The reading that explains most of what was printed, and what it says; `nil` where no rules are known.
  static func attempt(
    _ kill: KernelLog.Kill, _ table: TaskTable, chosen: Int, _ pageSize: Int, _ dying: [Int]
  ) -> Judged? {
    let evidence = ReplayEvidence(kill, table, dying: dying)
    let attempts = ReplayKernels(of: kill, table: table).candidates.flatMap { kernel in
      readings(kill, table, chosen: chosen, on: kernel, pageSize, evidence)
    }
    let explaining = attempts.filter(\.explainsScore)
    let judged = (explaining.isEmpty ? attempts : explaining).map { Judged($0, $0.verdict) }
    guard var best = judged.min(by: { $0.doubts < $1.doubts }) else { return nil }
    if judged.contains(where: { $0.isDoubtedBonus(of: best) }) {
      best.verdict = .consistent(.noAdministrator(best.attempt.name(of: chosen)))
    }
    return best
  }

  /// A reading with its verdict.
  struct Judged {
    let attempt: ReplayHypothesis
    var verdict: Verdict

    init(_ attempt: ReplayHypothesis, _ verdict: Verdict) {
      self.attempt = attempt
      self.verdict = verdict
    }

    fileprivate var doubts: (Int, Int128) { (verdict.doubt, attempt.scoreDistance) }

    /// True where this is the same reading except for root's bonus, which the chosen process may
    /// well have had, and the choice doesn't hold with it.
    fileprivate func isDoubtedBonus(of best: Judged) -> Bool {
      attempt.contest.kernel == best.attempt.contest.kernel && attempt.isAdministrator
        && !best.attempt.isAdministrator && attempt.isRoots(attempt.chosen)
        && best.verdict.agrees == true && verdict.agrees != true
    }
  }

  /// Without root's bonus, and with it where it makes a difference.
  private static func readings(
    _ kill: KernelLog.Kill, _ table: TaskTable, chosen: Int, on kernel: KernelVersion,
    _ pageSize: Int, _ evidence: ReplayEvidence
  ) -> [ReplayHypothesis] {
    let capacity = ReplayCapacity(of: kill, on: kernel, pageSize: pageSize)
    guard
      let contest = ReplayTable(
        of: table, chosen: chosen, on: kernel, report: kill.report, shortage: Shortage(of: kill),
        pageSize: pageSize)
    else { return [] }
    let bonuses = contest.scoring.favorsAdministrators ? [false, true] : [false]
    return bonuses.map { ReplayHypothesis(contest, capacity, isAdministrator: $0, evidence) }
  }
}

extension ReplayEvidence {
  fileprivate init(_ kill: KernelLog.Kill, _ table: TaskTable, dying: [Int]) {
    let memory = kill.report.memory
    let isInvoker = kill.report.invoker?.pid == kill.victim.pid
    self.init(
      printedScore: kill.selected?.score, hidesParts: table.hidesParts,
      isSwapUnused: memory.totalSwap != nil && memory.totalSwap == memory.freeSwap,
      lostRows: max(0, table.count - table.rows.count), dying: dying,
      mayBeAllocating: isInvoker && kill.message.isEmpty && kill.selected == nil
        && Shortage(of: kill) != .memoryCgroup,
      release: kill.report.release)
  }
}

extension Replay.Verdict {
  /// 0 for none; by this readings are chosen.
  fileprivate var doubt: Int {
    switch self {
    case .confirmed: 0
    case .confirmedTie: 1
    case .consistent: 2
    case .notCheckable: 3
    case .mismatch: 4
    }
  }
}

extension TaskTable {
  /// The place by mapped memory, from 1: kernels up to 2.6.35 begin with that memory.
  func rankByMappedMemory(of pid: Int) -> Int? {
    guard let own = row(of: pid)?.totalVM else { return nil }
    return rows.count { $0.totalVM ?? 0 > own } + 1
  }
}
