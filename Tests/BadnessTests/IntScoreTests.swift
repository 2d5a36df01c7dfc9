import Badness
import Testing

@Suite("A score in a C int")
struct IntScoreTests {
  let capacity = MemoryCapacity(ram: 1000)

  @Test(
    "is cut to 32 bits up to 2.6.8",
    arguments: [
      ("2.4", -2_147_483_643), ("2.6.0", -2_147_483_643), ("2.6.1", -2_147_483_643),
      ("2.6.9", 6_442_450_949),
    ] as [(String, Int128)])
  func cutsPages(era: String, badness: Int128) throws {
    // 2^32 + 2^31 + 5
    let candidate = Candidate(memory: .init(total: 6_442_450_949))
    #expect(try #require(ScoringRule.named(era)).score(candidate, in: capacity) == badness)
  }

  @Test(
    "turns negative, and is divided without its sign up to 2.6.0",
    arguments: [
      // CPU time 4096 >> (7 + 3) = 4, root 2; 2^31 + 16 is -2147483632
      ("2.4", 1_073_741_832), ("2.6.0", 1_073_741_832), ("2.6.1", -1_073_741_816),
      ("2.6.9", 1_073_741_832),
    ] as [(String, Int128)])
  func divides(era: String, badness: Int128) throws {
    let candidate = Candidate(
      memory: .init(total: 2_147_483_664), history: .init(userTicks: 4096))
    #expect(try #require(ScoringRule.named(era)).score(candidate, in: capacity) == badness)
  }

  @Test(
    "loses a quotient's upper bits up to 3.1",
    arguments: [("2.6.36", 1), ("2.6.39", 1), ("3.0", 1), ("3.2", 1000)] as [(String, Int128)])
  func cutsQuotient(era: String, badness: Int128) throws {
    // 2^32 * 1000 div 1000 is 2^32
    let candidate = Candidate(memory: .init(resident: 4_294_967_296))
    #expect(try #require(ScoringRule.named(era)).score(candidate, in: capacity) == badness)
  }
}
