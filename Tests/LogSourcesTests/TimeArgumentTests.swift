import Testing

@testable import CivilTime
@testable import LogSources

@Suite("A moment that a user types")
struct TimeArgumentTests {
  /// 2026-11-21 12:00:00 in Greenwich, 13:00 in Berlin.
  private static let now = 1_795_262_400
  private static let berlin = ZoneRules(yearly: YearlyRule("CET-1CEST,M3.5.0,M10.5.0/3"))

  @Test(
    "is understood in the machine's zone",
    arguments: [
      ("2026-11-21", "2026-11-21T00:00:00+01:00"),
      ("2026-11-21 03:12", "2026-11-21T03:12:00+01:00"),
      ("2026-07-01 03:12:44", "2026-07-01T03:12:44+02:00"),
      ("2026-11-21T03:12:44+01:00", "2026-11-21T03:12:44+01:00"),
      ("2026-11-21T03:12:44.123456Z", "2026-11-21T04:12:44+01:00"),
      ("2026-11-21 03:12:44,5 UTC", "2026-11-21T04:12:44+01:00"),
      ("2026-11-21T03:12:44-0530", "2026-11-21T09:42:44+01:00"),
      ("2026-11-21t03:12+02", "2026-11-21T02:12:00+01:00"),
      ("today", "2026-11-21T00:00:00+01:00"), ("Yesterday", "2026-11-20T00:00:00+01:00"),
      ("now", "2026-11-21T13:00:00+01:00"), ("03:12", "2026-11-21T03:12:00+01:00"),
      ("-2h", "2026-11-21T11:00:00+01:00"), ("-1d12h", "2026-11-20T01:00:00+01:00"),
      ("2 days ago", "2026-11-19T13:00:00+01:00"), ("1h 30min ago", "2026-11-21T11:30:00+01:00"),
      ("-90m", "2026-11-21T11:30:00+01:00"), ("1 week ago", "2026-11-14T13:00:00+01:00"),
      ("@1573558202", "2019-11-12T12:30:02+01:00"),
      ("@1573558202.5", "2019-11-12T12:30:02+01:00"),
    ])
  func known(text: String, time: String) throws {
    let argument = try #require(TimeArgument(argument: text))
    let microseconds = argument.microseconds(now: Self.now, zone: Self.berlin)
    #expect(Self.berlin.iso(LogTime(microseconds: microseconds, basis: .local)) == time)
  }

  @Test("may be a part of a second")
  func fraction() {
    #expect(TimeArgument(argument: "@1.25") == .universal(1_250_000))
    #expect(TimeArgument(argument: "@1.1234567") == .universal(1_123_456))
  }

  @Test(
    "isn't just any word",
    arguments: [
      "", " ", "soon", "2026", "2026-11", "2026-13-01", "2026-02-29", "2026-11-21 25:00",
      "2026-11-21 03", "2026-11-21x", "2026-11-21 03:12 Berlin", "21.11.2026", "-", "-2", "2h",
      "-2 parsecs", "ago", " ago", "@", "@x", "@1.x", "@1.2.3", "-99999999999999999999h",
      "2026-11-21 03:12:44+99", "3:12", "03:60", "--", "-h", "2026-11-21 03:12:",
    ])
  func unknown(text: String) {
    #expect(TimeArgument(argument: text) == nil)
  }

  @Test("is a day of its own length where clocks change")
  func change() {
    // Noon of the day in autumn that has 25 hours.
    let argument = TimeArgument.midnight(days: 0)
    let microseconds = argument.microseconds(now: 1_792_926_000, zone: Self.berlin)
    #expect(
      Self.berlin.iso(LogTime(microseconds: microseconds, basis: .local))
        == "2026-10-25T00:00:00+02:00")
  }

  @Test(
    "reaches as far as clocks, zones and numbers do",
    arguments: [
      ("@1099511627776", .universal(1_099_511_627_776_000_000)), ("@1099511627777", nil),
      ("@1.", nil), ("@.5", nil), ("@1.99999999999999999999", nil), ("@0", .universal(0)),
      ("tomorrow", .midnight(days: 1)), ("yesterday", .midnight(days: -1)),
      ("-1048576s", .relative(-1_048_576)), ("-1048577s", nil), ("-0s", .relative(0)),
      ("0 min ago", .relative(0)), ("-2h ago", nil), ("-1h0m", .relative(-3600)),
      ("23:59", .clock(86_340)), ("00:00", .clock(0)), ("24:00", nil), ("03:59:60", .clock(14_400)),
      ("03:59:61", nil), ("03:12.5", nil), ("03:12:44.5", .clock(11_564)), ("03:12:44.", nil),
      ("03:12:44.5x", nil), ("03", nil), ("03:12:44:00", nil), ("0312", nil),
      ("1970-01-02", .calendar(86_400, zone: nil)), ("1970-01-01 00:01", .calendar(60, zone: nil)),
      ("1970-01-01t00:01", .calendar(60, zone: nil)), ("1970-01-01_00:01", nil),
      ("1970-01-1 00:01", nil), ("970-01-001", nil), ("1970-001-1", nil), ("1970-01-01-", nil),
      ("1970-01-01 00:01 +15:00", .calendar(60, zone: 54_000)),
      ("1970-01-01 00:01+14:59", .calendar(60, zone: 53_940)),
      ("1970-01-01 00:01-0001", .calendar(60, zone: -60)), ("1970-01-01 00:01+16:00", nil),
      ("1970-01-01 00:01+01:60", nil), ("1970-01-01 00:01+1", nil), ("1970-01-01 00:01+123", nil),
      ("1970-01-01 00:01+", nil), ("1970-01-01 00:01 01:00", nil),
    ] as [(String, TimeArgument?)])
  func bounds(text: String, expected: TimeArgument?) {
    #expect(TimeArgument(argument: text) == expected)
  }

  @Test(
    "has units as systemd's",
    arguments: [
      (["s", "sec", "second", "seconds"], 1), (["m", "min", "minute", "minutes"], 60),
      (["h", "hr", "hour", "hours"], 3600), (["d", "day", "days"], 86_400),
      (["w", "week", "weeks"], 604_800), (["month", "months"], 2_629_800),
      (["y", "year", "years"], 31_557_600),
    ])
  func units(words: [String], seconds: Int) {
    for word in words {
      #expect(TimeArgument(argument: "-3\(word)") == .relative(-3 * seconds))
      #expect(TimeArgument(argument: "1 \(word) 2 s ago") == .relative(-seconds - 2))
    }
  }
}
