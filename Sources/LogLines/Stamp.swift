/// The time and the origin of a line, from the wrapping around it.
public struct Stamp: Hashable, Sendable {
  /// The wall clock; it is syslog's or the journal's, which got the line a moment later.
  public var clock: Clock?
  /// Microseconds since boot, the kernel's own.
  public var monotonic: Int?
  /// The task or the CPU that printed it, as `T1234` or `C3`: `CONFIG_PRINTK_CALLER`.
  public var caller: String?
  /// The machine's name, from syslog.
  public var host: String?
  /// The boot it belongs to, from the journal.
  public var boot: String?

  package init() {}
}

/// A time of day as a log gives it.
public enum Clock: Hashable, Sendable {
  /// Microseconds since 1970.
  case universal(Int)
  /// A calendar's date and time; years and zones are often left out.
  case calendar(CalendarTime)
}

/// A date and a time on some machine's calendar.
public struct CalendarTime: Hashable, Sendable {
  /// `nil` in syslog's traditional form.
  public var year: Int?
  /// 1 to 12; `nil` where its name is in a language that isn't known.
  public var month: Int?
  /// 1 to 31.
  public var day: Int
  /// 0 to 23.
  public var hour: Int
  /// 0 to 59.
  public var minute: Int
  /// 0 to 60; 0 where the log leaves seconds out.
  public var second: Int
  /// 0 to 999 999.
  public var microsecond: Int
  /// Seconds east of Greenwich; `nil` where it is the logging machine's own zone.
  public var zone: Int?

  /// A time of day, of whose date the day is known at least.
  public init(
    year: Int? = nil, month: Int? = nil, day: Int, hour: Int, minute: Int, second: Int,
    microsecond: Int, zone: Int? = nil
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
    self.zone = zone
  }
}
