import LogLines
import Testing

@testable import CivilTime
@testable import LogSources

@Suite("The years of a log that has none")
struct YearWalkTests {
  /// The file was last written to on this day, at noon.
  private static func modified(_ year: Int, _ month: Int, _ day: Int) -> Int {
    CivilDate(year: year, month: month, day: day).daysSince1970 * 86_400 + 43_200
  }

  private static func samples(_ days: [(Int?, Int, Int?)]) -> [CalendarTime] {
    days.map {
      CalendarTime(
        year: $0.2, month: $0.0, day: $0.1, hour: 0, minute: 0, second: 0, microsecond: 0)
    }
  }

  @Test(
    "end with the day behind the file's own",
    arguments: [
      ([(11, 22)], [2026]), ([(11, 23)], [2025]), ([(11, 30), (11, 28)], [2025, 2025]),
      ([(11, 30), (11, 27)], [2025, 2025]), ([(11, 30), (11, 22)], [2025, 2026]),
      ([(11, 30), (11, 23)], [2025, 2025]), ([(1, 1), (12, 30)], [2026, 2025]),
      ([(1, 1), (12, 29)], [2026, 2026]), ([(1, 1), (12, 30), (1, 2)], [2026, 2025, 2026]),
      ([(12, 1), (1, 1), (12, 31), (1, 2)], [2025, 2026, 2025, 2026]),
    ] as [([(Int, Int)], [Int])])
  func ends(days: [(Int, Int)], years: [Int]) {
    var walk = YearWalk(endingAt: Self.modified(2026, 11, 21))
    #expect(days.map { walk.year(month: $0.0, day: $0.1) } == years)
  }

  @Test(
    "grow where the log is still written to, once a day is far enough back",
    arguments: [
      ([(11, 21), (11, 19)], [2026, 2026]), ([(11, 21), (11, 18)], [2026, 2027]),
      ([(11, 21), (11, 18), (11, 20)], [2026, 2027, 2027]),
      ([(11, 21), (11, 19), (11, 18)], [2026, 2026, 2027]),
    ] as [([(Int, Int)], [Int])])
  func growing(days: [(Int, Int)], years: [Int]) {
    var walk = YearWalk(endingAt: Self.modified(2026, 11, 21), isGrowing: true)
    #expect(days.map { walk.year(month: $0.0, day: $0.1) } == years)
  }

  @Test(
    "follow from samples, from the last to the first",
    arguments: [
      ([(3, 1, nil)], 2026), ([(11, 24, nil)], 2026), ([(11, 25, nil)], 2025),
      ([(3, 1, nil), (2, 1, nil)], 2025), ([(2, 3, nil), (2, 1, nil)], 2026),
      ([(2, 4, nil), (2, 1, nil)], 2025),
      ([(3, 1, nil), (2, 1, 2020)], 2026), ([(3, 1, nil), (nil, 1, nil)], 2026),
    ] as [([(Int?, Int, Int?)], Int)])
  func samples(days: [(Int?, Int, Int?)], year: Int) throws {
    var walk = YearWalk(endingAt: Self.modified(2026, 11, 21), samples: Self.samples(days))
    let month = try #require(days[0].0)
    #expect(walk.year(month: month, day: days[0].1) == year)
  }

  @Test("may have been leap years long ago")
  func leapYears() {
    for (end, year) in [((2104, 2, 27), 2096), ((2104, 2, 28), 2104), ((2027, 1, 1), 2024)] {
      var walk = YearWalk(endingAt: Self.modified(end.0, end.1, end.2))
      #expect(walk.year(month: 2, day: 29) == year)
    }
  }

  @Test(
    "have months where a log tells the day alone",
    arguments: [
      (nil, 21, 2026, 1), (nil, 22, 2026, 1), (nil, 23, 2025, 12), (nil, 31, 2025, 12),
      (2026, 23, nil, 0),
      (2025, 23, 2025, 12), (2024, 31, 2024, 12), (2027, 1, nil, 0), (nil, 32, nil, 0),
      (2026, 5, 2026, 1),
    ] as [(Int?, Int, Int?, Int)])
  func months(ofYear: Int?, day: Int, year: Int?, month: Int) {
    let date = YearWalk(endingAt: Self.modified(2026, 1, 21)).month(ofYear: ofYear, day: day)
    #expect(date == year.map { CivilDate(year: $0, month: month, day: day) })
  }
}
