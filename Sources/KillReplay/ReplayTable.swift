import Badness
import KernelLog

/// The rows of a table as one kernel compares them.
struct ReplayTable {
  let kernel: KernelVersion
  let scoring: ScoringRule
  let selection: SelectionRule
  let rows: [TaskTable.Row]
  /// The row of the one that the kernel chose.
  let chosen: Int
  /// True where the table shows the order in which the kernel went through its processes.
  let isOrderKnown: Bool
  let pageSize: Int
  let wordSize: WordSize

  /// `nil` where no rules are known for that kernel.
  init?(
    of table: TaskTable, chosen: Int, on kernel: KernelVersion, report: KernelLog.Report,
    shortage: Shortage,
    pageSize: Int
  ) {
    guard let scoring = ScoringRule.inForce(in: kernel),
      let selection = SelectionRule.inForce(in: kernel)
    else { return nil }
    self.kernel = kernel
    self.scoring = scoring
    self.selection = selection
    rows = table.rows
    self.chosen = chosen
    // Until then cgroups were gone through group by group, but printed from the list of all tasks.
    isOrderKnown = shortage != .memoryCgroup || kernel >= KernelVersion(5, 3)
    self.pageSize = pageSize
    wordSize = (report.memory.highPages ?? 0) > 0 ? .bits32 : .bits64
  }

  /// The points of one row; `nil` where the kernel can't choose it.
  func points(
    of row: Int, total: Int, isAdministrator: Bool = false, hidden: Int = 0
  ) -> Int128? {
    let candidate = Candidate(rows[row], isAdministrator: isAdministrator, hidden: hidden)
    return scoring.score(candidate, in: capacity(total)).flatMap {
      selection.takes(badness: $0) ? $0 : nil
    }
  }

  /// The points of a row by another rule.
  func points(of row: Int, by rule: ScoringRule, total: Int) -> Int128? {
    rule.score(Candidate(rows[row], isAdministrator: false), in: capacity(total))
  }

  /// The score that the kernel would print: up to 5.0 in thousandths of all memory.
  func score(ofPoints points: Int128, total: Int) -> Int128? {
    scoring.oomScore(ofBadness: points, in: capacity(total))
  }

  /// True where the kernel takes the chosen row, with these points, rather than another.
  func prefersChosen(_ points: Int128, to other: Int, with others: Int128?) -> Bool {
    guard let others else { return true }
    if points == others, !isOrderKnown { return true }
    return selection.precedes(contender(chosen, points), contender(other, others))
  }

  /// The first victim in front; rows that can't be chosen are left out.
  func ranking(total: Int, isAdministrator: (Int) -> Bool) -> [Replay.Ranked] {
    let scored: [Replay.Ranked] = rows.indices.compactMap { row in
      points(of: row, total: total, isAdministrator: isAdministrator(row)).map {
        Replay.Ranked(row: row, points: $0)
      }
    }
    return scored.sorted {
      selection.precedes(contender($0.row, $0.points), contender($1.row, $1.points))
    }
  }

  /// The first victim among some; `isAdministrator` is `nil` for the others.
  func first(total: Int, isAdministrator: (Int) -> Bool?) -> Replay.Ranked? {
    rows.indices.reduce(nil) { first, row in
      guard let bonus = isAdministrator(row),
        let points = points(of: row, total: total, isAdministrator: bonus)
      else { return first }
      guard let best = first,
        selection.precedes(contender(best.row, best.points), contender(row, points))
      else { return Replay.Ranked(row: row, points: points) }
      return best
    }
  }

  private func capacity(_ total: Int) -> MemoryCapacity {
    MemoryCapacity(ram: Pages(total), pageSize: pageSize, wordSize: wordSize)
  }

  /// The rows are in the kernel's order, so their place is a measure of their age.
  private func contender(_ row: Int, _ points: Int128) -> RankKey {
    RankKey(badness: points, startTicks: UInt64(row), pid: rows[row].pid)
  }
}
