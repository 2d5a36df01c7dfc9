import CivilTime
import Core
import KernelLog
import LogLines
import ProcFS

/// Tells when a line was logged, whatever its log says of that.
package struct LogClock: Sendable {
  /// In which calendars without a zone are understood.
  let zone: ZoneRules
  /// The running machine's; `nil` for logs that it may have nothing to do with.
  let boot: Boot?
  /// True where the log is of this boot in any case, as the ring buffer is.
  let isOfThisBoot: Bool
  private var years: YearWalk

  /// The start of this machine: its time and its identifier.
  package struct Boot: Equatable, Sendable {
    /// Without dashes, as journald writes it.
    var id: String
    /// Since 1970.
    package var seconds: Int

    /// `nil` for a captured tree.
    init?(of world: borrowing World) {
      guard world.proc.isLive, let id = world.known(try world.proc.bootID),
        let time = world.known(try world.proc.bootTime)
      else { return nil }
      self.init(id: id, seconds: time.seconds)
    }

    /// That of a captured tree; `nil` where it has no `proc/stat`.
    init?(ofCapture world: borrowing World) {
      guard !world.proc.isLive, let time = world.known(try world.proc.bootTime) else { return nil }
      self.init(id: "", seconds: time.seconds)
    }

    init(id: String, seconds: Int) {
      self.id = Self.plain(id)
      self.seconds = seconds
    }

    package static func plain(_ id: String) -> String {
      String(decoding: id.utf8.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }

    /// True where an entry of the journal belongs to it.
    package func isNamed(by other: String) -> Bool { id == Self.plain(other) }
  }

  /// `years` are those of the log, which may have none.
  init(zone: ZoneRules, boot: Boot?, isOfThisBoot: Bool = false, years: YearWalk) {
    self.zone = zone
    self.boot = boot
    self.isOfThisBoot = isOfThisBoot
    self.years = years
  }

  /// `nil` where it can't be told. Stamps must come in the log's order.
  mutating func time(of stamp: Stamp) -> LogTime? {
    switch stamp.clock {
    case .universal(let microseconds):
      return LogTime(microseconds: microseconds, basis: .universal)
    case .calendar(let calendar):
      return time(of: calendar)
    case nil:
      return timeSinceBoot(of: stamp)
    }
  }

  private func timeSinceBoot(of stamp: Stamp) -> LogTime? {
    guard let boot, let monotonic = stamp.monotonic,
      stamp.boot.map({ boot.isNamed(by: $0) }) ?? isOfThisBoot
    else { return nil }
    let (sum, overflow) = monotonic.addingReportingOverflow(
      boot.seconds.multipliedSaturating(by: 1_000_000))
    return overflow ? nil : LogTime(microseconds: sum, basis: .boot)
  }

  private mutating func time(of calendar: CalendarTime) -> LogTime? {
    let date: CivilDate?
    if let month = calendar.month {
      let year = calendar.year ?? years.year(month: month, day: calendar.day)
      date = CivilDate(year: year, month: month, day: calendar.day)
    } else {
      date = years.month(ofYear: calendar.year, day: calendar.day)
    }
    guard let date, date.isReal else { return nil }
    let shown =
      date.daysSince1970 * 86_400 + calendar.hour * 3600 + calendar.minute * 60 + calendar.second
    let seconds = calendar.zone.map { shown - $0 } ?? zone.moment(showing: shown)
    return LogTime(
      microseconds: seconds * 1_000_000 + calendar.microsecond, basis: calendar.basis)
  }
}

extension CalendarTime {
  fileprivate var basis: LogTime.Basis {
    if month == nil { return .assumedMonth }
    if year == nil { return .assumedYear }
    return zone == nil ? .local : .zoned
  }
}
