package import Badness
package import KernelLog
import Rendering

/// The kernel's choice made once more, from the table that it printed.
package struct Replay: Sendable {
  /// The outcome.
  package let verdict: Verdict
  /// Further facts that a reader should know.
  package let remarks: [ReplayRemark]
  /// The place of the killed process, by points, from 1; up to 2.6.35 a hint from its mapped
  /// memory.
  package let victimRank: Int?
  /// The scoring rule that was followed.
  package let scoring: ScoringRule?
  /// The selection rule that was followed.
  let selection: SelectionRule?
  /// The memory that scores were measured against.
  package let capacity: ReplayCapacity?
  package let pageSize: ReplayPageSize
  /// The first victim in front, without those that can't be chosen.
  package private(set) var points: [Ranked]
  /// The score that the kernel printed, up to 5.0.
  package let printedScore: Int?
  /// The score as it should have been printed, for kernels that print it.
  let computedScore: Int128?

  /// A row of the table, and what it weighs in the unit of the rule.
  package struct Ranked: Equatable, Sendable {
    /// Its index.
    package let row: Int
    package let points: Int128
  }

  /// True where the kernel chose as it should; `nil` where that can't be said.
  package var agrees: Bool? { verdict.agrees }

  /// Leaves the verdict.
  package mutating func forgetPoints() { points = [] }

  /// The reasons why the verdict isn't simply yes, and whatever is peculiar about it.
  package var reason: String? {
    let parts = [verdict.detail].compactMap { $0 } + remarks.map(\.text)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension Replay {
  /// Replays one kill. `dying` are the processes that the log says were killed or reaped before it.
  package init(of kill: KernelLog.Kill, dying: [Int] = []) {
    pageSize = ReplayPageSize(of: kill)
    let early = Self.obstacle(to: kill)
    printedScore = kill.selected?.score
    let table = kill.report.tasks
    guard early?.isFinal != true, let table,
      let chosen = table.index(of: kill.selected?.pid ?? kill.victim.pid),
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
