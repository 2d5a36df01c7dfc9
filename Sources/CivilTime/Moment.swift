import Posix

/// A point in time, in seconds since 1970.
package struct Moment {
  let seconds: Int

  package init(_ seconds: Int) {
    self.seconds = seconds
  }

  /// As `2026-11-21T10:12:03Z`.
  package var iso: String {
    ClockReading(secondsSince1970: seconds).text(separator: "T") + "Z"
  }

  /// As `2026-11-21 11:12:03`, by the machine's own clock: the C library knows its zone.
  package var local: String {
    ClockReading(secondsSince1970: seconds + WallClock.offset(at: seconds)).text(separator: " ")
  }
}
