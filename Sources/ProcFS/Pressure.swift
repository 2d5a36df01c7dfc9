/// Pressure stall information of one resource (Documentation/accounting/psi.rst).
public struct Pressure: Hashable, Sendable {
  /// One line: the share of time in which tasks stood still, as hundredths of a percent.
  public struct Stall: Hashable, Sendable {
    /// Over the last 10, 60 and 300 seconds.
    public var tenSeconds, minute, fiveMinutes: Int
    /// In all, microseconds.
    public var total: UInt64
  }

  /// Some task stood still.
  public var some: Stall?
  /// All stood still at once.
  public var full: Stall?
}

extension Pressure: KernelText {
  public static var expectation: String { "lines of pressure, as some avg10=0.00 …" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let kind = text.text(in: cursor.word(in: text))
      let stall = Stall(at: cursor, in: text)
      if kind == "some" { some = stall } else if kind == "full" { full = stall }
      _ = cursor.line(in: text)
    }
    guard some != nil else { return nil }
  }
}

extension Pressure.Stall {
  fileprivate init?(at start: Cursor, in text: Span<UInt8>) {
    var cursor = start
    cursor.skipBlanks(in: text)
    guard let ten = cursor.assignment(in: text), let minute = cursor.assignment(in: text),
      let five = cursor.assignment(in: text), let total = cursor.assignment(in: text)
    else { return nil }
    self.init(
      tenSeconds: ten.hundredths, minute: minute.hundredths, fiveMinutes: five.hundredths,
      total: total.whole)
  }
}

extension Cursor {
  /// The number of `name=12.34`, and the blanks behind it skipped.
  fileprivate mutating func assignment(in text: Span<UInt8>) -> Decimal? {
    while !isAtLineEnd(in: text), !skip(UInt8(ascii: "="), in: text) { offset += 1 }
    defer { skipBlanks(in: text) }
    return decimal(in: text)
  }

  /// A number with or without two decimal places.
  mutating func decimal(in text: Span<UInt8>) -> Decimal? {
    guard let whole = natural(in: text) else { return nil }
    guard skip(UInt8(ascii: "."), in: text) else { return Decimal(whole: whole, fraction: 0) }
    return natural(in: text).map { Decimal(whole: whole, fraction: $0) }
  }
}

/// A number with two decimal places.
struct Decimal {
  var whole: UInt64
  var fraction: UInt64

  /// A number beyond `Int` stays at its end.
  var hundredths: Int {
    let (product, overflow) = whole.multipliedReportingOverflow(by: 100)
    let (sum, carry) = product.addingReportingOverflow(fraction)
    return overflow || carry ? .max : Int(clamping: sum)
  }
}
