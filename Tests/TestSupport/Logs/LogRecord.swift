/// What one call of `printk`, or of a daemon's `syslog`, wrote: maybe several lines.
public struct LogRecord: Sendable {
  /// Since boot.
  public var microseconds: Int
  /// The task that printed it.
  public var caller: Int
  /// Who speaks: `kernel`, or a daemon with its number.
  public var tag = "kernel"
  /// Without a line end.
  public var text: [UInt8]

  public init(_ text: String, at microseconds: Int = 1_234_567_890, caller: Int = 1234) {
    self.init(bytes: Array(text.utf8), at: microseconds, caller: caller)
  }

  public init(bytes: [UInt8], at microseconds: Int = 1_234_567_890, caller: Int = 1234) {
    self.microseconds = microseconds
    self.caller = caller
    text = bytes
  }

  /// Its lines.
  public var lines: [ArraySlice<UInt8>] {
    text.split(separator: 10, omittingEmptySubsequences: false)
  }

  /// Whether that stands in it.
  public func contains(_ words: String) -> Bool {
    let words = Array(words.utf8)
    return text.indices.contains { text[$0...].starts(with: words) }
  }

  /// A daemon's line: `sshd[812]`, not `kernel`.
  public func said(by tag: String) -> LogRecord {
    var record = self
    record.tag = tag
    return record
  }
}

/// The wall clock of all composed logs: 2019-11-12, one hour east of Greenwich.
public struct TimeOfDay: Sendable {
  /// Microseconds since midnight.
  public let microseconds: Int

  /// When 1234.567890 seconds after boot it is 12:30:02.123456.
  public init(of record: LogRecord) {
    microseconds = record.microseconds - 1_234_567_890 + 45_002_123_456
  }

  public var hour: Int { microseconds / 3_600_000_000 }
  public var minute: Int { microseconds / 60_000_000 % 60 }
  public var second: Int { microseconds / 1_000_000 % 60 }
  public var microsecond: Int { microseconds % 1_000_000 }

  /// Microseconds since 1970.
  public var universal: Int { 1_573_513_200_000_000 + microseconds }

  var toMinutes: String { "\(digits(hour, 2)):\(digits(minute, 2))" }
  var toSeconds: String { "\(toMinutes):\(digits(second, 2))" }
  var fraction: String { digits(microsecond, 6) }
}

/// A number in so many digits at least.
func digits(_ number: Int, _ count: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, count - text.count)) + text
}

/// A number, or a word, in so many columns at least, at their right.
func column(_ value: some CustomStringConvertible, _ width: Int) -> String {
  let text = value.description
  return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
}
