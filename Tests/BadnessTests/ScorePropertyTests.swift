import Badness
import Testing

@Suite("Whatever the rule, a score")
struct ScorePropertyTests {
  /// Below 8.2 GiB no rule overflows.
  static let sizes = (0...60).map { Pages($0 * $0 * 577 + $0) }
  let capacity = MemoryCapacity(ram: 2_147_483, swap: 77)

  @Test("never falls when memory grows", arguments: ScoringRule.history)
  func growsWithMemory(rule: ScoringRule) throws {
    for adjustment in [-999, -500, -1, 0, 1, 300, 1000] {
      let scores = try Self.sizes.map { size in
        let memory = Candidate.Memory(total: size, resident: size)
        let candidate = Candidate(
          memory: memory, adjustment: adjustment, legacyAdjustment: adjustment / 67,
          capabilities: .sysAdmin)
        return try #require(rule.score(candidate, in: capacity))
      }
      #expect(scores == scores.sorted())
    }
  }

  @Test("never falls when the adjustment rises", arguments: ScoringRule.history)
  func growsWithAdjustment(rule: ScoringRule) throws {
    let scores = try (-999...1000).map { adjustment in
      let candidate = Candidate(
        memory: .init(total: 4321, resident: 4321), adjustment: adjustment,
        legacyAdjustment: adjustment / 63)
      return try #require(rule.score(candidate, in: capacity))
    }
    #expect(scores == scores.sorted())
  }

  @Test("is no badness for the exempt, however large", arguments: ScoringRule.history)
  func exemptsAll(rule: ScoringRule) {
    for size in Self.sizes {
      let memory = Candidate.Memory(total: size, resident: size)
      var exempt = [Candidate(standing: .kernelThread)]
      if rule.readsLegacyAdjustment {
        exempt.append(Candidate(standing: .initProcess))
      } else {
        exempt += [
          Candidate(memory: memory, adjustment: -1000),
          Candidate(standing: .initProcess, memory: memory, adjustment: 1000),
        ]
      }
      #expect(exempt.allSatisfy { rule.score($0, in: capacity) == nil })
    }
  }

  @Test("is shown between 0 and twice the scale", arguments: ScoringRule.history)
  func isShownInRange(rule: ScoringRule) throws {
    guard !rule.readsLegacyAdjustment else { return }
    for adjustment in [-999, 0, 1000] {
      let candidate = Candidate(memory: .init(resident: 2_000_000), adjustment: adjustment)
      let score = try #require(rule.explain(candidate, in: capacity).oomScore)
      #expect((0...2000).contains(score))
    }
  }
}
