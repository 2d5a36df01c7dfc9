import Testing

@testable import CivilTime
@testable import LogSources

@Suite("A moment in a log")
struct LogTimeTests {
  @Test(
    "is written in the zone of its machine",
    arguments: [
      ("UTC0", "1970-01-01T00:00:09+00:00"), ("XXX-9:05", "1970-01-01T09:05:09+09:05"),
      ("XXX+9:30", "1969-12-31T14:30:09-09:30"), ("XXX-14", "1970-01-01T14:00:09+14:00"),
      ("XXX+0:30", "1969-12-31T23:30:09-00:30"), ("XXX-10:10", "1970-01-01T10:10:09+10:10"),
    ])
  func zones(zone: String, expected: String) throws {
    let rule = try #require(YearlyRule(zone))
    let time = LogTime(microseconds: 9_999_999, basis: .local)
    let rules = ZoneRules(yearly: rule)
    #expect(rules.iso(time) == expected)
    #expect(rules.local(time) == expected.prefix(19).map { $0 == "T" ? " " : "\($0)" }.joined())
    #expect(rules.date(time) == String(expected.prefix(10)))
  }

  @Test("is rounded down, also before 1970")
  func seconds() {
    for (microseconds, seconds) in [(999_999, 0), (1_000_000, 1), (-1, -1), (-1_000_000, -1)] {
      #expect(LogTime(microseconds: microseconds, basis: .boot).seconds == seconds)
    }
  }

  @Test("is known the better, the later its basis comes")
  func bases() {
    let bases: [LogTime.Basis] = [.boot, .assumedMonth, .assumedYear, .local, .zoned, .universal]
    #expect(bases.reversed().sorted() == bases)
    #expect(!(LogTime.Basis.local < .local))
  }
}
