import Badness
import Core
import ProcFS
import Processes

/// Processes that rank as high as they do because of their adjustment, each with its rank without it.
///
/// The scores of all processes decide, not the rows that are shown. A score is coarse: among
/// processes with the same score it could be the first or the last.
struct LiftedRanks {
  private(set) var ranks: [(id: ProcessID, others: ClosedRange<Int>)] = []

  /// The most ranks that a legend names.
  private static let mostNamed = 8

  /// - Parameter counts: The number of processes with a higher score than this one, and of those
  ///   with the same.
  init(_ shown: [ScoredProcess], on machine: Machine, counts: (UInt64) -> (above: Int, equal: Int))
  {
    for subject in shown {
      guard let rank = subject.rank, let score = machine.shownScore(of: subject),
        let lower = machine.scoreWithoutAdjustment(of: subject), lower < score
      else { continue }
      // It is itself one of those above.
      let (above, equal) = counts(lower)
      let first = max(1, above)
      if above + equal > rank { ranks.append((subject.id, first...max(first, above + equal))) }
    }
  }

  /// Compares with a ranking of all processes.
  init(_ shown: [ScoredProcess], among ranked: [ScoredProcess], on machine: Machine) {
    let scores = ranked.compactMap { machine.shownScore(of: $0) }.sorted(by: >)
    self.init(shown, on: machine) { score in
      let above = scores.countAbove(score)
      return (above, score == 0 ? 0 : scores.countAbove(score - 1) - above)
    }
  }

  func contains(_ id: ProcessID) -> Bool { ranks.contains { $0.id == id } }

  /// The meaning of the star; `nil` where there is none.
  var legend: String? {
    guard !ranks.isEmpty else { return nil }
    var names: [String] = []
    for (_, others) in ranks where names.last != others.ordinals { names.append(others.ordinals) }
    let more = names.count > Self.mostNamed ? ", …" : ""
    let named = names.prefix(Self.mostNamed).joined(separator: ", ") + more
    return "* ranks this high because of its adjustment (without it: \(named))."
  }
}

extension ClosedRange<Int> {
  fileprivate var ordinals: String {
    count == 1 ? lowerBound.ordinal : "\(lowerBound.ordinal) to \(upperBound.ordinal)"
  }
}

extension [UInt64] {
  /// The count of greater numbers, of numbers in descending order, found by halving.
  fileprivate func countAbove(_ score: UInt64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > score { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Machine {
  /// The score that a ranking shows of a process: the kernel's own, or the one that another rule
  /// would print.
  fileprivate func shownScore(of subject: ScoredProcess) -> UInt64? {
    if isKernelsOwnRule || rule == nil { return subject.record.score }
    return subject.explanation?.oomScore.map { UInt64(clamping: $0) }
  }

  /// The score that the kernel would print with the adjustment 0; `nil` unless a positive one
  /// raises the score.
  fileprivate func scoreWithoutAdjustment(of subject: ScoredProcess) -> UInt64? {
    guard let rule, let capacity, !rule.readsLegacyAdjustment,
      subject.record.adjustment ?? 0 > 0, var candidate = candidate(for: subject.record)
    else { return nil }
    candidate.adjustment = 0
    let score = rule.oomScore(ofBadness: rule.score(candidate, in: capacity), in: capacity)
    return score.map { UInt64(clamping: $0) }
  }
}
