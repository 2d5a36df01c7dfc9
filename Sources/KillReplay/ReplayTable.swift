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

extension Candidate {
  /// The process that a row of a task table describes; columns that its kernel didn't print count
  /// as nothing.
  ///
  /// No table tells which processes have `CAP_SYS_ADMIN`, and the oldest tell nothing of swap and
  /// page tables: `hidden` is the size of those two together, in pages.
  init(_ row: TaskTable.Row, isAdministrator: Bool, hidden: Int = 0) {
    self.init(
      // The kernel prints the numbers of its own namespace: 1 is the machine's init.
      standing: row.pid == 1 ? .initProcess : .ordinary,
      memory: Memory(
        total: Pages(row.totalVM ?? 0), resident: Pages(row.resident ?? 0),
        swapped: Pages((row.swapped ?? 0) &+ hidden),
        pageTables: PageTables(
          ptes: row.ptes ?? 0, pmds: row.pmds ?? 0, bytes: row.pageTableBytes ?? 0)),
      adjustment: row.adjustment ?? 0, legacyAdjustment: row.legacyAdjustment ?? 0,
      capabilities: isAdministrator ? .sysAdmin : [])
  }
}

extension TaskTable {
  /// True where it shows less than its kernel weighed: swap and page tables, up to 3.5.
  var hidesParts: Bool { !columns.contains("swapents") }

  /// The row of a process, by its own number first, else by that of a thread.
  func index(of pid: Int) -> Int? {
    rows.firstIndex { $0.tgid == pid } ?? rows.firstIndex { $0.pid == pid }
  }
}

extension ReplayTable {
  /// For which totals within a range the kernel prefers the chosen row to all others; in ascending order.
  ///
  /// Only where scores are pages, as they are wherever the table shows all that counts. There an
  /// adjustment weighs the more the larger the total is, so the choice may hold for some totals only.
  func totals(
    in range: ClosedRange<Int>, isAdministrator: (Int) -> Bool
  ) -> [ClosedRange<Int>] {
    var good = [range]
    for row in rows.indices where row != chosen && !good.isEmpty && !isThread(row) {
      let preferred = totals(in: range, to: row, isAdministrator: isAdministrator)
      if preferred != [range] { good = Self.intersection(good, preferred) }
    }
    return good
  }

  /// A process printed twice, thread by thread.
  func isThread(_ row: Int) -> Bool {
    rows[row].tgid != nil && rows[row].tgid == rows[chosen].tgid
  }

  private func totals(
    in range: ClosedRange<Int>, to row: Int, isAdministrator: (Int) -> Bool
  ) -> [ClosedRange<Int>] {
    let administrators = (isAdministrator(chosen), isAdministrator(row))
    func holds(_ total: Int) -> Bool {
      guard let own = points(of: chosen, total: total, isAdministrator: administrators.0) else {
        return false
      }
      let other = points(of: row, total: total, isAdministrator: administrators.1)
      return prefersChosen(own, to: row, with: other)
    }
    // Equal adjustments cancel out.
    if range.count == 1 || rows[row].adjustment == rows[chosen].adjustment {
      return holds(range.lowerBound) ? [range] : []
    }
    let lines = (line(chosen, administrators.0), line(row, administrators.1))
    let starts = [range.lowerBound] + turns(within: range, of: lines.0, and: lines.1)
    var good: [ClosedRange<Int>] = []
    for (place, start) in starts.enumerated() where holds(start) {
      let end = place + 1 < starts.count ? starts[place + 1] - 1 : range.upperBound
      if let last = good.last, last.upperBound + 1 == start {
        good[good.count - 1] = last.lowerBound...end
      } else {
        good.append(start...end)
      }
    }
    return good
  }

  /// Totals at which the comparison with a row may turn: each thousandth of the total adds the adjustment
  /// once more, until one overtakes the other, or falls to where scores end.
  private func turns(
    within range: ClosedRange<Int>, of one: Line, and other: Line
  ) -> [Int] {
    let meetings = [
      (other.base - one.base, one.slope - other.slope), (-one.base, one.slope),
      (-other.base, other.slope),
    ]
    let steps = meetings.flatMap { difference, slope -> [Int] in
      guard slope != 0 else { return [] }
      let step = Int(clamping: difference / slope)
      return (-2...2).map { step.addingReportingOverflow($0).partialValue }
    }
    let totals = steps.compactMap { step -> Int? in
      let (total, overflow) = step.multipliedReportingOverflow(by: Self.steps)
      return !overflow && total > range.lowerBound && range.contains(total) ? total : nil
    }
    return totals.sorted().reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// The points of a row without its adjustment, and its gain with each thousandth of the total.
  private struct Line {
    let base: Int128
    let slope: Int128
  }

  private func line(_ row: Int, _ isAdministrator: Bool) -> Line {
    func points(_ total: Int, hidden: Int) -> Int128 {
      self.points(of: row, total: total, isAdministrator: isAdministrator, hidden: hidden) ?? 0
    }
    // So much that the lowest score plays no part.
    let ballast = Self.steps * Self.steps
    return Line(
      base: points(0, hidden: 0),
      slope: points(Self.steps, hidden: ballast) - points(0, hidden: ballast))
  }

  /// A total has so many parts that adjustments count.
  private static let steps = OOMAdjustment.maximum

  private static func intersection(
    _ some: [ClosedRange<Int>], _ others: [ClosedRange<Int>]
  ) -> [ClosedRange<Int>] {
    some.flatMap { one in
      others.compactMap { $0.overlaps(one) ? $0.clamped(to: one) : nil }
    }
  }
}
