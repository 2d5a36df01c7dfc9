import Testing

@testable import CivilTime

@Suite("A rule for every year")
struct YearlyRuleTests {
  private static let usual = YearlyRule.Summer(
    offset: -4 * 3600, start: day(.weekday(0, week: 2, month: 3)),
    end: day(.weekday(0, week: 1, month: 11)))

  private static func day(_ kind: YearlyRule.Day.Kind, _ time: Int = 7200) -> YearlyRule.Day {
    YearlyRule.Day(kind: kind, time: time)
  }

  @Test(
    "has an offset, west of Greenwich where no sign says otherwise",
    arguments: [
      ("UTC0", 0), ("ABC5", -18_000), ("ABC-5", 18_000), ("ABC+5", -18_000),
      ("ABC5:30", -19_800), ("ABC5:30:15", -19_815), ("ABC-0:00:01", 1), ("<+03>-3", 10_800),
      ("<>0", 0), ("ABC167:59:59", -604_799), ("abz-1", 3600), ("ABCDEFZ1", -3600),
    ])
  func standard(text: String, offset: Int) throws {
    let rule = try #require(YearlyRule(text))
    #expect(rule.standard == offset && rule.summer == nil)
  }

  @Test(
    "has a summer, an hour ahead and on the days of the United States where nothing else is said",
    arguments: [
      ("EST5EDT", usual), ("EST5EDT,M3.2.0,M11.1.0", usual), ("EST5EDT4", usual),
      ("EST5EDT4,M3.2.0,M11.1.0", usual), ("EST5<X>", usual),
      ("EST5EDT,", usual), ("EST5EDT4,", usual), ("EST5EDTX", usual),
      (
        "EST5EDT3:30,J1/0,365/-1:30",
        YearlyRule.Summer(
          offset: -12_600, start: day(.withoutLeapDay(1), 0), end: day(.withLeapDay(365), -5400))
      ),
      (
        "EST5EDT,0,J365/167",
        YearlyRule.Summer(
          offset: -14_400, start: day(.withLeapDay(0)), end: day(.withoutLeapDay(365), 601_200))
      ),
      (
        "EST5EDT,M1.1.6,M12.5.0/+1",
        YearlyRule.Summer(
          offset: -14_400, start: day(.weekday(6, week: 1, month: 1)),
          end: day(.weekday(0, week: 5, month: 12), 3600))
      ),
    ] as [(String, YearlyRule.Summer?)])
  func summer(text: String, summer: YearlyRule.Summer?) {
    #expect(YearlyRule(text)?.summer == summer)
  }

