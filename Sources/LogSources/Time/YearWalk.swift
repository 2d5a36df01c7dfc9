import CivilTime
import KernelLog
import LogLines

/// Finds the years of a log that has none, line by line from its beginning.
///
/// The last line isn't younger than the file, and where the calendar jumps back a year has begun.
struct YearWalk: Sendable {
  /// The day on which the file was last written to, and one more: clocks differ.
  private let end: CivilDate
  /// True where lines are yet to be written.
  private let isGrowing: Bool
  private var last: CivilDate?

  /// Lines are written a little out of order; more than so many days back is another year.
  private static let disorder = 2

  /// - Parameters:
  ///   - modified: When the file was last written to, in seconds since 1970.
  ///   - samples: Times from all over the file, in its order, the first line's among them, if it can be
  ///     looked through beforehand: then it may span years.
  ///   - isGrowing: Whether lines are yet to be written, so that years may begin that the file doesn't know.
  init(endingAt modified: Int, samples: [CalendarTime] = [], isGrowing: Bool = false) {
    self.isGrowing = isGrowing
    end = CivilDate(daysSince1970: modified.divided(by: 86_400) + 1)
    var day = end
    for sample in samples.reversed() {
      guard sample.year == nil, let month = sample.month else { continue }
      day = Self.latest(month, sample.day, notAfter: day, by: Self.disorder)
    }
    if !samples.isEmpty { last = day }
  }

  /// The year of the next line.
  mutating func year(month: Int, day: Int) -> Int {
    guard let last else {
      let date = Self.latest(month, day, notAfter: end, by: 0)
      self.last = date
      return date.year
    }
    let date = CivilDate(year: last.year, month: month, day: day)
    let distance = date.daysSince1970 - last.daysSince1970
    // A straggler of the old year.
    if distance >= 365 - Self.disorder { return last.year - 1 }
    let next = CivilDate(year: last.year + 1, month: month, day: day)
    let isNext =
      distance < -Self.disorder && (isGrowing || next.daysSince1970 <= end.daysSince1970)
    if isNext || distance > 0 { self.last = isNext ? next : date }
    return isNext ? next.year : last.year
  }

  /// The year and month of a line that doesn't tell its month.
  func month(ofYear year: Int?, day: Int) -> CivilDate? {
    var date = CivilDate(year: end.year, month: end.month, day: day)
    if let year, year < end.year { date = CivilDate(year: year, month: 12, day: day) }
    for _ in 0..<24 {
      if date.isReal, date.daysSince1970 <= end.daysSince1970 {
        return year == nil || year == date.year ? date : nil
      }
      date.month -= 1
      if date.month == 0 {
        date.month = 12
        date.year -= 1
      }
    }
    return nil
  }

  /// The latest such day up to another; February 29 may be years back.
  private static func latest(
    _ month: Int, _ day: Int, notAfter end: CivilDate, by disorder: Int
  ) -> CivilDate {
    var date = CivilDate(year: end.year, month: month, day: day)
    for _ in 0..<9 {
      if date.isReal, date.daysSince1970 <= end.daysSince1970 + disorder { return date }
      date.year -= 1
    }
    return date
  }
}
