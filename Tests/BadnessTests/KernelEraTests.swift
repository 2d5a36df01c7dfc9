import Badness
import Testing

@Suite("The rule in force")
struct KernelEraTests {
  @Test(
    "scores as the kernel does",
    arguments: [
      ("2.2.26", nil), ("2.4.0", "2.4"), ("2.4.21", "2.4"), ("2.4.22", "2.6.0"),
      ("2.4.31", "2.6.0"), ("2.4.37", "2.6.0"), ("2.6.0", "2.6.0"), ("2.6.1", "2.6.1"),
      ("2.6.8", "2.6.1"), ("2.6.9", "2.6.9"), ("2.6.10", "2.6.9"), ("2.6.11", "2.6.11"),
      ("2.6.15", "2.6.11"), ("2.6.16", "2.6.16"), ("2.6.18-398.el5", "2.6.16"),
      ("2.6.19", "2.6.19"), ("2.6.21", "2.6.19"), ("2.6.22", "2.6.22"), ("2.6.24", "2.6.22"),
      ("2.6.25", "2.6.25"), ("2.6.31", "2.6.25"), ("2.6.32", "2.6.32"), ("2.6.35.3", "2.6.32"),
      ("2.6.36", "2.6.36"), ("2.6.38", "2.6.36"), ("2.6.39.4", "2.6.39"), ("3.0", "3.0"),
      ("3.1.3", "3.0"), ("3.2", "3.2"), ("3.2.7", "3.2"), ("3.4.111", "3.2"), ("3.5", "3.5"),
      ("3.13", "3.5"), ("3.14", "3.14"), ("3.19.8", "3.14"), ("4.0", "4.0"), ("4.6.2", "4.0"),
      ("4.7", "4.7"), ("4.8", "4.8"), ("4.14.336", "4.8"), ("4.15", "4.15"), ("4.16.13", "4.15"),
      ("4.17", "4.17"), ("5.8.18", "4.17"), ("5.9", "5.9"), ("6.19", "5.9"), ("7.2.12", "5.9"),
      ("99.0", "5.9"),
    ] as [(String, String?)])
  func scores(release: String, era: String?) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    #expect(ScoringRule.inForce(in: kernel)?.since.description == era)
  }

  @Test(
    "selects as the kernel does",
    arguments: [
      ("2.2.26", nil), ("2.4.0", "2.4"), ("2.4.37", "2.4"), ("2.6.0", "2.6.0"),
      ("2.6.10", "2.6.0"), ("2.6.11", "2.6.11"), ("2.6.12", "2.6.12"), ("2.6.18", "2.6.12"),
      ("2.6.19", "2.6.19"), ("2.6.31", "2.6.19"), ("2.6.32", "2.6.32"), ("2.6.35", "2.6.32"),
      ("2.6.36", "2.6.36"), ("2.6.38", "2.6.36"), ("2.6.39", "2.6.39"), ("3.6", "2.6.39"),
      ("3.7", "3.7"), ("3.13", "3.7"), ("3.14", "3.14"), ("4.6", "3.14"), ("4.7", "4.7"),
      ("4.8", "4.7"), ("4.9", "4.9"), ("5.2", "4.9"), ("5.3", "5.3"), ("5.8", "5.3"),
      ("5.9", "5.9"), ("6.18", "5.9"),
    ] as [(String, String?)])
  func selects(release: String, era: String?) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    #expect(SelectionRule.inForce(in: kernel)?.since.description == era)
  }

  @Test(
    "adjusts as the kernel does",
    arguments: [
      ("2.6.10", nil), ("2.6.11", "2.6.11"), ("2.6.12", "2.6.12"), ("2.6.35", "2.6.12"),
      ("2.6.36", "2.6.36"), ("3.6", "2.6.36"), ("3.7", "3.7"), ("5.9", "3.7"), ("5.10", "5.10"),
    ] as [(String, String?)])
  func adjusts(release: String, era: String?) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    #expect(AdjustmentRule.inForce(in: kernel)?.since.description == era)
  }

  @Test("is called by its first release", arguments: ["3.14", "2.6.0", "2.4", "5.9"])
  func isNamed(era: String) {
    #expect(ScoringRule.named(era)?.since.description == era)
  }

  @Test("isn't called by another release", arguments: ["3.15", "2.6", "6.1", "", "3.14 "])
  func isNotNamed(era: String) {
    #expect(ScoringRule.named(era) == nil)
  }

  @Test("holds until the next one comes")
  func leavesNoGap() {
    let rules = ScoringRule.history
    #expect(rules.count == 22)
    for (rule, next) in zip(rules, rules.dropFirst()) {
      let last = rule.through ?? next.lowest
      #expect(rule.since < next.since && rule.lowest <= last && last < next.lowest)
      #expect(ScoringRule.inForce(in: last) == rule)
      #expect(ScoringRule.inForce(in: next.lowest) == next)
    }
    #expect(rules.last?.through == nil)
  }
}
