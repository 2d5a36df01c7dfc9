extension LogEntry {
  /// Reads the members of an object: journalctl -o json, dmesg --json. What isn't such an object gives `nil`.
  package init?(json line: Span<UInt8>) {
    var reader = Reader()
    // json-seq puts a separator, json-sse a word before each object.
    _ = reader.skip("\u{1E}", in: line)
    _ = reader.skip("data: ", in: line)
    guard reader.skip("{", in: line) else { return nil }
    self.init()
    var isFound = false
    while true {
      Self.skipSpace(in: line, at: &reader)
      guard let key = Self.string(in: line, at: &reader) else { return nil }
      Self.skipSpace(in: line, at: &reader)
      guard reader.skip(":", in: line) else { return nil }
      Self.skipSpace(in: line, at: &reader)
      guard let value = Self.value(in: line, at: &reader) else { return nil }
      isFound = isFound || key == Array("MESSAGE".utf8) || key == Array("msg".utf8)
      set(key.span, to: value.span)
      Self.skipSpace(in: line, at: &reader)
      guard reader.skip(",", in: line) else { break }
    }
    guard isFound else { return nil }
    // Many programs write a `msg`, but no level of syslog's with it, as dmesg does.
    guard transport != "ring" || facility != nil else { return nil }
    if transport == "ring" { transport = "kernel" }
  }

  static func skipSpace(in line: Span<UInt8>, at reader: inout Reader) {
    while let byte = reader.next(in: line), byte.isBlank || byte == 0x0A || byte == 0x0D {
      reader.offset += 1
    }
  }

  /// A string, or an array of bytes, which is how text that isn't clean is written; or a number as it stands.
  private static func value(in line: Span<UInt8>, at reader: inout Reader) -> [UInt8]? {
    switch reader.next(in: line) {
    case UInt8(ascii: "\""): return string(in: line, at: &reader)
    case UInt8(ascii: "["): return byteArray(in: line, at: &reader)
    default:
      let start = reader.offset
      while let byte = reader.next(in: line), byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") {
        reader.offset += 1
      }
      guard !reader.isAtEnd(of: line) else { return nil }
      return line[start].isDigit ? line.extracting(start..<reader.offset).array : []
    }
  }

  /// Numbers are bytes; of several values for one field, the first is taken.
  private static func byteArray(in line: Span<UInt8>, at reader: inout Reader) -> [UInt8]? {
    reader.offset += 1
    var bytes: [UInt8] = []
    var first: [UInt8]?
    while true {
      skipSpace(in: line, at: &reader)
      if reader.skip("]", in: line) { return first ?? bytes }
      if reader.next(in: line) == UInt8(ascii: "\"") || reader.next(in: line) == UInt8(ascii: "[") {
        guard let value = value(in: line, at: &reader) else { return nil }
        first = first ?? value
      } else {
        guard let number = reader.integer(in: line) else { return nil }
        bytes.append(UInt8(truncatingIfNeeded: number))
      }
      skipSpace(in: line, at: &reader)
      _ = reader.skip(",", in: line)
    }
  }

  static func string(in line: Span<UInt8>, at reader: inout Reader) -> [UInt8]? {
    guard reader.skip("\"", in: line) else { return nil }
    var bytes: [UInt8] = []
    while let byte = reader.next(in: line) {
      reader.offset += 1
      switch byte {
      case UInt8(ascii: "\""): return bytes
      case UInt8(ascii: "\\"):
        guard let escape = reader.next(in: line) else { return nil }
        reader.offset += 1
        append(escape, to: &bytes, in: line, at: &reader)
      default: bytes.append(byte)
      }
    }
    return nil
  }

  private static func append(
    _ escape: UInt8, to bytes: inout [UInt8], in line: Span<UInt8>, at reader: inout Reader
  ) {
    switch escape {
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "u"):
      guard let unit = codeUnit(in: line, at: &reader) else { return }
      bytes.append(contentsOf: Array(String(scalar(unit, in: line, at: &reader)).utf8))
    default: bytes.append(escape)
    }
  }

  private static func codeUnit(in line: Span<UInt8>, at reader: inout Reader) -> UInt32? {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = reader.next(in: line)?.hexadecimalValue else { return nil }
      unit = unit << 4 | UInt32(digit)
      reader.offset += 1
    }
    return unit
  }

  /// Characters above 16 bits are written as two halves.
  private static func scalar(
    _ unit: UInt32, in line: Span<UInt8>, at reader: inout Reader
  ) -> Unicode.Scalar {
    var next = reader
    if 0xD800..<0xDC00 ~= unit, next.skip("\\u", in: line), let low = codeUnit(in: line, at: &next),
      0xDC00..<0xE000 ~= low
    {
      reader = next
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }
    return Unicode.Scalar(unit) ?? "\u{FFFD}"
  }
}
