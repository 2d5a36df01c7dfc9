extension ScoringRule {
  /// All rules, oldest first.
  ///
  /// Each was read in `mm/oom_kill.c` of the releases it names, and in their `fs/proc/base.c`. Of
  /// the 3.10, 3.12 and 3.13 series late updates follow 3.14 already, which the number alone
  /// doesn't tell.
  public static let history: [ScoringRule] = points + perMille + pages

  /// `badness()`, 2.4 to 2.6.35.
  private static let points: [ScoringRule] = [
    Self(
      .init(2, 4), through: .init(2, 4, 21), .points,
      [.int, .roughRoot, .ageInTicks, .rootUser],
      "virtual memory / rough roots of CPU time and age, x 2 if nice, / 4 if root"),
    // 2.4.22 took over what 2.6.0 was released with: a task chosen before isn't chosen again.
    Self(
      .init(2, 6, 0), lowest: .init(2, 4, 22), through: .init(2, 6, 0), .points,
      [.int, .roughRoot, .ageInTicks, .rootUser, .sparesDying],
      "virtual memory / rough roots of CPU time and age, x 2 if nice, / 4 if root, none if dying"),
    // int_sqrt() moves to lib/ and becomes exact.
    Self(
      .init(2, 6, 1), through: .init(2, 6, 8), .points,
      [.int, .ageInTicks, .rootUser, .sparesDying],
      "virtual memory / roots of CPU time and age, x 2 if nice, / 4 if root, none if dying"),
    // Unsigned long, and the clock's seconds.
    Self(
      .init(2, 6, 9), through: .init(2, 6, 10), .points,
      [.rootUser, .sparesDying],
      "virtual memory / roots of CPU time and seconds, x 2 if nice, / 4 if root, none if dying"),
    // Children count, and oom_adj appears.
    Self(
      .init(2, 6, 11), through: .init(2, 6, 15), .points,
      [.rootUser, .wholeChildren, .shift],
      "virtual memory + the children's, / roots of times, / 4 if root, shifted by oom_adj"),
    // Children count half.
    Self(
      .init(2, 6, 16), through: .init(2, 6, 18), .points,
      [.rootUser, .halfChildren, .shift],
      "virtual memory + half the children's, / roots of times, / 4 if root, shifted by oom_adj"),
    // Swapoff goes first; cpusets matter.
    Self(
      .init(2, 6, 19), through: .init(2, 6, 21), .points,
      [.rootUser, .halfChildren, .origin, .otherNodes, .shift],
      "virtual memory + half the children's, / roots of times, / 8 if far, shifted by oom_adj"),
    // A positive oom_adj works on 0 too.
    Self(
      .init(2, 6, 22), through: .init(2, 6, 24), .points,
      [.rootUser, .halfChildren, .origin, .otherNodes, .shift, .raisedShift],
      "virtual memory + half the children's, / roots of times, / 8 if far, shifted, never from 0"),
    // Capabilities alone decide who is root.
    Self(
      .init(2, 6, 25), through: .init(2, 6, 31), .points,
      [.halfChildren, .origin, .otherNodes, .shift, .raisedShift],
      "virtual memory + half the children's, / roots of times, / 4 if capable, shifted by oom_adj"),
    // oom_adj belongs to the process, and -17 ends the matter here.
    Self(
      .init(2, 6, 32), through: .init(2, 6, 35), .points,
      [.halfChildren, .origin, .otherNodes, .shift, .raisedShift, .sparesDisabled],
      "virtual memory + half the children's, / roots of times, shifted by oom_adj, none at -17"),
  ]

  /// `oom_badness()` on a scale to 1000, 2.6.36 to 3.4.
  private static let perMille: [ScoringRule] = [
    // The rewrite; its points are an int.
    Self(
      .init(2, 6, 36), through: .init(2, 6, 38), .perMille, [.int, .origin],
      "(resident + swap) x 1000/total - 30 if root + adj, 1 to 1000"),
    // Page tables count, and the product is an int too: it overflows at 8.2 GiB.
    Self(
      .init(2, 6, 39), through: .init(2, 6, 39), .perMille, [.int, .origin, .lowestTables],
      "(resident + page tables + swap) x 1000/total in 32 bits - 30 if root + adj, 1 to 1000"),
    // Swapoff raises its adjustment instead.
    Self(
      .init(3, 0), through: .init(3, 1), .perMille, [.int, .lowestTables],
      "(resident + page tables + swap) x 1000/total in 32 bits - 30 if root + adj, 1 to 1000"),
    // A long at last.
    Self(
      .init(3, 2), through: .init(3, 4), .perMille, [.lowestTables],
      "(resident + page tables + swap) x 1000/total - 30 if root + adj, 1 to 1000"),
  ]

  /// `oom_badness()` in pages, from 3.5.
  private static let pages: [ScoringRule] = [
    // The adjustment is scaled to pages instead of the pages to 1000.
    Self(
      .init(3, 5), through: .init(3, 13), .pages, [.lowestTables, .adjustmentBonus],
      "resident + swap + page tables + (adj - 30 if root) x total/1000, at least 1"),
    // Root's bonus becomes a share of what it uses.
    Self(
      .init(3, 14), through: .init(3, 19), .pages, [.lowestTables, .memoryBonus],
      "resident + swap + page tables - 3% if root + adj x total/1000, at least 1"),
    // A second level of page tables.
    Self(
      .init(4, 0), through: .init(4, 6), .pages, [.lowestTables, .secondTables, .memoryBonus],
      "resident + swap + page tables of 2 levels - 3% if root + adj x total/1000, at least 1"),
    // Reaped memory is no reason to kill again.
    Self(
      .init(4, 7), through: .init(4, 7), .pages,
      [.lowestTables, .secondTables, .memoryBonus, .sparesSkipped],
      "resident + swap + page tables - 3% if root + adj x total/1000, at least 1, none if reaped"),
    // Nor is borrowed memory.
    Self(
      .init(4, 8), through: .init(4, 14), .pages,
      [.lowestTables, .secondTables, .memoryBonus, .sparesSkipped, .sparesVfork],
      "resident + swap + page tables - 3% if root + adj x total/1000, at least 1, none in vfork"),
    // One counter for page tables of all levels.
    Self(
      .init(4, 15), through: .init(4, 16), .pages,
      [.tableBytes, .memoryBonus, .sparesSkipped, .sparesVfork],
      "resident + swap + all page tables - 3% if root + adj x total/1000, at least 1"),
    // Root's bonus is gone.
    Self(
      .init(4, 17), through: .init(5, 8), .pages, [.tableBytes, .sparesSkipped, .sparesVfork],
      "resident + swap + all page tables + adj x total/1000, at least 1"),
    // Scores below 1 keep their order.
    Self(
      .init(5, 9), through: nil, .signedPages, [.tableBytes, .sparesSkipped, .sparesVfork],
      "resident + swap + all page tables + adj x total/1000, even below 0"),
  ]
}
