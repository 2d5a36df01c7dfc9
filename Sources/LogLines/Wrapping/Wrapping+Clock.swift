extension Wrapping {
  /// `2019-11-12T12:30:02.123456+01:00 `; the letter can be a blank, the point a comma, the zone absent.
  mutating func takeDate(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    guard let time = CalendarTime(date: line, at: &next) else { return false }
    guard next.isAtEnd(of: line) || next.skip(" ", in: line) else { return false }
    stamp.clock = .calendar(time)
    reader = next
    return true
  }

  /// `Tue 2019-11-12 12:30:02 CET `: journalctl -o short-full.
  mutating func takeFullDate(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    let weekday = next.word(in: line)
    guard 2...12 ~= weekday.count, next.skip(" ", in: line),
      var time = CalendarTime(date: line, at: &next), next.skip(" ", in: line)
    else { return false }
    if time.zone == nil {
      let zone = next.word(in: line)
      if line.holds("UTC", in: zone) || line.holds("GMT", in: zone) { time.zone = 0 }
      guard next.skip(" ", in: line) else { return false }
    }
    stamp.clock = .calendar(time)
    reader = next
    return true
  }

  /// `1573558202.123456 `: journalctl -o short-unix.
  mutating func takeEpoch(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    guard let microseconds = Self.seconds(in: line, at: &next), next.skip(" ", in: line),
      // Since 2001: less is a number that begins a message.
      microseconds >= 1_000_000_000_000_000
    else { return false }
    stamp.clock = .universal(microseconds)
    reader = next
    return true
  }

  /// `Nov 12 12:30:02 `, maybe with a fraction, or a year before the time.
  mutating func takeSyslogTime(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    guard let time = Self.syslogTime(in: line, at: &reader) else { return false }
    stamp.clock = .calendar(time)
    return true
  }

  static func syslogTime(in line: Span<UInt8>, at reader: inout Reader) -> CalendarTime? {
    var next = reader
    let name = next.word(in: line)
    // In most languages it has three letters, which may be more bytes, and a point behind.
    guard 3...24 ~= name.count else { return nil }
    let month = Month.number(of: line, in: name)
    guard month != nil || line.extracting(name).isPlain == false else { return nil }
    next.skipBlanks(in: line)
    guard let day = next.natural(in: line), 1...31 ~= day, next.skip(" ", in: line) else {
      return nil
    }
    var time = CalendarTime(month: month, day: day, hour: 0, minute: 0, second: 0, microsecond: 0)
    var behindYear = next
    if let year = behindYear.natural(in: line), 1970...9999 ~= year, behindYear.skip(" ", in: line)
    {
      time.year = year
      next = behindYear
    }
    guard time.readTime(of: line, at: &next) else { return nil }
    _ = next.skip(":", in: line)
    guard next.skip(" ", in: line) else { return nil }
    reader = next
    return time
  }
}

extension CalendarTime {
  /// Year, month, day, time and maybe a zone, as ISO 8601 has them.
  fileprivate init?(date line: Span<UInt8>, at reader: inout Reader) {
    guard let year = reader.natural(in: line), 1970...9999 ~= year, reader.skip("-", in: line),
      let month = reader.natural(in: line), 1...12 ~= month, reader.skip("-", in: line),
      let day = reader.natural(in: line), 1...31 ~= day,
      reader.skip("T", in: line) || reader.skip(" ", in: line)
    else { return nil }
    self.init(
      year: year, month: month, day: day, hour: 0, minute: 0, second: 0, microsecond: 0)
    guard readTime(of: line, at: &reader) else { return nil }
    readZone(of: line, at: &reader)
  }

  /// `12:30`, `12:30:02` or `12:30:02.123456`.
  mutating func readTime(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    guard let hour = reader.natural(in: line), hour < 24, reader.skip(":", in: line),
      let minute = reader.natural(in: line), minute < 60
    else { return false }
    (self.hour, self.minute) = (hour, minute)
    guard reader.next(in: line) == UInt8(ascii: ":") else { return true }
    var next = reader
    next.offset += 1
    guard let second = next.natural(in: line), second <= 60 else { return true }
    self.second = second
    reader = next
    if next.skip(".", in: line) || next.skip(",", in: line),
      let fraction = Wrapping.fraction(in: line, at: &next)
    {
      microsecond = fraction
      reader = next
    }
    return true
  }

  /// `Z`, `+01:00` or `+0100`.
  private mutating func readZone(of line: Span<UInt8>, at reader: inout Reader) {
    if reader.skip("Z", in: line) {
      zone = 0
      return
    }
    var next = reader
    let isWest = next.skip("-", in: line)
    guard isWest || next.skip("+", in: line), let number = next.natural(in: line) else { return }
    let isShort = next.offset - reader.offset == 3
    let hours = isShort ? number : number / 100
    var minutes = isShort ? 0 : number % 100
    if isShort, next.skip(":", in: line) { minutes = next.natural(in: line) ?? 60 }
    guard hours < 24, minutes < 60 else { return }
    zone = (isWest ? -60 : 60) * (hours * 60 + minutes)
    reader = next
  }
}
