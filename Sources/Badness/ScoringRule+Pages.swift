extension ScoringRule {
  /// `oom_badness()` in `mm/oom_kill.c`, from 3.5.
  func weighPages(
    _ candidate: Candidate, _ memory: Candidate.Memory, in capacity: MemoryCapacity,
    with calculation: inout Calculation
  ) {
    calculation.apply(.start, Int128(memory.resident.count), for: .resident)
    calculation.apply(.add, Int128(memory.swapped.count), for: .swapped)
    calculation.apply(.add, pageTables(memory.pageTables, in: capacity), for: .pageTables)
    if candidate.capabilities.contains(.sysAdmin),
      let bonus = bonus(of: calculation.value, in: capacity)
    {
      calculation.apply(.subtract, bonus, for: .administrator)
    }
    let worth = pagesWorth(Int128(candidate.adjustment), in: capacity)
    calculation.apply(.add, worth, for: .adjustment)
    if family == .pages { calculation.apply(.atLeast, 1, for: .atLeastOne) }
  }

  private func pageTables(_ tables: Candidate.PageTables, in capacity: MemoryCapacity) -> Int128 {
    let bytes = Int128(tables.bytes) / capacity.bytesPerPage
    return (traits.contains(.lowestTables) ? Int128(tables.ptes) : 0)
      + (traits.contains(.secondTables) ? Int128(tables.pmds) : 0)
      + (traits.contains(.tableBytes) ? bytes : 0)
  }

  private func bonus(of memory: Int128, in capacity: MemoryCapacity) -> Int128? {
    if traits.contains(.adjustmentBonus) { return pagesWorth(Scale.bonus, in: capacity) }
    guard traits.contains(.memoryBonus) else { return nil }
    return CInteger.long.holding(memory * 3, on: capacity.wordSize) / 100
  }
}

extension ScoringRule {
  /// The memory that an `oom_score_adj` is worth; `nil` to 2.6.35, whose adjustment multiplies.
  public func adjustmentWorth(_ adjustment: Int, in capacity: MemoryCapacity) -> Pages? {
    switch family {
    case .points: nil
    case .perMille:
      Pages(Int(clamping: Int128(adjustment) * capacity.totalPages / Scale.whole))
    case .pages, .signedPages:
      Pages(Int(clamping: pagesWorth(Int128(adjustment), in: capacity)))
    }
  }

  /// The quotient is cut first: below 1000 pages an adjustment is worth nothing.
  private func pagesWorth(_ adjustment: Int128, in capacity: MemoryCapacity) -> Int128 {
    CInteger.long.holding(
      adjustment * (capacity.totalPages / Scale.whole), on: capacity.wordSize)
  }
}
