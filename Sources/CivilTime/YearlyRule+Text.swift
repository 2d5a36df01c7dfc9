/// The form of the variable TZ that POSIX defines, as `CET-1CEST,M3.5.0,M10.5.0/3` (tzset(3)).
extension YearlyRule {
  package init?(_ text: some StringProtocol) {
    var reader = Reader(rest: text.utf8.map { $0 }[...])
    guard reader.name(), let west = reader.time() else { return nil }
    standard = -west
    guard !reader.isAtEnd else { return }
    guard reader.name() else { return nil }
    var offset = standard + 3600
    if !reader.isAtEnd, !reader.skip(",") {
      guard let west = reader.time() else { return nil }
      offset = -west
      guard reader.isAtEnd || reader.skip(",") else { return nil }
    }
    if reader.isAtEnd { reader = Reader(rest: Array(Self.usual.utf8)[...]) }
    guard let start = reader.day(), reader.skip(","), let end = reader.day(), reader.isAtEnd else {
      return nil
    }
    summer = Summer(offset: offset, start: start, end: end)
  }

  /// The days of the United States, for rules that name none.
  private static let usual = "M3.2.0,M11.1.0"

  private struct Reader {
    var rest: ArraySlice<UInt8>

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    /// Three letters or more, or anything in angle brackets.
    mutating func name() -> Bool {
      if skip("<") {
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
        rest = rest[(end + 1)...]
        return true
      }
      let letters = rest.prefix { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
      rest = rest.dropFirst(letters.count)
      return letters.count >= 3
    }

    mutating func number(to limit: Int) -> Int? {
      var value: Int?
      while let digit = rest.first.map({ $0 &- UInt8(ascii: "0") }), digit <= 9 {
        value = (value ?? 0) * 10 + Int(digit)
        guard let value, value <= limit else { return nil }
        rest.removeFirst()
      }
      return value
    }

    /// Hours, minutes and seconds, with a sign or without, in seconds.
    mutating func time() -> Int? {
      let isNegative = skip("-")
      if !isNegative { _ = skip("+") }
      guard let hours = number(to: 167) else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] where skip(":") {
        guard let count = number(to: 59) else { return nil }
        seconds += count * unit
      }
      return isNegative ? -seconds : seconds
    }

    mutating func day() -> Day? {
      guard let kind = kind() else { return nil }
      guard skip("/") else { return Day(kind: kind, time: 7200) }
      return time().map { Day(kind: kind, time: $0) }
    }

    private mutating func kind() -> Day.Kind? {
      if skip("J") {
        return number(to: 365).flatMap { $0 > 0 ? .withoutLeapDay($0) : nil }
      }
      guard skip("M") else { return number(to: 365).map { .withLeapDay($0) } }
      guard let month = number(to: 12), month > 0, skip("."), let week = number(to: 5), week > 0,
        skip("."), let weekday = number(to: 6)
      else { return nil }
      return .weekday(weekday, week: week, month: month)
    }
  }
}
