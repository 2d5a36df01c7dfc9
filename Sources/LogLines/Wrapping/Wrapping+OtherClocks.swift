/// Times as few loggers write them.
extension Wrapping {
  /// `2019 Nov 12 12:30:02 `: syslog's time with the year first.
  mutating func takeYearFirst(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    guard let year = next.natural(in: line), 1970...9999 ~= year, next.skip(" ", in: line),
      var time = Self.syslogTime(in: line, at: &next)
    else { return false }
    time.year = year
    stamp.clock = .calendar(time)
    reader = next
    return true
  }

  /// `Thu May 28 10:11:12 2020 `: ctime(3), as OpenWrt's logread writes it.
  mutating func takeYearLast(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    let weekday = next.word(in: line)
    guard 2...12 ~= weekday.count, next.skip(" ", in: line),
      var time = Self.syslogTime(in: line, at: &next)
    else { return false }
    var behindYear = next
    if time.year == nil, let year = behindYear.natural(in: line), 1970...9999 ~= year,
      behindYear.skip(" ", in: line)
    {
      time.year = year
      next = behindYear
    }
    stamp.clock = .calendar(time)
    reader = next
    return true
  }

  /// `11-12 12:30:02.123 `: logcat's time.
  mutating func takeMonthFirst(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    guard let month = next.natural(in: line), 1...12 ~= month, next.skip("-", in: line),
      let day = next.natural(in: line), 1...31 ~= day, next.skip(" ", in: line)
    else { return false }
    var time = CalendarTime(month: month, day: day, hour: 0, minute: 0, second: 0, microsecond: 0)
    guard time.readTime(of: line, at: &next), next.skip(" ", in: line) else { return false }
    stamp.clock = .calendar(time)
    reader = next
    return true
  }

  /// `@400000005dca8a7a075bcd15 `: TAI64N, as multilog writes it: seconds since 1970 by atomic clocks,
  /// of which 37 are leaps, and nanoseconds.
  mutating func takeTAI64N(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    guard next.skip("@4", in: line) else { return false }
    let start = next.offset
    guard start + 23 <= line.count else { return false }
    var head = Reader()
    guard let seconds = head.hexadecimalDigits(in: line.extracting(start..<start + 15)),
      head.offset == 15, seconds < 1 << 40
    else { return false }
    var tail = Reader()
    guard let nanoseconds = tail.hexadecimalDigits(in: line.extracting(start + 15..<start + 23)),
      tail.offset == 8
    else { return false }
    stamp.clock = .universal(
      (Int(seconds) - Self.leapSeconds) * 1_000_000 + Int(nanoseconds) / 1000)
    next.offset = start + 23
    _ = next.skip(" ", in: line)
    reader = next
    return true
  }

  /// Since 2017.
  private static let leapSeconds = 37

  /// Passes over `12:30:02.123 `, which belongs to no day.
  func skipTimeOfDay(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    var time = CalendarTime(day: 0, hour: 0, minute: 0, second: 0, microsecond: 0)
    guard time.readTime(of: line, at: &next) else { return false }
    reader = next
    return true
  }
}
