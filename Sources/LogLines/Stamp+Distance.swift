extension Stamp {
  /// True where two lines can have been printed within that many microseconds, as far as the log
  /// tells.
  package func isNear(_ other: Stamp, _ microseconds: Int) -> Bool {
    if let boot, let otherBoot = other.boot, boot != otherBoot { return false }
    return distance(from: other).map { abs($0) <= microseconds } ?? true
  }

  /// The microseconds since another line; `nil` where the log doesn't tell.
  package func distance(from other: Stamp) -> Int? {
    if let monotonic, let otherMonotonic = other.monotonic { return monotonic &- otherMonotonic }
    guard let one = clock?.comparable, let two = other.clock?.comparable else { return nil }
    return one &- two
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
