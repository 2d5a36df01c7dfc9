extension ScoringRule {
  /// The content of `/proc/PID/oom_score` for a badness: `proc_oom_score()` in `fs/proc/base.c`.
  ///
  /// The ineligible, whose badness is `nil`, show 0. `nil` before 2.6.11, which has no such file,
  /// and where the kernel would divide by zero.
  public func oomScore(ofBadness badness: Int128?, in capacity: MemoryCapacity) -> Int128? {
    guard since >= KernelVersion(2, 6, 11) else { return nil }
    guard let badness else { return 0 }
    switch family {
    case .points, .perMille: return badness
    case .pages: return share(badness, in: .unsignedLong, of: capacity)
    case .signedPages: return shifted(badness, in: capacity)
    }
  }

  /// 3.5 to 5.8: thousandths of all memory.
  private func share(
    _ badness: Int128, in type: CInteger, of capacity: MemoryCapacity
  ) -> Int128? {
    let wordSize = capacity.wordSize
    let total = type.holding(capacity.totalPages, on: wordSize)
    guard total != 0 else { return nil }
    return type.holding(badness &* Scale.whole, on: wordSize) / total
  }

  /// From 5.9: -1000...2000 thousandths, moved to 0...2000.
  private func shifted(_ badness: Int128, in capacity: MemoryCapacity) -> Int128? {
    guard let share = share(badness, in: .long, of: capacity) else { return nil }
    let wordSize = capacity.wordSize
    let sum = CInteger.long.holding((Scale.whole + share) * 2, on: wordSize)
    return CInteger.unsignedLong.holding(sum / 3, on: wordSize)
  }
}
