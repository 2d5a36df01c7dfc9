extension ScoringRule {
  /// `badness()` in `mm/oom_kill.c`, 2.4 to 2.6.35.
  func weighPoints(
    _ candidate: Candidate, _ memory: Candidate.Memory, with calculation: inout Calculation
  ) {
    calculation.variable = traits.contains(.int) ? .int : .unsignedLong
    if traits.contains(.origin), candidate.marks.contains(.oomOrigin) {
      return calculation.apply(
        .replace, calculation.wordSize.highestUnsignedLong, for: .origin)
    }
    calculation.apply(.start, Int128(memory.total.count), for: .virtualMemory)
    addChildren(candidate.history.children, to: &calculation)
    divideByTimes(candidate.history, in: &calculation)
    if candidate.history.nice > 0 { calculation.apply(.multiply, 2, for: .nice) }
    if isPrivileged(candidate) { calculation.apply(.divide, 4, for: .administrator) }
    if candidate.capabilities.contains(.sysRawIO) {
      calculation.apply(.divide, 4, for: .rawIO)
    }
    if traits.contains(.otherNodes), !candidate.history.nodesOverlap {
      calculation.apply(.divide, 8, for: .otherNodes)
    }
    shift(by: Int128(candidate.legacyAdjustment), in: &calculation)
  }

  private func addChildren(_ children: [Candidate.History.Child], to calculation: inout Calculation)
  {
    guard !traits.isDisjoint(with: [.wholeChildren, .halfChildren]) else { return }
    var sum: Int128 = 0
    for case .own(let total) in children {
      sum &+= traits.contains(.wholeChildren) ? Int128(total.count) : Int128(total.count) / 2 + 1
    }
    if sum != 0 { calculation.apply(.add, sum, for: .children) }
  }

  private func isPrivileged(_ candidate: Candidate) -> Bool {
    if candidate.capabilities.contains(.sysAdmin) { return true }
    return traits.contains(.rootUser)
      ? candidate.history.uid == 0 || candidate.history.euid == 0
      : candidate.capabilities.contains(.sysResource)
  }

  private func shift(by adjustment: Int128, in calculation: inout Calculation) {
    guard traits.contains(.shift) else { return }
    if adjustment > 0 {
      if traits.contains(.raisedShift) { calculation.apply(.atLeast, 1, for: .atLeastOne) }
      calculation.apply(.shiftLeft, adjustment, for: .adjustment)
    } else if adjustment < 0 {
      calculation.apply(.shiftRight, -adjustment, for: .adjustment)
    }
  }
}
