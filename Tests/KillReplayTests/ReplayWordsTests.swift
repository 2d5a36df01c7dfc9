import Testing

@testable import KillReplay

@Suite("Words of a verdict")
struct ReplayWordsTests {
  @Test("state the bounds of a total")
  func totals() {
    for (ranges, words) in [
      ([0...5], "at most 5 pages"), ([0...1], "at most 1 page"), ([1...2], "between 1 and 2 pages"),
      ([7...ReplayCapacity.most], "at least 7 pages"),
      ([1...ReplayCapacity.most], "at least 1 page"),
      ([7...ReplayCapacity.most - 1], "between 7 and \(ReplayCapacity.most - 1) pages"),
      ([0...3, 5...8], "at most 3 pages, or between 5 and 8 pages"),
    ] {
      #expect(ReplayCondition.total(ranges, .machine).text == "RAM plus swap is \(words)")
    }
    #expect(
      ReplayCondition.total([0...1], .nodes).text
        == "the nodes' memory plus swap is at most 1 page")
  }

  @Test(
    "name some processes, and count many",
    arguments: [
      (1, "a"), (2, "a, b"), (3, "a, b, c"), (4, "a and 3 others"), (5, "a and 4 others"),
    ])
  func names(count: Int, words: String) {
    let names = Array(["a", "b", "c", "d", "e"].prefix(count))
    #expect(ReplayCondition.dying(names).text == "\(words) was dying already")
    #expect(
      ReplayCondition.administrators(names).text
        == "\(words) had CAP_SYS_ADMIN, which lowers a score")
  }

  @Test("say of a tie whether all were raised")
  func tie() {
    #expect(
      ReplayTie(count: 2, order: .last, isAtFloor: false).text == "last of 2 in list order")
    #expect(
      ReplayTie(count: 3, order: .first, isAtFloor: true).text
        == "first of 3 in list order, all raised to 1 point")
  }

  private static let verdicts: [(Replay.Verdict, word: String, agrees: Bool?)] = [
    (.confirmed, "confirmed", true),
    (.confirmedTie(ReplayTie(count: 2, order: .last, isAtFloor: false)), "tie", true),
    (.consistent(.rowsLost(3)), "consistent", nil), (.notCheckable(.noTable), "-", nil),
    (.mismatch(.exempt("a[1]")), "mismatch", false),
  ]

  @Test("are one for each, with what it means")
  func words() {
    for (verdict, word, agrees) in Self.verdicts {
      #expect(verdict.word == word)
      #expect(verdict.agrees == agrees)
      #expect(verdict.detail.map { verdict.text.contains($0) } ?? (verdict == .confirmed))
    }
  }

  @Test("of several readings are those of the least doubtful")
  func doubts() {
    let doubts = Self.verdicts.map(\.0.doubt)
    #expect(zip(doubts, doubts.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("without points are those of reasons that leave nothing to compare")
  func finalReasons() {
    let final: [ReplayReason] = [
      .noTable, .victimNotInTable, .noHeader, .tooOld, .follower,
    ]
    let others: [ReplayReason] = [
      .allocatingTask, .perhapsAllocatingTask, .vendorConstraint("x"), .unsignedComparison,
    ]
    #expect(final.count { $0.isFinal } == final.count)
    #expect(others.count { $0.isFinal } == 0)
  }
}
