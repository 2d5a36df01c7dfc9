package import LogLines

extension Stamp {
  /// True where two lines can have been printed within that many microseconds, as far as the log
  /// tells.
  package func isNear(_ other: Stamp, _ microseconds: Int) -> Bool {
    if let boot, let otherBoot = other.boot, boot != otherBoot { return false }
    if let monotonic, let otherMonotonic = other.monotonic {
      return abs(otherMonotonic - monotonic) <= microseconds
    }
    guard let one = clock?.comparable, let two = other.clock?.comparable else { return true }
    return abs(two - one) <= microseconds
  }
}

extension Clock {
  /// Microseconds since some day, right for the differences of neighbours.
  fileprivate var comparable: Int {
    switch self {
    case .universal(let microseconds): microseconds
    case .calendar(let time):
      ((((time.month ?? 0) * 31 + time.day) * 24 + time.hour) * 60 + time.minute) * 60_000_000
        + time.second * 1_000_000 + time.microsecond
    }
  }
}
