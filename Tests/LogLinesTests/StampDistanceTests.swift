import Testing

@testable import LogLines

@Suite("The distance of two lines in time")
struct StampDistanceTests {
  private static func stamp(_ clock: Clock? = nil, _ monotonic: Int? = nil, boot: String? = nil)
    -> Stamp
  {
    var stamp = Stamp()
    (stamp.clock, stamp.monotonic, stamp.boot) = (clock, monotonic, boot)
    return stamp
  }

  private static func calendar(
    _ month: Int?, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int, _ microsecond: Int = 0,
    year: Int? = nil, zone: Int? = nil
  ) -> Stamp {
    stamp(
      .calendar(
        CalendarTime(
          year: year, month: month, day: day, hour: hour, minute: minute, second: second,
          microsecond: microsecond, zone: zone)))
  }

  @Test(
    "is told by the kernel's clock, else by the wall's",
    arguments: [
      (stamp(nil, 7), stamp(nil, 5), 2), (stamp(.universal(1), 7), stamp(.universal(9), 5), 2),
      (stamp(.universal(9), 7), stamp(.universal(5)), 4),
      (stamp(.universal(5)), stamp(.universal(9)), -4),
      (stamp(), stamp(.universal(9)), nil), (stamp(.universal(9)), stamp(), nil),
      (calendar(11, 12, 12, 30, 3, 5), calendar(11, 12, 12, 30, 2, 7), 999_998),
      (calendar(11, 12, 12, 31, 0), calendar(11, 12, 12, 30, 59), 1_000_000),
      (calendar(11, 12, 13, 0, 0), calendar(11, 12, 12, 59, 59), 1_000_000),
      (calendar(11, 13, 0, 0, 0), calendar(11, 12, 23, 59, 59), 1_000_000),
      (calendar(11, 1, 0, 0, 0), calendar(10, 31, 23, 59, 59), 1_000_000),
      (calendar(1, 1, 0, 0, 1), calendar(nil, 1, 0, 0, 0), 1_000_000),
      (calendar(1, 1, 0, 0, 1), stamp(.universal(9)), nil),
      (stamp(.universal(9)), calendar(1, 1, 0, 0, 1), nil),
    ] as [(Stamp, Stamp, Int?)])
  func distances(one: Stamp, other: Stamp, expected: Int?) {
    #expect(one.distance(from: other) == expected)
  }

  /// From the end of a day to the beginning of another, in whole days beyond the second between neighbours.
  @Test(
    "is the same where a month or a year ends, whatever the log leaves out of its dates",
    arguments: [
      ((nil, 11, 30), (nil, 12, 1), 0), ((nil, 10, 31), (nil, 11, 1), 0),
      ((nil, 2, 28), (nil, 3, 1), 0), ((nil, 2, 29), (nil, 3, 1), 0),
      ((nil, 2, 28), (nil, 2, 29), 0), ((nil, 12, 31), (nil, 1, 1), 0),
      ((nil, 7, 1), (nil, 12, 30), 181), ((2023, 2, 28), (2023, 3, 1), 0),
      ((2024, 2, 28), (2024, 3, 1), 1), ((2100, 2, 28), (2100, 3, 1), 0),
      ((2000, 2, 28), (2000, 3, 1), 1), ((2025, 12, 31), (2026, 1, 1), 0),
      ((2024, 12, 31), (2026, 1, 1), 365), ((2023, 12, 31), (2025, 1, 1), 366),
      ((2024, 2, 28), (nil, 3, 1), 1), ((nil, 2, 28), (2024, 3, 1), 1),
      ((2025, 12, 31), (nil, 1, 1), 0), ((nil, 12, 31), (2026, 1, 1), 0),
      ((nil, nil, 4), (nil, nil, 5), 0), ((nil, nil, 1), (nil, nil, 21), 19),
      ((nil, nil, 30), (nil, nil, 1), 0), ((nil, nil, 31), (nil, nil, 10), 9),
    ] as [((Int?, Int?, Int), (Int?, Int?, Int), Int)])
  func ends(one: (Int?, Int?, Int), other: (Int?, Int?, Int), days: Int) {
    let end = Self.calendar(one.1, one.2, 23, 59, 59, year: one.0)
    let beginning = Self.calendar(other.1, other.2, 0, 0, 0, year: other.0)
    let expected = 1_000_000 + days * 86_400_000_000
    #expect(beginning.distance(from: end) == expected)
    #expect(end.distance(from: beginning) == -expected)
  }

  @Test("counts the zones, where both are told: also in the hour that summer time gives back")
  func zones() {
    let summer = Self.calendar(10, 25, 2, 59, 59, year: 2026, zone: 7200)
    let winter = Self.calendar(10, 25, 2, 0, 1, year: 2026, zone: 3600)
    #expect(winter.distance(from: summer) == 2_000_000)
    let own = Self.calendar(10, 25, 2, 0, 1, year: 2026)
    #expect(own.distance(from: summer) == -3_598_000_000)
    #expect(summer.distance(from: own) == 3_598_000_000)
  }

  @Test(
    "is small, or large, or not known, which counts as small; another boot is far away",
    arguments: [
      (stamp(nil, 7), stamp(nil, 5), true), (stamp(nil, 5), stamp(nil, 7), true),
      (stamp(nil, 8), stamp(nil, 5), false), (stamp(nil, 5), stamp(nil, 8), false),
      (stamp(), stamp(nil, 5), true), (stamp(nil, 5, boot: "a"), stamp(nil, 5, boot: "b"), false),
      (stamp(nil, 5, boot: "a"), stamp(nil, 5, boot: "a"), true),
      (stamp(nil, 5, boot: "a"), stamp(nil, 5), true),
    ])
  func nearness(one: Stamp, other: Stamp, isNear: Bool) {
    #expect(one.isNear(other, 2) == isNear)
  }
}
