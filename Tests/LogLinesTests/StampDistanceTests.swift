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
    _ month: Int?, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int, _ microsecond: Int = 0
  ) -> Stamp {
    stamp(
      .calendar(
        CalendarTime(
          month: month, day: day, hour: hour, minute: minute, second: second,
          microsecond: microsecond)))
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
      (calendar(1, 1, 0, 0, 0), calendar(nil, 1, 0, 0, 0), 31 * 86_400_000_000),
    ] as [(Stamp, Stamp, Int?)])
  func distances(one: Stamp, other: Stamp, expected: Int?) {
    #expect(one.distance(from: other) == expected)
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
