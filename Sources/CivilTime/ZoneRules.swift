/// The difference between a place's clocks and Greenwich, and the times at which it changes.
///
/// The C library knows only one zone at a time, the process's own; a captured machine has another.
package struct ZoneRules: Equatable, Sendable {
  /// Ascending.
  var changes: [Change] = []
  /// Before the first of them, in seconds east of Greenwich.
  var first = 0
  /// After the last of them.
  package var yearly: YearlyRule?

  package init(yearly: YearlyRule? = nil) { self.yearly = yearly }

  /// From this moment on the clocks are so many seconds east of Greenwich.
  struct Change: Equatable, Sendable {
    var moment: Int
    var offset: Int
  }

  package static let utc = ZoneRules()

  /// The offset in force at a moment, given in seconds since 1970.
  package func offset(at moment: Int) -> Int {
    guard let last = changes.last, moment < last.moment else {
      return yearly?.offset(at: moment) ?? changes.last?.offset ?? first
    }
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].moment <= moment { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : changes[low - 1].offset
  }

  /// The moment at which clocks show a time, given as seconds since they showed 1970.
  ///
  /// Of the two in the hour that comes twice it is the first; in the hour that is left out it is as if the
  /// clocks hadn't been put forward yet.
  package func moment(showing time: Int) -> Int {
    let before = offset(at: time - 86_400)
    if offset(at: time - before) == before { return time - before }
    let after = offset(at: time + 86_400)
    return offset(at: time - after) == after ? time - after : time - before
  }
}

/// Two offsets that take turns each year, or one that stays.
package struct YearlyRule: Equatable, Sendable {
  /// Seconds east of Greenwich.
  var standard: Int
  var summer: Summer?

  struct Summer: Equatable, Sendable {
    /// Seconds east of Greenwich.
    var offset: Int
    var start: Day
    var end: Day
  }

  /// A day of each year, and the time on it by the clock that was in force, in seconds from midnight.
  struct Day: Equatable, Sendable {
    var kind: Kind
    var time: Int

    enum Kind: Equatable, Sendable {
      /// 1 to 365; February 29 isn't counted.
      case withoutLeapDay(Int)
      /// 0 to 365.
      case withLeapDay(Int)
      /// A weekday (0 is Sunday) of a month: its first to fourth, 5 for the last.
      case weekday(Int, week: Int, month: Int)
    }

    /// In seconds since the clocks showed 1970.
    func time(in year: Int) -> Int {
      let first = CivilDate(year: year, month: 1, day: 1).daysSince1970
      let day =
        switch kind {
        case .withoutLeapDay(let number):
          first + number - 1 + (CivilDate.isLeap(year) && number >= 60 ? 1 : 0)
        case .withLeapDay(let number): first + number
        case .weekday(let weekday, let week, let month):
          Self.day(weekday, week, month, year)
        }
      return day * 86_400 + time
    }

    private static func day(_ weekday: Int, _ week: Int, _ month: Int, _ year: Int) -> Int {
      let first = CivilDate(year: year, month: month, day: 1)
      let next =
        month == 12
        ? CivilDate(year: year + 1, month: 1, day: 1)
        : CivilDate(year: year, month: month + 1, day: 1)
      let day = first.daysSince1970 + (weekday - first.weekday).remainder(by: 7) + (week - 1) * 7
      return day < next.daysSince1970 ? day : day - 7
    }
  }

  func offset(at moment: Int) -> Int {
    guard let summer else { return standard }
    let year = CivilDate(daysSince1970: (moment + standard).divided(by: 86_400)).year
    let start = summer.start.time(in: year) - standard
    let end = summer.end.time(in: year) - summer.offset
    // In the south summer spans the turn of the year.
    let isSummer =
      start < end ? (start..<end).contains(moment) : !(end..<start).contains(moment)
    return isSummer ? summer.offset : standard
  }
}
