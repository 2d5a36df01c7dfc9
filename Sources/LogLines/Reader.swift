/// A position in a line, from which it is read forward.
///
/// It doesn't hold the bytes: each call is handed them, since a type can't yet store a `Span`.
package struct Reader {
  package var offset: Int

  package init(offset: Int = 0) {
    self.offset = offset
  }

  package func isAtEnd(of line: Span<UInt8>) -> Bool { offset >= line.count }

  package func next(in line: Span<UInt8>) -> UInt8? { offset < line.count ? line[offset] : nil }

  package mutating func skipBlanks(in line: Span<UInt8>) {
    while offset < line.count, line[offset].isBlank { offset += 1 }
  }

  /// Skips these bytes if they come next.
  package mutating func skip(_ word: StaticString, in line: Span<UInt8>) -> Bool {
    guard line.starts(with: word, at: offset) else { return false }
    offset += word.utf8CodeUnitCount
    return true
  }

  /// Skips what sets a colour of the terminal's, or clears the rest of its line: `ESC [ … m`, `ESC [ … K`; and what
  /// only programs read: `ESC _ … BEL`.
  mutating func skipColour(in line: Span<UInt8>) -> Bool {
    var next = self
    if next.skip("\u{1B}_", in: line) {
      _ = next.until(0x07, in: line)
      guard next.skip("\u{07}", in: line) else { return false }
      self = next
      return true
    }
    if next.skip("\u{1B}(B", in: line) {
      self = next
      return true
    }
    // cat -v and less show the first letter of it.
    guard
      next.skip("\u{1B}[", in: line) || next.skip("^[[", in: line) || next.skip("ESC[", in: line)
    else { return false }
    while let byte = next.next(in: line), byte.isDigit || byte == UInt8(ascii: ";") {
      next.offset += 1
    }
    guard next.skip("m", in: line) || next.skip("K", in: line) else { return false }
    self = next
    return true
  }

  /// Skips to behind the next place where these bytes stand, if there is one.
  package mutating func skipPast(_ word: StaticString, in line: Span<UInt8>) -> Bool {
    guard let found = line.offset(of: word, from: offset) else { return false }
    offset = found + word.utf8CodeUnitCount
    return true
  }

  /// The bytes up to the next blank, or to the end.
  package mutating func word(in line: Span<UInt8>) -> Range<Int> {
    let start = offset
    while offset < line.count, !line[offset].isBlank { offset += 1 }
    return start..<offset
  }

  /// The bytes up to the next `byte`, or to the end; the reader then stands on it.
  package mutating func until(_ byte: UInt8, in line: Span<UInt8>) -> Range<Int> {
    let start = offset
    while offset < line.count, line[offset] != byte { offset += 1 }
    return start..<offset
  }

  /// A decimal number without a sign; `nil` when there is none, or, once it is passed, when it doesn't fit.
  package mutating func natural(in line: Span<UInt8>) -> Int? {
    let start = offset
    var value = 0
    var fits = true
    while offset < line.count, line[offset].isDigit {
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(Int(line[offset] &- UInt8(ascii: "0")))
      fits = fits && !overflow && !carry
      value = sum
      offset += 1
    }
    return offset > start && fits ? value : nil
  }

  /// A decimal number with or without a minus sign.
  package mutating func integer(in line: Span<UInt8>) -> Int? {
    let start = offset
    let isNegative = skip("-", in: line)
    let digits = offset
    guard let magnitude = natural(in: line) else {
      if offset == digits { offset = start }
      return nil
    }
    return isNegative ? -magnitude : magnitude
  }

  /// A hexadecimal number behind `0x`.
  package mutating func hexadecimal(in line: Span<UInt8>) -> UInt64? {
    guard skip("0x", in: line) else { return nil }
    return hexadecimalDigits(in: line)
  }

  /// A hexadecimal number.
  mutating func hexadecimalDigits(in line: Span<UInt8>) -> UInt64? {
    let start = offset
    var value: UInt64 = 0
    while offset < line.count, let digit = line[offset].hexadecimalValue {
      guard value >> 60 == 0 else { return nil }
      value = value << 4 | UInt64(digit)
      offset += 1
    }
    return offset > start ? value : nil
  }
}
