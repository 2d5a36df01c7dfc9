extension ScoringRule {
  /// Long CPU time and long life speak for a process: the root of the one and the fourth root of
  /// the other divide its score.
  func divideByTimes(_ history: Candidate.History, in calculation: inout Calculation) {
    // S(x) of the rough root is never 0; the exact one may be and then doesn't divide.
    let cpu = root(cpuTime(history, on: calculation.wordSize))
    if cpu != 0 { divide(by: cpu, for: .cpuTime, in: &calculation) }
    let run = root(root(runTime(history, on: calculation.wordSize)))
    if run != 0 { divide(by: run, for: .runTime, in: &calculation) }
  }

  private func divide(
    by divisor: UInt64, for subject: Term.Subject, in calculation: inout Calculation
  ) {
    // To 2.6.0 int_sqrt() returns an unsigned int, which makes the dividend one.
    calculation.apply(
      .divide, Int128(divisor), for: subject, in: traits.contains(.roughRoot) ? .unsignedInt : nil)
  }

  private func cpuTime(_ history: Candidate.History, on wordSize: WordSize) -> UInt64 {
    let ticks = Int128(history.userTicks) + Int128(history.systemTicks)
    return shifted(ticks, by: tickShift(history) + 3, on: wordSize)
  }

  private func runTime(_ history: Candidate.History, on wordSize: WordSize) -> UInt64 {
    if traits.contains(.ageInTicks) {
      return shifted(Int128(history.runTicks), by: tickShift(history) + 10, on: wordSize)
    }
    let seconds = Int128(history.uptimeSeconds) - Int128(history.startSeconds)
    return shifted(max(0, seconds), by: 10, on: wordSize)
  }

  private func shifted(_ number: Int128, by bits: Int, on wordSize: WordSize) -> UInt64 {
    UInt64(truncatingIfNeeded: CInteger.unsignedLong.holding(number, on: wordSize) >> bits)
  }

  /// `SHIFT_HZ` in `include/linux/timex.h`: the power of two nearest to `HZ`.
  private func tickShift(_ history: Candidate.History) -> Int {
    // Other frequencies don't compile.
    let hertz = min(max(history.ticksPerSecond, 12), 1535)
    let doubled = hertz * 4 / 3
    return Int.bitWidth - 1 - doubled.leadingZeroBitCount
  }

  private func root(_ number: UInt64) -> UInt64 {
    traits.contains(.roughRoot)
      ? UInt64(roughRoot(UInt32(truncatingIfNeeded: number))) : squareRoot(number)
  }
}

/// `int_sqrt()` in `mm/oom_kill.c` to 2.6.0: for every two bits of the number one of the root.
private func roughRoot(_ number: UInt32) -> UInt32 {
  var rest = number
  var root = number
  while rest > 1 {
    rest >>= 2
    root >>= 1
  }
  if rest != 0 { root -= root >> 2 }
  return max(1, root)
}

/// `int_sqrt()` in `lib/int_sqrt.c` from 2.6.1: the largest number whose square isn't larger.
private func squareRoot(_ number: UInt64) -> UInt64 {
  var root: UInt64 = 0
  for bit in stride(from: UInt64.bitWidth / 2 - 1, through: 0, by: -1) {
    let larger = root | (1 << UInt64(bit))
    if larger * larger <= number { root = larger }
  }
  return root
}
