extension ScoringRule {
  /// `oom_badness()` in `mm/oom_kill.c`, 2.6.36 to 3.4.
  func weighPerMille(
    _ candidate: Candidate, _ memory: Candidate.Memory, in capacity: MemoryCapacity,
    with calculation: inout Calculation
  ) {
    let points: CInteger = traits.contains(.int) ? .int : .long
    calculation.variable = points
    if traits.contains(.origin), candidate.marks.contains(.oomOrigin) {
      return calculation.apply(.replace, Scale.whole, for: .origin)
    }
    // In 2.6.36 sum and product are one expression of unsigned longs, and only the quotient is an
    // int.
    if !traits.contains(.lowestTables) { calculation.variable = .unsignedLong }
    calculation.apply(.start, Int128(memory.resident.count), for: .resident)
    if traits.contains(.lowestTables) {
      calculation.apply(.add, Int128(memory.pageTables.ptes), for: .pageTables)
    }
    calculation.apply(.add, Int128(memory.swapped.count), for: .swapped)
    calculation.apply(.multiply, Scale.whole, for: .scale)
    calculation.variable = points
    calculation.apply(.divide, max(1, capacity.totalPages), for: .total, in: .unsignedLong)
    if candidate.capabilities.contains(.sysAdmin) {
      calculation.apply(.subtract, Scale.bonus, for: .administrator)
    }
    calculation.apply(.add, Int128(candidate.adjustment), for: .adjustment)
    calculation.apply(.atLeast, 1, for: .atLeastOne)
    calculation.apply(.atMost, Scale.whole, for: .atMostThousand)
  }
}
