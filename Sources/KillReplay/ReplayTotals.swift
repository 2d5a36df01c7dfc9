import Badness
import KernelLog

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
