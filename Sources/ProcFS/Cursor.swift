/// A position in bytes, from which text is parsed forward.
///
/// It doesn't hold the bytes: each call is handed them, since a type can't yet store a `Span`.
package struct Cursor {
  var offset: Int

  package init(offset: Int = 0) {
    self.offset = offset
  }

  package func isAtEnd(in text: Span<UInt8>) -> Bool { offset >= text.count }

  func isAtLineEnd(in text: Span<UInt8>) -> Bool {
    isAtEnd(in: text) || text[offset] == UInt8(ascii: "\n")
  }

  /// Skips blanks and tabulators.
  package mutating func skipBlanks(in text: Span<UInt8>) {
    while offset < text.count,
      text[offset] == UInt8(ascii: " ") || text[offset] == UInt8(ascii: "\t")
    {
      offset += 1
    }
  }

  /// Skips one word and the blanks behind it.
  mutating func skipWord(in text: Span<UInt8>) {
    _ = word(in: text)
    skipBlanks(in: text)
  }

  /// The bytes up to the next blank or line end.
  package mutating func word(in text: Span<UInt8>) -> Range<Int> {
    let start = offset
    while offset < text.count, text[offset] > UInt8(ascii: " ") { offset += 1 }
    return start..<offset
  }

  /// The rest of this line; the cursor then stands at the next one.
  package mutating func line(in text: Span<UInt8>) -> Range<Int> {
    let start = min(offset, text.count)
    let end = text.offset(of: UInt8(ascii: "\n"), from: start)
    offset = end + 1
    return start..<end
  }

  /// Skips `byte` if it comes next.
  mutating func skip(_ byte: UInt8, in text: Span<UInt8>) -> Bool {
    guard offset < text.count, text[offset] == byte else { return false }
    offset += 1
    return true
  }

  /// A decimal number without a sign; `nil` when there is none, or when 64 bits don't hold it.
  package mutating func natural(in text: Span<UInt8>) -> UInt64? {
    let start = offset
    var value: UInt64 = 0
    while offset < text.count {
      let digit = text[offset] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(UInt64(digit))
      guard !overflow && !carry else { return nil }
      value = sum
      offset += 1
    }
    return offset > start ? value : nil
  }

  /// A decimal number with or without a minus sign, within `Int`.
  package mutating func integer(in text: Span<UInt8>) -> Int? {
    let isNegative = skip(UInt8(ascii: "-"), in: text)
    guard let magnitude = natural(in: text) else { return nil }
    if isNegative, magnitude == Int.min.magnitude { return .min }
    guard let value = Int(exactly: magnitude) else { return nil }
    return isNegative ? -value : value
  }

  /// A hexadecimal number without a prefix.
  mutating func hexadecimal(in text: Span<UInt8>) -> UInt64? {
    let range = word(in: text)
    return UInt64(text.text(in: range), radix: 16)
  }
}
