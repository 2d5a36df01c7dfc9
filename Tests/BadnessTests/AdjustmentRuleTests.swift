import Badness
import TestSupport
import Testing

@Suite("An adjustment rule")
struct AdjustmentRuleTests {
  @Test("stores and shows what its kernels did")
  func reproducesKernel() throws {
    let file = try VectorFile("oom-adj-conversion.tsv")
    let columns = ["era", "operation", "input", "result", "result_is"]
    #expect(file.columns == columns)
    for row in file.rows {
      let rule = try #require(AdjustmentRule.named(row["era"]), "\(row.place)")
      let input = Int(try row.number("input"))
      let operation = try row["operation"]
      let isLegacy = operation.hasPrefix("write_oom_adj")
      let stored = isLegacy ? rule.storing(oomAdj: input) : rule.storing(oomScoreAdj: input)
      let actual =
        switch (operation, try row["result_is"]) {
        case ("write_oom_adj", "oom_score_adj_stored"): stored?.oomScoreAdj
        case ("write_oom_adj", "oom_adj_stored"),
          ("write_oom_adj_then_read_oom_adj", "oom_adj_read"),
          ("write_oom_score_adj_then_read_oom_adj", "oom_adj_read"):
          stored?.oomAdj
        case ("write_oom_adj", "errno"), ("write_oom_score_adj", "errno"):
          stored == nil ? nil : 0
        default: throw DataError(row.place, "is of an unknown kind")
        }
      #expect(actual.map(String.init) ?? "EINVAL" == (try row["result"]), "\(row.place)")
    }
    let eras = try Set(file.rows.map { try $0["era"] })
    #expect(eras == Set(AdjustmentRule.history.map(\.since.description)))
  }

  @Test(
    "keeps both values only where there are two files",
    arguments: [
      ("2.6.12", 7, StoredAdjustment?.some(.init(nil, 7))), ("2.6.36", 7, .init(411, 7)),
      ("3.7", 7, .init(411, 6)), ("5.10", 15, .init(1000, 15)), ("2.6.11", -17, nil),
    ])
  func storesLegacy(era: String, oomAdj: Int, expected: StoredAdjustment?) throws {
    #expect(try #require(AdjustmentRule.named(era)).storing(oomAdj: oomAdj) == expected)
  }

  @Test(
    "takes the new value from 2.6.36 on",
    arguments: [
      ("2.6.12", 500, StoredAdjustment?.none), ("2.6.36", 500, .init(500, 7)),
      ("3.7", 950, .init(950, 16)), ("5.10", 950, .init(950, 15)), ("5.10", 1001, nil),
      ("5.10", .min, nil),
    ])
  func storesModern(era: String, oomScoreAdj: Int, expected: StoredAdjustment?) throws {
    #expect(try #require(AdjustmentRule.named(era)).storing(oomScoreAdj: oomScoreAdj) == expected)
  }
}

extension StoredAdjustment {
  fileprivate init(_ oomScoreAdj: Int?, _ oomAdj: Int) {
    self.init(oomScoreAdj: oomScoreAdj, oomAdj: oomAdj)
  }
}
