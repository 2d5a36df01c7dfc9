import Badness
import KernelLog

/// One reading of a report: by the rules of one kernel, the chosen process with or without root's bonus.
struct ReplayHypothesis {
  let contest: ReplayTable
  /// The memory that scores are measured against, as far as the printed score tells more of it.
  let capacity: ReplayCapacity
  /// True where the chosen process is taken to have `CAP_SYS_ADMIN`.
  let isAdministrator: Bool
  let evidence: ReplayEvidence
  /// The score that the kernel should have printed, where it prints one.
  let score: Int128?

  init(
    _ contest: ReplayTable, _ capacity: ReplayCapacity, isAdministrator: Bool,
    _ evidence: ReplayEvidence
  ) {
    self.contest = contest
    self.isAdministrator = isAdministrator
    self.evidence = evidence
    var narrowed = capacity
    if let printed = evidence.printedScore {
      narrowed.range = contest.totals(
        in: capacity.range, scoring: printed, hidesParts: evidence.hidesParts,
        isAdministrator: isAdministrator)
    }
    self.capacity = narrowed
    let total = narrowed.range.lowerBound
    score = contest.points(of: contest.chosen, total: total, isAdministrator: isAdministrator)
      .flatMap { contest.score(ofPoints: $0, total: total) }
  }

  /// The one total that is used for all possible ones.
  var total: Int { capacity.range.lowerBound }

  /// True where the printed score, if there is one, can follow from this reading.
  var explainsScore: Bool {
    guard let printed = evidence.printedScore, let score else { return true }
    if evidence.hidesParts, score <= printed { return true }
    return scoreDistance <= ReplayTable.scoreTolerance
  }

  /// The distance between the printed score and the computed one.
  var scoreDistance: Int128 {
    guard let printed = evidence.printedScore, let score else { return 0 }
    return abs(score - Int128(printed))
  }

  var chosen: Int { contest.chosen }

  /// The points of the chosen row.
  func ownPoints(hidden: Int = 0) -> Int128? {
    contest.points(of: chosen, total: total, isAdministrator: isAdministrator, hidden: hidden)
  }

  /// The rows that the kernel takes before the chosen one, if that weighs so much.
  func rows(before points: Int128) -> [Int] {
    contest.rows.indices.filter { row in
      guard row != chosen, !contest.isThread(row) else { return false }
      return !contest.prefersChosen(points, to: row, with: contest.points(of: row, total: total))
    }
  }

  /// True where the kernel takes the chosen row, if it has so many points, before all others.
  func isFirst(_ points: Int128, before rival: Replay.Ranked?) -> Bool {
    rival.map { contest.prefersChosen(points, to: $0.row, with: $0.points) } ?? true
  }

  /// The one that the kernel takes first among the others.
  func rival(areAdministrators: Bool = false) -> Replay.Ranked? {
    contest.first(total: total) { row in
      row == chosen || contest.isThread(row) ? nil : areAdministrators && isRoots(row)
    }
  }

  /// The process may have had root's bonus: only capabilities would tell.
  func isRoots(_ row: Int) -> Bool { contest.rows[row].uid ?? 0 == 0 }

  func name(of row: Int) -> String { Replay.name(of: contest.rows[row]) }
}

/// The facts besides the table that a reading has to explain.
struct ReplayEvidence {
  /// The score that the kernel printed, up to 5.0.
  var printedScore: Int?
  /// True where swap and page tables are missing from the table.
  var hidesParts: Bool
  /// True where nothing at all was in swap.
  var isSwapUnused: Bool
  /// Rows that the kernel printed and that aren't there.
  var lostRows: Int
  /// Processes that were killed before.
  var dying: [Int]
  /// True where the kernel may have killed the process that asked for memory, for all that the log
  /// says.
  var mayBeAllocating: Bool
  /// The kernel's release, as `uname -r` prints it.
  var release: String?
}

extension ReplayTable {
  /// By how much a printed score may differ: the table is printed later than the choice.
  static let scoreTolerance: Int128 = 2

  /// The totals with which the chosen row has about the printed score, or no more than that where parts of it
  /// are hidden; the whole range where there are none.
  ///
  /// Without an adjustment a score is a share of the total, so it falls as that grows.
  func totals(
    in range: ClosedRange<Int>, scoring printed: Int, hidesParts: Bool, isAdministrator: Bool
  ) -> ClosedRange<Int> {
    guard range.count > 1, rows[chosen].adjustment == 0 else { return range }
    func score(_ total: Int) -> Int128 {
      points(of: chosen, total: total, isAdministrator: isAdministrator)
        .flatMap { self.score(ofPoints: $0, total: total) } ?? .max
    }
    let highest = Int128(printed) + (hidesParts ? 0 : Self.scoreTolerance)
    let lowest = Int128(printed) - Self.scoreTolerance
    let first = range.firstIndex { score($0) <= highest }
    let next = hidesParts ? nil : range.firstIndex { score($0) < lowest }
    guard let first, first < next ?? .max else { return range }
    return first...(next.map { $0 - 1 } ?? range.upperBound)
  }
}

extension ClosedRange<Int> {
  /// The first number for which something holds that holds for all after it; `nil` where there is none.
  func firstIndex(where holds: (Int) -> Bool) -> Int? {
    guard holds(upperBound) else { return nil }
    var low = lowerBound
    var high = upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return high
  }
}

extension ReplayHypothesis {
  /// A verdict that explains why the kernel may have passed over others that weigh more.
  func explanation(_ points: Int128) -> Replay.Verdict? {
    let others = rows(before: points)
    if others.allSatisfy(isDying) { return .consistent(.dying(others.map(name))) }
    if wasComparedUnsigned { return .notCheckable(.unsignedComparison) }
    if evidence.mayBeAllocating { return .notCheckable(.perhapsAllocatingTask) }
    return drift(points)
  }

  func mismatch(_ points: Int128) -> Replay.Verdict {
    guard let rival = rival() else { return .mismatch(.exempt(name(of: chosen))) }
    return .mismatch(
      .top(name(of: rival.row), by: rival.points - points, contest.scoring.unit))
  }

  /// It was killed before, or its memory is gone already: the kernel passes over such a process.
  private func isDying(_ row: Int) -> Bool {
    let row = contest.rows[row]
    if evidence.dying.contains(row.tgid ?? row.pid) { return true }
    return row.resident == 0 && row.swapped == 0
  }

  /// The table is printed after the choice, so others may have grown meanwhile: by a thousandth of the
  /// total, the smallest step that kernels themselves used to print.
  private func drift(_ points: Int128) -> Replay.Verdict? {
    guard !evidence.hidesParts, let rival = rival() else { return nil }
    let margin = rival.points - points
    guard margin <= Int128(total / OOMAdjustment.maximum) else { return nil }
    // At the same points it would still have come first, or no longer.
    let least = contest.prefersChosen(points, to: rival.row, with: points) ? margin : margin + 1
    return .consistent(.grewLater(name(of: rival.row), by: Int(clamping: least)))
  }

  /// For some weeks before 5.9 the new signed scores were kept in an unsigned variable, in which those below
  /// 0 are the largest.
  private var wasComparedUnsigned: Bool {
    guard let release = evidence.release, release.holds("-next-2020"),
      let scoring = ScoringRule.inForce(in: KernelVersion(5, 9))
    else { return false }
    let unsigned = contest.rows.indices.map { row in
      contest.points(of: row, by: scoring, total: total).map { UInt64(truncatingIfNeeded: $0) } ?? 0
    }
    return unsigned.max() == unsigned[chosen] && unsigned[chosen] > UInt64(Int64.max)
  }
}
