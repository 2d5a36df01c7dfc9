import Badness
import Testing

@Suite("On a 32-bit kernel")
struct WordSizeTests {
  @Test(
    "oom_score wraps as long does",
    arguments: [
      // 3e9 - 2^32 = -1294967296; quot 4e6 = -323; (1000 - 323) * 2 quot 3 = 451
      ("5.9", 3_000_000, 4_000_000, 451, 1166),
      // 5e9 - 2^32 = 705032704; div 6e6 = 117
      ("3.5", 5_000_000, 6_000_000, 117, 833), ("4.17", 5_000_000, 6_000_000, 117, 833),
      // 3e9 fits an unsigned long, in which the quotient is taken
      ("3.2", 3_000_000, 4_000_000, 750, 750), ("2.6.36", 3_000_000, 4_000_000, 750, 750),
      ("3.2", 5_000_000, 6_000_000, 117, 833), ("2.6.36", 5_000_000, 6_000_000, 117, 833),
      // On 64 bits the int -1294967296 becomes an unsigned long first: the low 32 bits of
      // (2^64 - 1294967296) div 4e6 = 4611686018103 are -1059061065, and 1 is the least
      ("3.0", 3_000_000, 4_000_000, 750, 1),
    ] as [(String, Int, Int, Int128, Int128)])
  func wrapsScore(era: String, resident: Int, total: Int, narrow: Int128, wide: Int128) throws {
    let rule = try #require(ScoringRule.named(era))
    let candidate = Candidate(memory: .init(resident: Pages(resident)))
    for (wordSize, expected) in [(WordSize.bits32, narrow), (.bits64, wide)] {
      let capacity = MemoryCapacity(ram: Pages(total), wordSize: wordSize)
      #expect(rule.explain(candidate, in: capacity).oomScore == expected, "\(wordSize)")
    }
  }

  @Test("a shifted score loses its upper bits")
  func wrapsShift() throws {
    let rule = try #require(ScoringRule.named("2.6.11"))
    let candidate = Candidate(memory: .init(total: 262_147), legacyAdjustment: 15)
    #expect(rule.score(candidate, in: .narrow) == 3 << 15)
    #expect(rule.score(candidate, in: .wide) == (1 << 33) + (3 << 15))
  }

  @Test("the origin of the shortage has the highest 32-bit score")
  func limitsOrigin() throws {
    let rule = try #require(ScoringRule.named("2.6.19"))
    let candidate = Candidate(memory: .init(total: 1), marks: .oomOrigin)
    #expect(rule.score(candidate, in: .narrow) == 4_294_967_295)
    #expect(rule.score(candidate, in: .wide) == 18_446_744_073_709_551_615)
  }

  @Test("the ineligible return the lowest 32-bit long")
  func limitsIneligible() throws {
    let rule = try #require(ScoringRule.named("5.9"))
    #expect(rule.explain(Candidate(), in: .narrow).returned == -2_147_483_648)
    #expect(rule.explain(Candidate(), in: .wide).returned == -9_223_372_036_854_775_808)
    #expect(rule.explain(Candidate(), in: .narrow).oomScore == 0)
  }
}

extension MemoryCapacity {
  fileprivate static let narrow = Self(ram: 262_144, wordSize: .bits32)
  fileprivate static let wide = Self(ram: 262_144)
}
