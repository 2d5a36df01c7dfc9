import Glibc
import LogLines
import ProgramSupport
import TestSupport
import Testing

@testable import CivilTime
@testable import KernelLog
@testable import LogSources

@Suite("The time of a line")
struct LogClockTests {
  private static let boot = LogClock.Boot(
    id: "e885cdaa-d10c-4482-8fff-d9543a7db2dc", seconds: 1_795_230_712)

  private func clock(
    isOfThisBoot: Bool = false, modified: Int = 1_795_262_400, zone: ZoneRules = .utc
  ) -> LogClock {
    LogClock(
      zone: zone, boot: Self.boot, isOfThisBoot: isOfThisBoot,
      years: YearWalk(endingAt: modified))
  }

  private func stamp(_ change: (inout Stamp) -> Void) -> Stamp {
    var stamp = Stamp()
    change(&stamp)
    return stamp
  }

  @Test("is the journal's where that tells")
  func journal() {
    var clock = clock()
    let stamp = stamp {
      $0.clock = .universal(1_573_558_202_123_456)
      $0.monotonic = 5
    }
    #expect(
      clock.time(of: stamp) == LogTime(microseconds: 1_573_558_202_123_456, basis: .universal))
  }

  @Test("follows from boot where the line is of this boot")
  func monotonic() {
    var ring = clock(isOfThisBoot: true)
    var other = clock()
    let plain = stamp { $0.monotonic = 2_500_000 }
    let own = stamp {
      $0.monotonic = 2_500_000
      $0.boot = "e885cdaad10c44828fffd9543a7db2dc"
    }
    let strange = stamp {
      $0.monotonic = 2_500_000
      $0.boot = "00000000000000000000000000000000"
    }
    let time = LogTime(microseconds: 1_795_230_714_500_000, basis: .boot)
    #expect(ring.time(of: plain) == time)
    #expect(other.time(of: plain) == nil)
    #expect(other.time(of: own) == time)
    #expect(ring.time(of: strange) == nil)
    #expect(ring.time(of: Stamp()) == nil)
  }

  @Test("is understood in the machine's zone where the log names none")
  func zones() throws {
    let berlin = ZoneRules(yearly: YearlyRule("CET-1CEST,M3.5.0,M10.5.0/3"))
    var clock = clock(zone: berlin)
    var calendar = CalendarTime(
      year: 2026, month: 7, day: 1, hour: 12, minute: 30, second: 2, microsecond: 7)
    let local = clock.time(of: stamp { $0.clock = .calendar(calendar) })
    #expect(local?.basis == .local)
    #expect(local.map(berlin.iso) == "2026-07-01T12:30:02+02:00")
    #expect(local?.microseconds == 1_782_901_802_000_007)
    calendar.zone = -3600
    let zoned = clock.time(of: stamp { $0.clock = .calendar(calendar) })
    #expect(zoned?.basis == .zoned)
    #expect(zoned.map(berlin.iso) == "2026-07-01T15:30:02+02:00")
  }

  @Test("isn't told by a day that no month has")
  func unreal() {
    var clock = clock()
    for (month, day) in [(2, 30), (13, 1), (0, 1), (4, 31)] {
      let calendar = CalendarTime(
        year: 2026, month: month, day: day, hour: 0, minute: 0, second: 0, microsecond: 0)
      #expect(clock.time(of: stamp { $0.clock = .calendar(calendar) }) == nil)
    }
  }

  /// When the file was written last, the days in it and the years that they are of.
  private static let walks: [(String, [(Int, Int)], [Int])] = [
    ("within a year", [(10, 11), (11, 20), (11, 21)], [2026, 2026, 2026]),
    ("over New Year", [(12, 30), (12, 31), (1, 1), (1, 1)], [2025, 2025, 2026, 2026]),
    ("of last year, for its date hasn't come yet", [(12, 24)], [2025]),
    ("a little out of order", [(11, 10), (11, 9), (11, 10), (11, 8)], [2026, 2026, 2026, 2026]),
    ("stragglers of the old year", [(1, 1), (12, 31), (1, 1)], [2026, 2025, 2026]),
    ("half a year later", [(12, 1), (6, 1)], [2025, 2026]),
    ("on a leap day", [(2, 29), (3, 1)], [2024, 2024]),
    ("from a clock that is ahead by hours", [(11, 22)], [2026]),
  ]

  @Test("has the year that fits the file's own time", arguments: walks.indices)
  func years(index: Int) {
    let (name, days, years) = Self.walks[index]
    var walk = YearWalk(endingAt: 1_795_262_400)
    #expect(days.map { walk.year(month: $0.0, day: $0.1) } == years, "\(name)")
  }

  @Test("has the right year also in a file of many years")
  func manyYears() {
    let days = [(3, 1), (11, 1), (2, 1), (12, 1), (6, 1), (11, 1)]
    let samples = days.map {
      CalendarTime(
        year: nil, month: $0.0, day: $0.1, hour: 0, minute: 0, second: 0, microsecond: 0)
    }
    var walk = YearWalk(endingAt: 1_795_262_400, samples: samples)
    #expect(
      days.map { walk.year(month: $0.0, day: $0.1) } == [2024, 2024, 2025, 2025, 2026, 2026])
  }

  @Test("goes on into years to come where the log is still written to")
  func growing() {
    var walk = YearWalk(endingAt: 1_795_262_400, isGrowing: true)
    let days = [(11, 21), (12, 31), (1, 1), (12, 31), (1, 2)]
    #expect(days.map { walk.year(month: $0.0, day: $0.1) } == [2026, 2026, 2027, 2026, 2027])
    #expect(
      [(6, 1), (1, 1)].map { walk.year(month: $0.0, day: $0.1) } == [2027, 2028])
  }

  @Test("has the latest month that fits where its name isn't known")
  func months() {
    let walk = YearWalk(endingAt: 1_795_262_400)
    #expect(walk.month(ofYear: 2026, day: 12) == CivilDate(year: 2026, month: 11, day: 12))
    #expect(walk.month(ofYear: 2026, day: 30) == CivilDate(year: 2026, month: 10, day: 30))
    #expect(walk.month(ofYear: 2019, day: 31) == CivilDate(year: 2019, month: 12, day: 31))
    #expect(walk.month(ofYear: nil, day: 31) == CivilDate(year: 2026, month: 10, day: 31))
    #expect(walk.month(ofYear: 2026, day: 32) == nil)
    #expect(walk.month(ofYear: 2030, day: 1) == nil)
  }

  @Test("takes the years of a file from all over it")
  func file() throws {
    let filler = { (date: String) in
      String(repeating: "\(date) web systemd[1]: Started something.\n", count: 400)
    }
    let text =
      filler("Mar  1 00:00:01") + LogTree.line("Mar  2 03:12:44", 1) + filler("Nov  1 00:00:01")
      + filler("Feb  1 00:00:01") + LogTree.line("Apr  2 03:12:44", 2) + filler("Nov 20 00:00:01")
    let logs = try LogTree(["messages": .file(Array(text.utf8))])
    logs.date("messages", 1_795_262_400)
    let result = try logs.read()
    #expect(result.times == ["2025-03-02T03:12:44+00:00", "2026-04-02T03:12:44+00:00"])
    // A name tells more than the time of a copy.
    #expect(
      unsafe rename(logs.path("messages"), logs.path("messages-20191120")) == 0)
    #expect(try logs.read().times == ["2018-03-02T03:12:44+00:00", "2019-04-02T03:12:44+00:00"])
  }
}
