import Badness
import ProcFS

/// The range of badness behind a printed score, one step wide.
///
/// With the memory that a process uses, that leaves one or two possible adjustments, so the
/// adjustment needn't be read to tell which processes can't be the worst.
package struct ScoreBucket {
  /// The highest badness that is printed as this score.
  package let highest: Int128
  private let perAdjustment: Int128
  private let pageSize: Int

  /// `nil` for rules whose scores are no step function of pages.
  package init?(_ score: UInt64, on machine: Machine) {
    guard let rule = machine.rule, let capacity = machine.capacity, rule.unit == .pages,
      let worth = rule.adjustmentWorth(1, in: capacity), worth.count > 0,
      let highest = Self.highest(score, rule, capacity)
    else { return nil }
    self.highest = highest
    perAdjustment = Int128(worth.count)
    pageSize = capacity.pageSize
  }

  /// The highest badness that is printed as `score`, found by halving. What is printed of a badness below
  /// those that there are wraps: from 5.9 on below an adjustment of -1000, before that below 0, which the
  /// second halving tries.
  private static func highest(
    _ score: UInt64, _ rule: ScoringRule, _ capacity: MemoryCapacity
  ) -> Int128? {
    var known = -Int128(capacity.total.count)
    var beyond = 3 * Int128(capacity.total.count)
    while beyond - known > 1 {
      let middle = (known + beyond) / 2
      guard let printed = rule.oomScore(ofBadness: middle, in: capacity) else { return nil }
      if printed <= score { known = middle } else { beyond = middle }
    }
    return known
  }

  /// The pages of a process's memory, as far as they are known.
  package func pages(of record: ProcessSnapshot) -> Int {
    record.stat?.residentPages ?? (record.status?.footprint ?? 0) / pageSize
  }

  /// The highest badness within the step that a process with that much memory can have.
  package func highestBadness(ofPages pages: Int) -> Int128 {
    let distance = (highest - Int128(pages)) % perAdjustment
    return highest - (distance < 0 ? distance + perAdjustment : distance)
  }
}
