import Testing

@testable import KillPrediction

@Suite("What decides between two that are equally bad")
struct TieOrderTests {
  @Test(
    "is what shows of both their places",
    arguments: [
      (.byAge, .byAge, .age), (.unseen(.versionOne), .unseen(.versionOne), .unknown(.versionOne)),
      (.byAge, .unseen(.unlisted), .unknown(.unlisted)),
      (.unseen(.unlisted), .byAge, .unknown(.unlisted)),
    ] as [(Walk.Stop, Walk.Stop, TieOrder)])
  func order(one: Walk.Stop, other: Walk.Stop, expected: TieOrder) {
    #expect(TieOrder(one, other) == expected)
  }

  @Test(
    "has a word for programs and the rest of a sentence for people",
    arguments: [
      (.versionOne, "on cgroup v1"), (.unlisted, "where cgroup.procs doesn't list them"),
      (.madeFirst, "without knowing which of their cgroups was made first"),
      (.sharedController, "where their cgroups have no memory controller of their own"),
    ] as [(TieOrder.Doubt, String)])
  func phrases(doubt: TieOrder.Doubt, phrase: String) {
    #expect(doubt.phrase == phrase && TieOrder.unknown(doubt).word == "unknown")
    #expect(TieOrder.age.word == "age" && TieOrder.walk.word == "walk")
  }
}
