import Badness
import Testing

@Suite("An explanation")
struct ExplanationTests {
  /// A thousand megapages, so that a thousandth is a round number.
  let capacity = MemoryCapacity(ram: 1_000_000)

  @Test("of pages says what each thing contributes")
  func explainsPages() throws {
    let explanation = try explain(
      "4.0", adjustment: -100, capabilities: .sysAdmin, resident: 2000, swapped: 500, ptes: 7,
      pmds: 3)
    #expect(
      lines(explanation) == [
        "resident start 2000 = 2000 (2000)", "swapped add 500 = 2500 (500)",
        "page tables add 10 = 2510 (10)", "administrator's bonus subtract 75 = 2435 (-75)",
        "adjustment add -100000 = -97565 (-100000)", "at least 1 at_least 1 = 1 (97566)",
      ])
    #expect(explanation.badness == 1)
    #expect(explanation.oomScore == 0)
  }

  @Test("of signed pages ends below zero")
  func explainsSignedPages() throws {
    let explanation = try explain(
      "5.9", adjustment: -100, capabilities: .sysAdmin, resident: 2000, swapped: 500, bytes: 45_000)
    #expect(
      lines(explanation) == [
        "resident start 2000 = 2000 (2000)", "swapped add 500 = 2500 (500)",
        "page tables add 10 = 2510 (10)", "adjustment add -100000 = -97490 (-100000)",
      ])
    #expect(explanation.oomScore == 602)
  }

  @Test("lowers the adjustment of root from 3.5 to 3.13")
  func explainsLoweredAdjustment() throws {
    let explanation = try explain("3.5", capabilities: .sysAdmin, resident: 40_000, ptes: 9)
    #expect(
      lines(explanation) == [
        "resident start 40000 = 40000 (40000)", "swapped add 0 = 40000 (0)",
        "page tables add 9 = 40009 (9)", "administrator's bonus subtract 30000 = 10009 (-30000)",
        "adjustment add 0 = 10009 (0)",
      ])
  }

  @Test("of thousandths scales before it adjusts")
  func explainsPerMille() throws {
    let explanation = try explain(
      "3.2", adjustment: 800, capabilities: .sysAdmin, resident: 250_000, swapped: 1000, ptes: 500)
    #expect(
      lines(explanation) == [
        "resident start 250000 = 250000", "page tables add 500 = 250500",
        "swapped add 1000 = 251500", "thousandths multiply 1000 = 251500000",
        "total memory divide 1000000 = 251", "administrator's bonus subtract 30 = 221",
        "adjustment add 800 = 1021", "at most 1000 at_most 1000 = 1000",
      ])
    #expect(explanation.oomScore == 1000)
  }

  @Test("of points follows the life of a process")
  func explainsPoints() throws {
    // CPU time 65536 >> (7 + 3) = 64, root 8; age 16384 >> 10 = 16, fourth root 2.
    let history = Candidate.History(
      children: [.own(100), .shared(5000), .noMemory, .own(33)], userTicks: 65_000,
      systemTicks: 536, uptimeSeconds: 20_000, startSeconds: 3616, nice: 5, nodesOverlap: false)
    let candidate = Candidate(
      memory: .init(total: 100_000), legacyAdjustment: 2, capabilities: [.sysResource, .sysRawIO],
      history: history)
    let rule = try #require(ScoringRule.named("2.6.25"))
    let explanation = rule.explain(candidate, in: capacity)
    #expect(
      lines(explanation) == [
        "virtual memory start 100000 = 100000", "children add 68 = 100068",
        "CPU time divide 8 = 12508", "run time divide 2 = 6254", "nice multiply 2 = 12508",
        "administrator's bonus divide 4 = 3127", "raw I/O divide 4 = 781",
        "other nodes divide 8 = 97", "adjustment shift_left 2 = 388",
      ])
  }

  @Test(
    "names the reason where there is no score",
    arguments: [
      ("2.6.0", Candidate(memory: .init(), marks: .memoryDie), Exemption.memoryDie),
      ("2.6.32", Candidate(memory: .init(), legacyAdjustment: -17), .adjustment),
      ("2.6.32", Candidate(), .noMemory),
      ("2.4", Candidate(standing: .kernelThread), .kernelThread),
      ("2.6.36", Candidate(standing: .initProcess, memory: .init()), .initProcess),
      ("3.5", Candidate(standing: .kernelThread, memory: .init()), .kernelThread),
      ("4.7", Candidate(memory: .init(), marks: .skipped), .skipped),
      ("4.8", Candidate(memory: .init(), marks: .inVfork), .inVfork),
      ("5.9", Candidate(memory: .init(), adjustment: -1000), .adjustment),
    ])
  func exempts(era: String, candidate: Candidate, exemption: Exemption) throws {
    let rule = try #require(ScoringRule.named(era))
    let explanation = rule.explain(candidate, in: capacity)
    #expect(explanation.exemption == exemption)
    #expect(explanation.badness == nil && explanation.terms.isEmpty)
    #expect(explanation.oomScore == (rule.since < KernelVersion(2, 6, 11) ? nil : 0))
    #expect(explanation.returned == (era == "5.9" ? Int128(Int.min) : 0))
  }

  @Test(
    "knows only the reasons of its time",
    arguments: [
      ("2.6.31", Candidate(memory: .init(total: 1_048_576), legacyAdjustment: -17), 8),
      ("2.6.35", Candidate(standing: .initProcess, memory: .init(total: 5)), 5),
      ("2.6.35", Candidate(memory: .init(total: 5), adjustment: -1000), 5),
      ("2.6.11", Candidate(memory: .init(total: 5), marks: .memoryDie), 5),
      ("4.6", Candidate(memory: .init(resident: 5), marks: .skipped), 5),
      ("4.7", Candidate(memory: .init(resident: 5), marks: .inVfork), 5),
      ("5.9", Candidate(memory: .init(resident: 5), marks: .oomOrigin), 5),
    ] as [(String, Candidate, Int128)])
  func scores(release: String, candidate: Candidate, badness: Int128) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    let rule = try #require(ScoringRule.inForce(in: kernel))
    #expect(rule.explain(candidate, in: capacity).badness == badness)
  }

  @Test(
    "of an adjustment says the memory it is worth",
    arguments: [
      ("2.6.32", 500, Pages?.none), ("3.2", 500, 500_999), ("3.5", 500, 500_500),
      ("5.9", -1, -1001), ("5.9", 1000, 1_001_000),
    ])
  func worth(era: String, adjustment: Int, pages: Pages?) throws {
    let capacity = MemoryCapacity(ram: 1_000_000, swap: 1999)
    let rule = try #require(ScoringRule.named(era))
    #expect(rule.adjustmentWorth(adjustment, in: capacity) == pages)
  }

  private func explain(
    _ era: String, adjustment: Int = 0, capabilities: Candidate.Capabilities = [],
    resident: Pages, swapped: Pages = 0, ptes: Int = 0, pmds: Int = 0, bytes: Int = 0
  ) throws -> Explanation {
    let memory = Candidate.Memory(
      resident: resident, swapped: swapped,
      pageTables: .init(ptes: ptes, pmds: pmds, bytes: bytes))
    let candidate = Candidate(
      memory: memory, adjustment: adjustment, capabilities: capabilities)
    return try #require(ScoringRule.named(era)).explain(candidate, in: capacity)
  }

  private func lines(_ explanation: Explanation) -> [String] {
    explanation.terms.map { term in
      "\(term.name) \(term.operation.rawValue) \(term.operand) = \(term.result)"
        + (term.pages.map { " (\($0))" } ?? "")
    }
  }
}
