import Badness

extension ReplayHypothesis {
  /// The verdict of this reading on the choice.
  var verdict: Replay.Verdict {
    guard let points = ownPoints() else { return .mismatch(.exempt(name(of: chosen))) }
    return (evidence.hidesParts ? verdictOnParts(points) : verdictOnTotals)
      ?? explanation(points) ?? mismatch(points)
  }

  /// The choice as the whole table shows it, for each total that is possible.
  private var verdictOnTotals: Replay.Verdict? {
    // Those that might have the bonus are first taken not to have it: that makes the choice
    // hardest.
    let hard = contest.totals(in: capacity.range) { isAdministrator && $0 == chosen }
    if hard == [capacity.range] { return first }
    let easy = contest.totals(in: capacity.range) { row in
      row == chosen ? isAdministrator : isRoots(row)
    }
    if easy == [capacity.range] {
      let others = ownPoints().map { rows(before: $0) } ?? []
      return .consistent(.administrators(others.map(name)))
    }
    if let totals = [hard, easy].first(where: { !$0.isEmpty }) {
      return .consistent(.total(totals, capacity.source))
    }
    return nil
  }

  /// The choice where the table shows a part of what counts: then the printed score tells the rest of the
  /// chosen one's.
  private func verdictOnParts(_ points: Int128) -> Replay.Verdict? {
    let rival = rival()
    if isFirst(points, before: rival) {
      return evidence.printedScore != nil || evidence.isSwapUnused
        ? first : rival.map { firstIfNothingHidden(points, before: $0) } ?? first
    }
    guard let printed = evidence.printedScore, let hidden = hiddenParts(for: Int128(printed)),
      let most = ownPoints(hidden: hidden.upperBound)
    else { return nil }
    if isFirst(most, before: rival) {
      let least = hidden.firstIndex { pages in
        ownPoints(hidden: pages).map { isFirst($0, before: rival) } ?? false
      }
      return .consistent(.hidden(name(of: chosen), pages: least ?? hidden.upperBound))
    }
    guard isFirst(most, before: self.rival(areAdministrators: true)) else { return nil }
    return .consistent(.administrators(rows(before: most).map(name)))
  }

  /// The number of pages that the table can hide of the chosen process, for it to have that score.
  private func hiddenParts(for score: Int128) -> ClosedRange<Int>? {
    func scored(_ hidden: Int) -> Int128 {
      ownPoints(hidden: hidden).flatMap { contest.score(ofPoints: $0, total: total) } ?? 0
    }
    let possible = 0...max(1, total)
    guard scored(0) <= score, let least = possible.firstIndex(where: { scored($0) >= score }) else {
      return nil
    }
    let next = possible.firstIndex { scored($0) > score }
    return least...max(least, next.map { $0 - 1 } ?? possible.upperBound)
  }

  /// It comes first by what is shown; the runner-up may hide more than it does.
  private func firstIfNothingHidden(
    _ points: Int128, before rival: Replay.Ranked
  ) -> Replay.Verdict {
    let margin = (0...max(1, total)).firstIndex { hidden in
      let other = contest.points(of: rival.row, total: total, hidden: hidden)
      return !contest.prefersChosen(points, to: rival.row, with: other)
    }
    return margin.map { .consistent(.nothingHidden(name(of: rival.row), pages: $0)) } ?? first
  }

  /// It comes first, whatever the total.
  private var first: Replay.Verdict {
    guard let points = ownPoints() else { return .mismatch(.exempt(name(of: chosen))) }
    if evidence.lostRows > 0 { return .consistent(.rowsLost(evidence.lostRows)) }
    let equals = contest.rows.indices.count { row in
      row == chosen || !contest.isThread(row) && contest.points(of: row, total: total) == points
    }
    guard equals > 1 else { return .confirmed }
    let order: ReplayTie.Order =
      contest.isOrderKnown ? (contest.selection.ties == .firstWins ? .first : .last) : .unknown
    let isAtFloor = points == 1 && contest.kernel < KernelVersion(5, 9)
    return .confirmedTie(ReplayTie(count: equals, order: order, isAtFloor: isAtFloor))
  }
}
