import Badness
import KernelLog

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
    return .mismatch(.top(name(of: rival.row), by: rival.points - points))
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
