import Badness
import TestSupport
import Testing

@Suite("A scoring rule")
struct ScoringRuleTests {
  static let eras = ScoringRule.history.map(\.since.description)

  @Test("returns and shows what its kernels did", arguments: eras)
  func reproducesKernel(era: String) throws {
    let rule = try #require(ScoringRule.named(era))
    for row in try ScoredCandidate.all(of: rule) {
      let explanation = rule.explain(row.candidate, in: row.capacity)
      #expect(explanation.returned == row.returned, "\(row.place)")
      #expect(explanation.oomScore == row.oomScore, "\(row.place)")
    }
  }

  @Test("explains exactly the score it gives", arguments: eras)
  func agreesWithItself(era: String) throws {
    let rule = try #require(ScoringRule.named(era))
    for row in try ScoredCandidate.all(of: rule) {
      let explanation = rule.explain(row.candidate, in: row.capacity)
      #expect(explanation.badness == rule.score(row.candidate, in: row.capacity), "\(row.place)")
      #expect((explanation.exemption == nil) == (explanation.badness != nil), "\(row.place)")
      let pages = explanation.terms.compactMap(\.pages)
      let expected = rule.unit == .pages ? explanation.badness ?? 0 : 0
      #expect(pages.reduce(0, +) == expected, "\(row.place)")
    }
  }

  @Test("has a file of vectors, and no file is without its rule")
  func filesAndRulesMatch() throws {
    let files = try names(in: VectorFile.folder).filter { $0.hasPrefix("badness-") }
    #expect(Set(files) == Set(Self.eras.map { "badness-\($0).tsv" }))
  }

  @Test("is shown to users from 2.6.11 on", arguments: eras)
  func showsScores(era: String) throws {
    let rule = try #require(ScoringRule.named(era))
    let row = try #require(try ScoredCandidate.all(of: rule).first)
    #expect((row.oomScore == nil) == (rule.since < KernelVersion(2, 6, 11)))
  }

  @Test("favours CAP_SYS_ADMIN exactly where it says so", arguments: ScoringRule.history)
  func administrators(rule: ScoringRule) {
    let capacity = MemoryCapacity(ram: 1_000_000)
    var candidate = Candidate(memory: .init(total: 500_000, resident: 500_000))
    let score = rule.score(candidate, in: capacity)
    candidate.capabilities = .sysAdmin
    #expect((rule.score(candidate, in: capacity) != score) == rule.favorsAdministrators)
  }

  @Test("describes itself in a line", arguments: ScoringRule.history)
  func hasSummary(rule: ScoringRule) {
    #expect((20...100).contains(rule.summary.count), "\(rule.summary)")
  }
}
