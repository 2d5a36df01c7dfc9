import Badness
import Testing

@Suite("Among scored processes")
struct SelectionRuleTests {
  @Test("the highest score goes first, whatever the kernel", arguments: SelectionRule.history)
  func prefersHighest(rule: SelectionRule) {
    let badness: [Int128] = [7, -3, 12, 0, 5]
    let contenders = zip(1..., badness).map { RankKey(badness: $1, startTicks: 1, pid: $0) }
    #expect(contenders.sorted(by: rule.precedes).map(\.badness) == [12, 7, 5, 0, -3])
  }

  @Test(
    "equals go by age",
    arguments: [
      ("2.4", [30, 10, 20]), ("2.6.18", [30, 10, 20]), ("2.6.38", [30, 10, 20]),
      ("3.13", [30, 10, 20]), ("4.6", [30, 10, 20]), ("4.8", [20, 10, 30]),
      ("4.9", [30, 10, 20]), ("5.2", [30, 10, 20]), ("5.3", [20, 10, 30]),
      ("6.18", [20, 10, 30]),
    ])
  func breaksTies(release: String, order: [Int]) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    let rule = try #require(SelectionRule.inForce(in: kernel))
    // Numbers wrapped around: 30 is the oldest, 10 and 20 came in one tick.
    let contenders = [
      RankKey(badness: 5, startTicks: 100, pid: 20),
      RankKey(badness: 5, startTicks: 90, pid: 30),
      RankKey(badness: 5, startTicks: 100, pid: 10),
    ]
    #expect(contenders.sorted(by: rule.precedes).map(\.pid) == order)
  }

  @Test("none precedes itself", arguments: SelectionRule.history)
  func isStrict(rule: SelectionRule) {
    let contender = RankKey(badness: 5, startTicks: 1, pid: 1)
    #expect(!rule.precedes(contender, contender))
  }

  @Test(
    "one without points can be a victim or not",
    arguments: [
      ("2.6.10", [false, false]), ("2.6.11", [true, true]), ("2.6.35", [true, true]),
      ("2.6.36", [false, false]), ("5.8", [false, false]), ("5.9", [true, true]),
    ])
  func takesZero(release: String, expected: [Bool]) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    let rule = try #require(SelectionRule.inForce(in: kernel))
    #expect([0, -5].map { rule.takes(badness: $0) } == expected)
    #expect(rule.takes(badness: 1))
  }

  @Test(
    "some are passed over to 2.6.35",
    arguments: [
      ("2.6.10", nil, nil), ("2.6.11", .initProcess, nil), ("2.6.12", .initProcess, .adjustment),
      ("2.6.35", .initProcess, .adjustment), ("2.6.36", .initProcess, nil),
    ] as [(String, Exemption?, Exemption?)])
  func passesOver(release: String, initProcess: Exemption?, disabled: Exemption?) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    let rule = try #require(SelectionRule.inForce(in: kernel))
    #expect(rule.exemption(of: Candidate(standing: .initProcess)) == initProcess)
    #expect(rule.exemption(of: Candidate(legacyAdjustment: -17)) == disabled)
    #expect(rule.exemption(of: Candidate()) == nil)
    #expect(rule.exemption(of: Candidate(legacyAdjustment: -16)) == nil)
  }

  @Test(
    "-17 and process 1 are spared by the selection exactly where it compares points",
    arguments: SelectionRule.history)
  func spares(rule: SelectionRule) {
    let isOfPoints = rule.since < KernelVersion(2, 6, 36)
    #expect(rule.initIsCandidate == (rule.since < KernelVersion(2, 6, 11)))
    #expect(rule.sparesDisabled == (isOfPoints && rule.since >= KernelVersion(2, 6, 12)))
  }

  @Test(
    "threads are looked at to 2.6.31, and from 2.6.39 to 4.6",
    arguments: [
      ("2.4", .threads), ("2.6.31", .threads), ("2.6.32", .leaders), ("2.6.38", .leaders),
      ("2.6.39", .threads), ("4.6", .threads), ("4.7", .leaders), ("6.18", .leaders),
    ] as [(String, SelectionRule.Walk)])
  func walks(release: String, walk: SelectionRule.Walk) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    #expect(try #require(SelectionRule.inForce(in: kernel)).walks == walk)
  }

  @Test(
    "an ordinary one with memory that causes the shortage is taken whatever its adjustment",
    arguments: [
      (Candidate(memory: .init(), adjustment: -1000, marks: .oomOrigin), true),
      (Candidate(memory: .init(), marks: [.oomOrigin, .inVfork]), true),
      (Candidate(memory: .init()), false), (Candidate(marks: .oomOrigin), false),
      (Candidate(memory: .init(), marks: [.oomOrigin, .skipped]), false),
      (Candidate(standing: .initProcess, memory: .init(), marks: .oomOrigin), false),
      (Candidate(standing: .kernelThread, memory: .init(), marks: .oomOrigin), false),
    ])
  func takesAtOnce(candidate: Candidate, expected: Bool) throws {
    let modern = try #require(SelectionRule.named("5.9"))
    #expect(modern.takesAtOnce(candidate) == expected)
    #expect(try !#require(SelectionRule.named("2.6.36")).takesAtOnce(candidate))
  }

  @Test("-17 spares one that causes the shortage, where the selection looks at it")
  func sparesOrigin() throws {
    let candidate = Candidate(memory: .init(), legacyAdjustment: -17, marks: .oomOrigin)
    #expect(try !#require(SelectionRule.named("2.6.12")).takesAtOnce(candidate))
    #expect(try #require(SelectionRule.named("2.6.11")).takesAtOnce(candidate))
    #expect(SelectionRule.atOnce == Int128(Int64.max))
  }

  @Test(
    "one that knowingly causes the shortage is taken at once, but from 2.6.19 to 3.6",
    arguments: [
      ("2.4", false), ("2.6.0", true), ("2.6.11", true), ("2.6.18", true), ("2.6.19", false),
      ("2.6.32", false), ("2.6.36", false), ("3.6", false), ("3.7", true), ("3.14", true),
      ("4.7", true), ("4.9", true), ("5.3", true), ("5.9", true), ("6.18", true),
    ])
  func takesOrigin(release: String, expected: Bool) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    #expect(try #require(SelectionRule.inForce(in: kernel)).takesOrigin == expected)
  }
}
