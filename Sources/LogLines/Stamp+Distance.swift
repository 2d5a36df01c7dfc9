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
    switch (clock, other.clock) {
    case (.universal(let one), .universal(let two)): return one &- two
    case (.calendar(let one), .calendar(let two)): return one.distance(from: two)
    default: return nil
    }
  }
}

extension CalendarTime {
  /// The microseconds since another time: where the year or the month is missing, one near by.
  fileprivate func distance(from other: Self) -> Int {
    let hours = days(from: other) * 24 + hour - other.hour
    var seconds = (hours * 60 + minute - other.minute) * 60 + second - other.second
    if let zone, let otherZone = other.zone { seconds -= zone - otherZone }
    return seconds * 1_000_000 + microsecond - other.microsecond
  }

  private func days(from other: Self) -> Int {
    guard let month, let otherMonth = other.month else {
      // Far apart in a month are the end of one and the beginning of the next.
      let days = day - other.day
      return days < -20 ? day : days > 20 ? -other.day : days
    }
    let hasLeapDay = [(month, day), (otherMonth, other.day)].contains { $0 == (2, 29) }
    let otherYear = other.year ?? year ?? (hasLeapDay ? 2024 : 2022)
    let otherDays = other.days(to: otherMonth, in: otherYear)
    guard let year, other.year != nil else {
      let distances = [-1, 0, 1].map { days(to: month, in: otherYear + $0) - otherDays }
      return distances.reduce(.max) { abs($0) < abs($1) ? $0 : $1 }
    }
    return days(to: month, in: year) - otherDays
  }

  /// The days since a time long ago; a year begins in March, so that its leap day is the last.
  private func days(to month: Int, in year: Int) -> Int {
    let year = month > 2 ? year : year - 1
    let months = month > 2 ? month - 3 : month + 9
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * months + 2) / 5 + day
  }
}
