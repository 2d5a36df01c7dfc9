extension LogEntry {
  /// True where an entry begins with this line: a date, and in brackets the cursor.
  static func beginsVerbose(_ line: Span<UInt8>) -> Bool {
    guard let cursor = line.offset(of: " [s="),
      let dash = line.offset(of: UInt8(ascii: "-"), from: 0),
      cursor < 64, dash >= 4, dash + 3 < cursor
    else { return false }
    return line[dash - 4].isDigit && line[dash - 1].isDigit && line[dash + 3] == UInt8(ascii: "-")
  }

  /// Reads a line that isn't indented and the indented ones behind it, up to the next that isn't, which has to
  /// be there: `nil` where it isn't. Lines of a value that has several are indented further than its name.
  static func readVerbose(_ bytes: Span<UInt8>, from start: Int) -> Place? {
    guard var end = bytes.offset(of: UInt8(ascii: "\n"), from: start) else { return nil }
    var entry = Self()
    entry.take(cursor: bytes.extracting(start..<end))
    var field: (name: Range<Int>, value: [UInt8])?
    while end + 1 < bytes.count {
      let lineStart = end + 1
      guard bytes[lineStart].isBlank else {
        if let field { entry.set(bytes.extracting(field.name), to: field.value.span) }
        return Place(entry: entry, start: start, end: lineStart)
      }
      guard let next = bytes.offset(of: UInt8(ascii: "\n"), from: lineStart) else { return nil }
      end = next
      if let name = fieldName(in: bytes, lineStart..<end) {
        if let field { entry.set(bytes.extracting(field.name), to: field.value.span) }
        field = (name, bytes.extracting(name.upperBound + 1..<bytes.textEnd(of: end)).array)
      } else if let name = field?.name {
        let indent = min(end - lineStart, margin + name.count + 1)
        let text = lineStart + indent..<max(lineStart + indent, bytes.textEnd(of: end))
        field?.value += [0x0A] + bytes.extracting(text).array
      }
    }
    return nil
  }

  /// The number of blanks by which names are indented.
  private static let margin = 4

  /// The name before the sign of equality, in a line that isn't indented further.
  private static func fieldName(in bytes: Span<UInt8>, _ line: Range<Int>) -> Range<Int>? {
    let start = line.lowerBound + margin
    guard start < line.upperBound, bytes.starts(with: "    ", at: line.lowerBound),
      !bytes[start].isBlank,
      let sign = bytes.extracting(line).offset(of: UInt8(ascii: "="), from: margin)
    else { return nil }
    return start..<line.lowerBound + sign
  }

  /// `[s=…;i=…;b=BOOT;m=MICROSECONDS;t=MICROSECONDS;x=…]`: the journal's own times are in it.
  private mutating func take(cursor line: Span<UInt8>) {
    guard let start = line.offset(of: " [s=") else { return }
    func value(_ key: StaticString) -> Reader? {
      line.offset(of: key, from: start).map { Reader(offset: $0 + key.utf8CodeUnitCount) }
    }
    if var reader = value(";t=") {
      realtime = reader.hexadecimalDigits(in: line).flatMap { Int(exactly: $0) }
    }
    if var reader = value(";m=") {
      monotonic = reader.hexadecimalDigits(in: line).flatMap { Int(exactly: $0) }
    }
  }

  /// True where a line that isn't indented begins there.
  static func verboseEnds(in bytes: Span<UInt8>, behind carry: Span<UInt8>) -> Bool {
    var last = carry.count > 0 ? carry[carry.count - 1] : 0
    for index in 0..<bytes.count {
      if last == UInt8(ascii: "\n"), !bytes[index].isBlank { return true }
      last = bytes[index]
    }
    return false
  }
}
