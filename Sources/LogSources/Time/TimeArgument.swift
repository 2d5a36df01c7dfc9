import Arguments
package import CivilTime

/// A moment as people type it. What it means depends on now, and on the machine's zone.
package enum TimeArgument: ArgumentValue, Equatable {
  /// So many microseconds since 1970: `@1573558202`.
  case universal(Int)
  /// So many seconds from now, as `-2h` or `2 days ago`; `now` is 0.
  case relative(Int)
  /// A midnight, so many days from the last one: `today`, `yesterday`.
  case midnight(days: Int)
  /// A calendar's date and time, in seconds since that calendar showed 1970, and its zone in
  /// seconds east of Greenwich; without one it is the machine's own.
  case calendar(Int, zone: Int?)
  /// Today at that time, in seconds from midnight.
  case clock(Int)

  static let placeholder = "TIME"
  static let expectation =
    "a time as 2026-11-21, \"2026-11-21 03:12\", 03:12, today, yesterday, now, -2h, \"2 days ago\" or @SECONDS"
  static let completion = Completion.choices(["today", "yesterday", "-1h", "-1d", "-1w"])

  init?(argument: String) {
    let text = argument.lowercased()
    switch text {
    case "now": self = .relative(0)
    case "today": self = .midnight(days: 0)
    case "yesterday": self = .midnight(days: -1)
    case "tomorrow": self = .midnight(days: 1)
    default:
      guard
        let value = Self.universal(text) ?? Self.relative(text) ?? Self.calendar(text)
          ?? Self.clockTime(text[...]).map({ .clock($0) })
      else { return nil }
      self = value
    }
  }

  /// In microseconds since 1970; `now` is in seconds.
  package func microseconds(now: Int, zone: ZoneRules) -> Int {
    switch self {
    case .universal(let microseconds): microseconds
    case .relative(let seconds): (now + seconds) * 1_000_000
    case .midnight(let days): Self.midnight(now, days, zone) * 1_000_000
    case .clock(let seconds):
      zone.moment(showing: Self.today(now, zone) * 86_400 + seconds) * 1_000_000
    case .calendar(let shown, let offset):
      (offset.map { shown - $0 } ?? zone.moment(showing: shown)) * 1_000_000
    }
  }

  /// In days since 1970.
  private static func today(_ now: Int, _ zone: ZoneRules) -> Int {
    (now + zone.offset(at: now)).divided(by: 86_400)
  }

  private static func midnight(_ now: Int, _ days: Int, _ zone: ZoneRules) -> Int {
    zone.moment(showing: (today(now, zone) + days) * 86_400)
  }
}

extension TimeArgument {
  private static func universal(_ text: String) -> Self? {
    guard text.hasPrefix("@") else { return nil }
    let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let seconds = number(parts[0], to: 1 << 40) else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard parts.count == 1 || number(fraction, to: .max) != nil else { return nil }
    let digits = fraction.prefix(6) + String(repeating: "0", count: max(0, 6 - fraction.count))
    return .universal(seconds * 1_000_000 + (Int(digits) ?? 0))
  }

  /// `-2h`, `-1d12h`, `2 days ago`.
  private static func relative(_ text: String) -> Self? {
    let isAgo = text.hasSuffix(" ago")
    guard isAgo != text.hasPrefix("-") else { return nil }
    var rest = isAgo ? text.dropLast(4) : text.dropFirst()
    var sum = 0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count).drop { $0 == " " }
      let word = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(word.count).drop { $0 == " " }
      guard let count = number(digits, to: 1 << 20), let unit = seconds(of: word) else {
        return nil
      }
      sum += count * unit
    }
    return sum > 0 || text.contains("0") ? .relative(-sum) : nil
  }

  /// As in systemd.time(7); a month is the 12th part of a year.
  private static func seconds(of unit: Substring) -> Int? {
    switch unit {
    case "s", "sec", "second", "seconds": 1
    case "m", "min", "minute", "minutes": 60
    case "h", "hr", "hour", "hours": 3600
    case "d", "day", "days": 86_400
    case "w", "week", "weeks": 7 * 86_400
    case "month", "months": 2_629_800
    case "y", "year", "years": 31_557_600
    default: nil
    }
  }

  /// `2026-11-21`, with a time behind a blank or a T, and a zone behind that.
  private static func calendar(_ text: String) -> Self? {
    let date = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
    guard text.prefix(10).utf8.count == 10, date.count == 3, let year = number(date[0], digits: 4),
      let month = number(date[1], digits: 2), let day = number(date[2], digits: 2)
    else { return nil }
    let civil = CivilDate(year: year, month: month, day: day)
    guard civil.isReal else { return nil }
    let midnight = civil.daysSince1970 * 86_400
    var rest = text.dropFirst(10)
    guard let mark = rest.popFirst() else { return .calendar(midnight, zone: nil) }
    guard mark == " " || mark == "t" else { return nil }
    let clock = rest.prefix { $0.isNumber || $0 == ":" || $0 == "." || $0 == "," }
    guard let time = clockTime(clock) else { return nil }
    rest = rest.dropFirst(clock.count).drop { $0 == " " }
    guard !rest.isEmpty else { return .calendar(midnight + time, zone: nil) }
    return zone(rest).map { .calendar(midnight + time, zone: $0) }
  }

  /// `03:12` or `03:12:44`, in seconds; a fraction is passed over.
  private static func clockTime(_ text: Substring) -> Int? {
    let whole = text.prefix { $0 != "." && $0 != "," }
    let fraction = text.dropFirst(whole.count).dropFirst()
    let parts = whole.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = number(parts[0], digits: 2), hour < 24,
      let minute = number(parts[1], digits: 2), minute < 60
    else { return nil }
    guard parts.count == 3 else {
      return whole.count == text.count ? hour * 3600 + minute * 60 : nil
    }
    guard let second = number(parts[2], digits: 2), second <= 60,
      whole.count == text.count || number(fraction, to: .max) != nil
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// `z`, `utc`, `+01:00`, `+0100` or `+01`, in seconds.
  private static func zone(_ text: Substring) -> Int? {
    if text == "z" || text == "utc" { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.utf8.count == 2 || digits.utf8.count == 4,
      let hours = number(digits.prefix(2), to: 15),
      let minutes = number(digits.dropFirst(2) + "0", to: 590)
    else { return nil }
    let offset = hours * 3600 + minutes * 6
    return sign == "-" ? -offset : offset
  }

  private static func number(_ text: some StringProtocol, digits: Int) -> Int? {
    text.utf8.count == digits ? number(text, to: .max) : nil
  }

  /// Digits only.
  private static func number(_ text: some StringProtocol, to limit: Int) -> Int? {
    guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let value = Int(text), value <= limit
    else { return nil }
    return value
  }
}
