import LogLines
import Testing

@testable import DaemonLog
@testable import KillHistory
@testable import LogSources

@Suite("A filter of kills")
struct HistoryFilterTests {
  private static func kill(at time: Int?) -> HistoryEntry {
    HistoryEntry(
      event: .daemon(DaemonKill(stamp: Stamp(), line: 1, killer: "earlyoom")),
      time: time.map { LogTime(microseconds: $0, basis: .universal) }, source: "journal")
  }

  @Test(
    "lets pass what is in the time asked for, its ends included",
    arguments: [
      (nil, nil, [1, 2, 3, 4]), (2, nil, [2, 3, 4]), (nil, 3, [1, 2, 3]), (2, 3, [2, 3]),
      (3, 2, []),
    ] as [(Int?, Int?, [Int])])
  func times(since: Int?, until: Int?, passing: [Int]) {
    let filter = HistoryFilter(since: since, until: until)
    #expect((1...4).filter { filter.lets(Self.kill(at: $0)) } == passing)
  }

  @Test("misses a kill without a time as soon as one is asked for")
  func timeless() {
    for (filter, passes) in [
      (HistoryFilter(), true), (HistoryFilter(since: 2), false), (HistoryFilter(until: 3), false),
    ] {
      #expect(filter.lets(Self.kill(at: nil)) == passes)
      #expect(filter.misses(Self.kill(at: nil)) != passes)
    }
  }
}
