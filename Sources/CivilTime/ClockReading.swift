/// The day and the time of day that a calendar and a clock show.
package struct ClockReading {
  let date: CivilDate
  /// Seconds since midnight.
  let time: Int

  /// From the seconds since they showed 1970.
  package init(secondsSince1970 seconds: Int) {
    date = CivilDate(daysSince1970: seconds.divided(by: 86_400))
    time = seconds.remainder(by: 86_400)
  }

  /// The text of both with this between them, as `2026-11-21 03:12:44`.
  package func text(separator: String) -> String {
    let year = String(date.year)
    return String(repeating: "0", count: max(0, 4 - year.count)) + year + "-"
      + Self.two(date.month) + "-" + Self.two(date.day) + separator + Self.two(time / 3600) + ":"
      + Self.two(time / 60 % 60) + ":" + Self.two(time % 60)
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