  @Test(
    "is refused where it is none",
    arguments: [
      "", "UTC", "AB0", "AB", "[[[0", "@@@0", "{{{0", "<A0", "UTC0x", "UTC-", "UTC+", "UTC168",
      "UTC0:60", "UTC0:59:60", "UTC0:", "UTC0:0:", "UTC0:0:0:0", "EST5ED",
      "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,", "EST5EDT,M3.2.0,M11.1.0x", "EST5EDT,M3.2.0,M11.1.0,",
      "EST5EDT,M0.2.0,M11.1.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0",
      "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,M3.2,M11.1.0",
      "EST5EDT,M3,M11.1.0", "EST5EDT,J0,M11.1.0", "EST5EDT,J366,M11.1.0", "EST5EDT,366,M11.1.0",
      "EST5EDT,J,M11.1.0", "EST5EDT,,M11.1.0", "EST5EDT,M3.2.0/,M11.1.0",
      "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT4x,M3.2.0,M11.1.0", "UTC99999999999999999999",
    ])
  func refuses(text: String) { #expect(YearlyRule(text) == nil) }

  private func time(_ year: Int, _ month: Int, _ day: Int) -> Int {
    CivilDate(year: year, month: month, day: day).daysSince1970 * 86_400
  }

  @Test(
    "falls on a day of each year",
    arguments: [
      (YearlyRule.Day.Kind.withoutLeapDay(1), 2024, 1, 1), (.withoutLeapDay(59), 2024, 2, 28),
      (.withoutLeapDay(60), 2024, 3, 1), (.withoutLeapDay(60), 2023, 3, 1),
      (.withoutLeapDay(60), 1900, 3, 1), (.withoutLeapDay(60), 2000, 3, 1),
      (.withoutLeapDay(365), 2024, 12, 31), (.withLeapDay(0), 2024, 1, 1),
      (.withLeapDay(59), 2024, 2, 29), (.withLeapDay(59), 2023, 3, 1),
      (.weekday(0, week: 1, month: 11), 2026, 11, 1),
      (.weekday(6, week: 1, month: 11), 2026, 11, 7),
      (.weekday(0, week: 5, month: 11), 2026, 11, 29),
      (.weekday(1, week: 5, month: 11), 2026, 11, 30),
      (.weekday(2, week: 5, month: 11), 2026, 11, 24),
      (.weekday(4, week: 5, month: 12), 2026, 12, 31),
      (.weekday(5, week: 5, month: 12), 2026, 12, 25),
      (.weekday(0, week: 4, month: 2), 2026, 2, 22),
      (.weekday(0, week: 5, month: 2), 2026, 2, 22),
    ])
  func days(kind: YearlyRule.Day.Kind, year: Int, month: Int, day: Int) {
    #expect(Self.day(kind, 5).time(in: year) == time(year, month, day) + 5)
  }

  @Test("holds from the moment on at which its summer begins, in the north and in the south")
  func seasons() throws {
    let north = try #require(YearlyRule("CET-1CEST,M3.5.0,M10.5.0/3"))
    let (start, end) = (time(2026, 3, 29) + 3600, time(2026, 10, 25) + 3600)
    #expect(north.offset(at: start - 1) == 3600 && north.offset(at: start) == 7200)
    #expect(north.offset(at: end - 1) == 7200 && north.offset(at: end) == 3600)
    let south = try #require(YearlyRule("AEST-10AEDT,M10.1.0,M4.1.0/3"))
    let (end2, start2) = (time(2026, 4, 5) - 8 * 3600, time(2026, 10, 4) - 8 * 3600)
    #expect(south.offset(at: end2 - 1) == 39_600 && south.offset(at: end2) == 36_000)
    #expect(south.offset(at: start2 - 1) == 36_000 && south.offset(at: start2) == 39_600)
    #expect(south.offset(at: time(2026, 1, 1)) == 39_600)
  }

  @Test("counts years by the standard time")
  func years() throws {
    // Summer ends an hour before the year does there, which is two hours after it did in Greenwich.
    let rule = try #require(YearlyRule("XXX2YYY1,J1/0,J365/23"))
    #expect(rule.offset(at: time(2027, 1, 1) + 2 * 3600 - 1) == -7200)
    #expect(rule.offset(at: time(2027, 1, 1) + 2 * 3600) == -3600)
  }
}

@Suite("The clocks of a place")
struct ZoneRulesTests {
  private var rules: ZoneRules {
    var rules = ZoneRules()
    rules.first = 100
    rules.changes = [
      .init(moment: 1_000_000, offset: 3600), .init(moment: 2_000_000, offset: 7200),
      .init(moment: 3_000_000, offset: 3600),
    ]
    return rules
  }

  @Test(
    "change at the moments that are listed",
    arguments: [
      (999_999, 100), (1_000_000, 3600), (1_999_999, 3600), (2_000_000, 7200), (2_999_999, 7200),
      (3_000_000, 3600), (9_000_000, 3600),
    ])
  func offsets(moment: Int, offset: Int) { #expect(rules.offset(at: moment) == offset) }

  @Test("follow the rule after the last of them, and before that alone where there are none")
  func yearly() {
    var rules = rules
    rules.yearly = YearlyRule("XXX-5")
    #expect(rules.offset(at: 2_999_999) == 7200 && rules.offset(at: 3_000_000) == 18_000)
    #expect(ZoneRules(yearly: YearlyRule("XXX-5")).offset(at: 0) == 18_000)
    #expect(ZoneRules.utc.offset(at: 0) == 0)
  }

  @Test(
    "show each time at a moment, of two the first, and one that is left out as before",
    arguments: [
      // Put forward by an hour at 2 000 000, when they show 2 003 600, and back at 3 000 000.
      (2_003_599, 1_999_999), (2_003_600, 2_000_000), (2_007_199, 2_003_599),
      (2_007_200, 2_000_000), (2_100_000, 2_092_800), (3_003_599, 2_996_399),
      (3_003_600, 2_996_400), (3_007_199, 2_999_999), (3_007_200, 3_003_600),
      (3_100_000, 3_096_400), (500_100, 500_000),
    ])
  func moments(time: Int, moment: Int) { #expect(rules.moment(showing: time) == moment) }
}

@Suite("What a calendar and a clock show")
struct ClockReadingTests {
  @Test(
    "has all its digits",
    arguments: [
      (0, "1970-01-01 00:00:00"), (-1, "1969-12-31 23:59:59"), (34_209, "1970-01-01 09:30:09"),
      (36_610, "1970-01-01 10:10:10"), (-62_135_596_800, "0001-01-01 00:00:00"),
      (-30_641_760_001, "0998-12-31 23:59:59"), (253_402_300_800, "10000-01-01 00:00:00"),
    ])
  func text(seconds: Int, text: String) {
    #expect(ClockReading(secondsSince1970: seconds).text(separator: " ") == text)
  }
}
