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
}
