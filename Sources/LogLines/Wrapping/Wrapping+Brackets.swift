extension Wrapping {
  /// A time or a caller between brackets; a row of the task table looks nearly the same.
  mutating func takeBracket(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    guard next.skip("[", in: line) else { return false }
    // Not to the end of the line: a line can be full of brackets.
    let near = line.extracting(0..<min(line.count, next.offset + 64))
    let inside = next.until(UInt8(ascii: "]"), in: near)
    guard next.skip("]", in: line) else { return false }
    guard takeTime(line.extracting(inside)) else { return false }
    _ = next.skip(" ", in: line)
    reader = next
    return true
  }

  private mutating func takeTime(_ inside: Span<UInt8>) -> Bool {
    var reader = Reader()
    reader.skipBlanks(in: inside)
    guard let first = reader.next(in: inside) else { return false }
    switch first {
    case UInt8(ascii: "+"):
      // dmesg -e tells the time since the line before.
      reader.offset += 1
      return Self.seconds(in: inside, at: &reader) != nil
    case UInt8(ascii: "<"):
      // And dmesg --time-format delta nothing else.
      reader.offset += 1
      reader.skipBlanks(in: inside)
      return Self.seconds(in: inside, at: &reader) != nil && reader.skip(">", in: inside)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      if takeDate(of: inside, at: &reader) { return true }
      return takeSeconds(inside, at: &reader)
    case UInt8(ascii: "T"), UInt8(ascii: "C"):
      if takeCaller(inside, from: reader.offset) { return true }
    default: break
    }
    return takeCalendar(inside)
  }

  /// `1234.567890`, maybe with ` <    0.000012>` behind it (dmesg -d).
  private mutating func takeSeconds(_ inside: Span<UInt8>, at reader: inout Reader) -> Bool {
    guard let microseconds = Self.seconds(in: inside, at: &reader) else { return false }
    reader.skipBlanks(in: inside)
    guard reader.isAtEnd(of: inside) || inside[reader.offset] == UInt8(ascii: "<") else {
      return false
    }
    stamp.monotonic = microseconds
    return true
  }

  /// Seconds with a fraction, in microseconds.
  package static func seconds(in line: Span<UInt8>, at reader: inout Reader) -> Int? {
    guard let seconds = reader.natural(in: line), reader.skip(".", in: line),
      let fraction = fraction(in: line, at: &reader)
    else { return nil }
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, carry) = whole.addingReportingOverflow(fraction)
    return overflow || carry ? nil : sum
  }

  /// The digits behind a decimal point, in millionths.
  static func fraction(in line: Span<UInt8>, at reader: inout Reader) -> Int? {
    var value = 0
    var digits = 0
    while let byte = reader.next(in: line), byte.isDigit {
      if digits < 6 { value = value * 10 + Int(byte - UInt8(ascii: "0")) }
      digits += 1
      reader.offset += 1
    }
    guard digits > 0 else { return nil }
    for _ in min(digits, 6)..<6 { value *= 10 }
    return value
  }

  /// `T1234`, the task, or `C3`, the CPU: `print_caller` in `kernel/printk/printk.c`, from 5.1.
  private mutating func takeCaller(_ inside: Span<UInt8>, from start: Int) -> Bool {
    var reader = Reader(offset: start + 1)
    guard reader.natural(in: inside) != nil, reader.isAtEnd(of: inside) else { return false }
    stamp.caller = inside.text(in: start..<inside.count)
    return true
  }

  /// `Tue Nov 12 12:30:02 2019` (dmesg -T, names in the reader's language) or `Nov12 12:30` (dmesg -e).
  private mutating func takeCalendar(_ inside: Span<UInt8>) -> Bool {
    guard let colon = inside.offset(of: UInt8(ascii: ":"), from: 0), colon >= 2,
      var time = CalendarTime(timeAt: inside, colon: colon)
    else { return false }
    time.readDate(inside)
    guard time.day > 0 else { return false }
    stamp.clock = .calendar(time)
    return true
  }

  /// `HOST kernel: ` behind a monotonic time: journalctl -o short-monotonic.
  mutating func takeMonotonicTag(of line: Span<UInt8>, at reader: inout Reader) {
    var next = reader
    let host = next.word(in: line)
    guard !host.isEmpty, next.skip(" ", in: line), let tag = Self.tag(in: line, at: &next),
      tag == .kernel || tag.isDaemon
    else { return }
    stamp.host = line.text(in: host)
    origin = tag
    reader = next
  }
}

extension CalendarTime {
  /// A time of day around its first colon: `12:30` or `12:30:02`.
  fileprivate init?(timeAt text: Span<UInt8>, colon: Int) {
    var reader = Reader(offset: colon)
    while reader.offset > 0, text[reader.offset - 1].isDigit { reader.offset -= 1 }
    self.init(day: 0, hour: 0, minute: 0, second: 0, microsecond: 0)
    guard readTime(of: text, at: &reader) else { return nil }
  }

  /// The words around the time: a year has four digits, a day one or two; what has letters is a month or a
  /// weekday.
  fileprivate mutating func readDate(_ text: Span<UInt8>) {
    var reader = Reader()
    while !reader.isAtEnd(of: text) {
      reader.skipBlanks(in: text)
      let word = reader.word(in: text)
      // In French and Italian a Tuesday begins like March, but the weekday comes first.
      if let number = Month.number(of: text, in: word) { month = number }
      var digits = Reader(offset: word.lowerBound)
      while digits.offset < word.upperBound, !text[digits.offset].isDigit { digits.offset += 1 }
      let first = digits.offset
      // With a colon it is the time; a point may follow a day.
      guard let number = digits.natural(in: text), digits.next(in: text) != UInt8(ascii: ":") else {
        continue
      }
      switch digits.offset - first {
      case 4: year = number
      case 1, 2: if 1...31 ~= number { day = number }
      default: break
      }
    }
  }
}
