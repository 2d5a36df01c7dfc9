public import Badness
import DaemonLog
public import KernelLog
import Rendering

/// The kernel's choice made once more, from the table that it printed.
public struct Replay: Sendable {
  /// The outcome.
  public let verdict: Verdict
  /// Further facts that a reader should know.
  public let remarks: [ReplayRemark]
  /// The place of the killed process, by points, from 1; up to 2.6.35 a hint from its mapped
  /// memory.
  public let victimRank: Int?
  /// The scoring rule that was followed.
  public let scoring: ScoringRule?
  /// The selection rule that was followed.
  let selection: SelectionRule?
  /// The memory that scores were measured against.
  public let capacity: ReplayCapacity?
  /// The size of a page there.
  public let pageSize: ReplayPageSize
  /// The first victim in front, without those that can't be chosen.
  public private(set) var points: [Ranked]
  /// The score that the kernel printed, up to 5.0.
  public let printedScore: Int?
  /// The score as it should have been printed, for kernels that print it.
  let computedScore: Int128?

  /// A row of the table, and what it weighs in the unit of the rule.
  public struct Ranked: Equatable, Sendable {
    /// Its index.
    public let row: Int
    /// Its badness.
    public let points: Int128
  }

  /// True where the kernel chose as it should; `nil` where that can't be said.
  public var agrees: Bool? { verdict.agrees }

  /// Leaves the verdict.
  public mutating func forgetPoints() { points = [] }

  /// The reasons why the verdict isn't simply yes, and whatever is peculiar about it.
  public var reason: String? {
    let parts = [verdict.detail].compactMap { $0 } + remarks.map(\.text)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension Replay {
  /// Replays one kill. `dying` are the processes that the log says were killed or reaped before it.
  public init(of kill: KernelLog.Kill, dying: [Int] = []) {
    pageSize = ReplayPageSize(of: kill)
    let early = Self.obstacle(to: kill)
    printedScore = kill.selected?.score
    let table = kill.report.tasks
    guard early?.isFinal != true, let table,
      let chosen = table.index(of: kill.chosenPID),
      let judged = Self.attempt(kill, table, chosen: chosen, pageSize.bytes, dying)
    else {
      verdict = .notCheckable(early ?? .victimNotInTable)
      remarks = []
      victimRank = early == .tooOld ? table?.rankByMappedMemory(of: kill.victim.pid) : nil
      (scoring, selection, capacity, points, computedScore) = (nil, nil, nil, [], nil)
      return
    }
    let attempt = judged.attempt
    verdict = early.map(Verdict.notCheckable) ?? judged.verdict
    scoring = attempt.contest.scoring
    selection = attempt.contest.selection
    capacity = attempt.capacity
    computedScore = kill.selected == nil ? nil : attempt.score
    let ranking = attempt.contest.ranking(total: attempt.total) { row in
      attempt.isAdministrator && row == chosen
    }
    points = ranking
    victimRank = table.index(of: kill.victim.pid).flatMap { victim in
      ranking.firstIndex { $0.row == victim }.map { $0 + 1 }
    }
    remarks = Self.remarks(on: kill, table, attempt, verdict)
  }

  /// A name and its number, made safe to show.
  static func name(of row: TaskTable.Row) -> String {
    "\(SafeText.visible(row.name))[\(row.tgid ?? row.pid)]"
  }
}

extension Replay {
  /// The reason why there is nothing to replay, whatever the table says.
  static func obstacle(to kill: KernelLog.Kill) -> ReplayReason? {
    guard let table = kill.report.tasks, !table.rows.isEmpty else { return .noTable }
    if kill.report.isInterleaved { return .interleaved }
    if table.columns.isEmpty { return .noHeader }
    if ReplayForm(of: kill, table: table).contradicts(kill.report.release) { return .contradiction }
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
  var doubt: Int {
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
