extension ScoringRule {
  /// The differences between the rules of one family.
  struct Traits: OptionSet, Hashable {
    let rawValue: UInt32

    private init(bit: UInt32) { rawValue = 1 << bit }
    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The score is a C `int`; pages beyond 2^31 are cut.
    static let int = Self(bit: 0)
    /// Roots come from a rough approximation that is never 0.
    static let roughRoot = Self(bit: 1)
    /// Age is counted in ticks; else in seconds.
    static let ageInTicks = Self(bit: 2)
    /// Users 0 are privileged besides `CAP_SYS_ADMIN`; else `CAP_SYS_RESOURCE` besides it.
    static let rootUser = Self(bit: 3)
    /// All memory of each child counts.
    static let wholeChildren = Self(bit: 4)
    /// Half of each child's memory counts, and a page.
    static let halfChildren = Self(bit: 5)
    /// Memory on nodes that don't help counts an eighth.
    static let otherNodes = Self(bit: 6)
    /// `oom_adj` shifts the score.
    static let shift = Self(bit: 7)
    /// No 0 is shifted upwards.
    static let raisedShift = Self(bit: 8)

    /// A process that knowingly causes the shortage gets the highest score.
    static let origin = Self(bit: 9)
    /// Page tables of the lowest level count.
    static let lowestTables = Self(bit: 10)
    /// Page tables of the second level count.
    static let secondTables = Self(bit: 11)
    /// Page tables count by their bytes.
    static let tableBytes = Self(bit: 12)
    /// `CAP_SYS_ADMIN` lowers the adjustment by 30.
    static let adjustmentBonus = Self(bit: 13)
    /// `CAP_SYS_ADMIN` takes off 3 % of what the process has.
    static let memoryBonus = Self(bit: 14)

    static let sparesDying = Self(bit: 16)
    /// `oom_adj` -17 isn't scored.
    static let sparesDisabled = Self(bit: 17)
    static let sparesSkipped = Self(bit: 18)
    static let sparesVfork = Self(bit: 19)
  }
}
