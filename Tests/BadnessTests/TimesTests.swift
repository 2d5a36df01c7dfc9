import Badness
import Testing

@Suite("Points to 2.6.35")
struct TimesTests {
  private let capacity = MemoryCapacity(ram: 1_000_000)

  private func terms(
    _ era: String, total: Pages = 1_000_000, capabilities: Candidate.Capabilities = [],
    history: Candidate.History
  ) throws -> [Term] {
    let candidate = Candidate(
      memory: .init(total: total), capabilities: capabilities, history: history)
    return try #require(ScoringRule.named(era)).explain(candidate, in: capacity).terms
  }

  private func divisor(_ name: String, _ terms: [Term]) -> Int128? {
    terms.first { $0.name == name }?.operand
  }

  @Test(
    "are divided by the root of CPU time, in ticks of the frequency that is nearest",
    arguments: [
      // 2^20 ticks, shifted by 3 and by the power of two next to the frequency: 4, 5, 7, 8, 10.
      (11, 90), (12, 90), (23, 90), (24, 64), (100, 32), (250, 22), (300, 22), (1000, 11),
      (1024, 11), (1535, 11), (1536, 11), (5000, 11),
    ] as [(Int, Int128)])
  func frequencies(ticksPerSecond: Int, root: Int128) throws {
    let history = Candidate.History(ticksPerSecond: ticksPerSecond, userTicks: 1 << 20)
    #expect(try divisor("CPU time", terms("2.6.1", history: history)) == root)
  }

  @Test(
    "are divided by an exact root, however long the time",
    arguments: [
      // Ticks of 100 a second, shifted by 10.
      (1023, nil), (1024, 1), (4 << 10, 2), (9 << 10 - 1, 2), (9 << 10, 3), (1 << 62, 1 << 26),
    ] as [(Int, Int128?)])
  func roots(ticks: Int, root: Int128?) throws {
    for history in [
      Candidate.History(userTicks: ticks), Candidate.History(systemTicks: ticks),
    ] { #expect(try divisor("CPU time", terms("2.6.9", history: history)) == root) }
  }

  @Test(
    "are divided by the fourth root of age",
    arguments: [
      // Seconds, shifted by 10.
      (0, 0, nil), (1023, 0, nil), (1024, 0, 1), (16 << 10, 0, 2), (16 << 10, 1, 1),
      (81 << 10, 0, 3), (5, 5000, nil), (0, .max, nil),
    ] as [(Int, Int, Int128?)])
  func ages(uptime: Int, start: Int, root: Int128?) throws {
    let history = Candidate.History(uptimeSeconds: uptime, startSeconds: start)
    #expect(try divisor("run time", terms("2.6.9", history: history)) == root)
  }

  @Test(
    "are divided by the fourth root of age in ticks to 2.6.8",
    arguments: [((1 << 17) - 1, nil), (1 << 17, 1), (16 << 17, 2)] as [(Int, Int128?)])
  func ageInTicks(ticks: Int, root: Int128?) throws {
    let history = Candidate.History(runTicks: ticks, uptimeSeconds: 1 << 30)
    #expect(try divisor("run time", terms("2.6.1", history: history)) == root)
  }

  @Test("are doubled for the nice", arguments: [(-20, false), (0, false), (1, true), (19, true)])
  func nice(value: Int, isDoubled: Bool) throws {
    let terms = try terms("2.6.32", history: .init(nice: value))
    #expect((divisor("nice", terms) == 2) == isDoubled)
    #expect(terms.last?.result == (isDoubled ? 2_000_000 : 1_000_000))
  }

  @Test(
    "are quartered for the privileged: users 0 to 2.6.24, capabilities later",
    arguments: [
      ("2.6.24", 1000, 1000, [], false), ("2.6.24", 0, 1000, [], true),
      ("2.6.24", 1000, 0, [], true), ("2.6.24", 1000, 1000, .sysResource, false),
      ("2.6.24", 1000, 1000, .sysAdmin, true), ("2.6.25", 0, 0, [], false),
      ("2.6.25", 1000, 1000, .sysResource, true), ("2.6.25", 1000, 1000, .sysAdmin, true),
      ("2.6.25", 1000, 1000, .sysRawIO, false),
    ] as [(String, Int, Int, Candidate.Capabilities, Bool)])
  func privileged(
    release: String, uid: Int, euid: Int, capabilities: Candidate.Capabilities, expected: Bool
  ) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    let era = try #require(ScoringRule.inForce(in: kernel)).since.description
    let terms = try terms(
      era, capabilities: capabilities, history: .init(uid: uid, euid: euid))
    #expect((divisor("administrator's bonus", terms) == 4) == expected)
    #expect((divisor("raw I/O", terms) == 4) == capabilities.contains(.sysRawIO))
  }

  @Test(
    "grow by the children's memory: all of it from 2.6.11, half and a page from 2.6.16",
    arguments: [
      ("2.6.9", nil), ("2.6.11", 107), ("2.6.16", 55), ("2.6.32", 55),
    ] as [(String, Int128?)])
  func children(era: String, added: Int128?) throws {
    let history = Candidate.History(
      children: [.own(100), .shared(1000), .noMemory, .own(7)])
    #expect(try divisor("children", terms(era, history: history)) == added)
    #expect(try divisor("children", terms(era, history: .init(children: [.noMemory]))) == nil)
  }

  @Test(
    "are an eighth on other nodes from 2.6.19 on",
    arguments: [("2.6.16", nil), ("2.6.19", 8)]
      as [(String, Int128?)])
  func otherNodes(era: String, divisor: Int128?) throws {
    let terms = try terms(era, history: .init(nodesOverlap: false))
    #expect(self.divisor("other nodes", terms) == divisor)
    #expect(try self.divisor("other nodes", self.terms(era, history: .init())) == nil)
  }

  @Test(
    "are shifted by oom_adj, from 0 only since 2.6.22",
    arguments: [
      ("2.6.9", 3, 5, 5), ("2.6.11", 3, 5, 40), ("2.6.11", -1, 5, 2), ("2.6.11", 0, 5, 5),
      ("2.6.11", 1, 5, 10), ("2.6.19", 3, 0, 0), ("2.6.22", 3, 0, 8), ("2.6.22", 0, 0, 0),
      ("2.6.22", -1, 0, 0),
    ] as [(String, Int, Pages, Int128)])
  func shift(era: String, adjustment: Int, total: Pages, badness: Int128) throws {
    let candidate = Candidate(memory: .init(total: total), legacyAdjustment: adjustment)
    let rule = try #require(ScoringRule.named(era))
    #expect(rule.score(candidate, in: capacity) == badness)
  }
}
