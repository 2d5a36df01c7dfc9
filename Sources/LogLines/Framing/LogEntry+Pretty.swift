extension LogEntry {
  /// A brace alone, or the one between two objects of an array, which is indented little.
  static func beginsPretty(_ line: Span<UInt8>) -> Bool {
    let rest = line.extracting(line.margin..<line.count)
    guard line.margin <= 8, rest.count == 1 || rest.count == 3 else { return false }
    return rest.starts(with: rest.count == 1 ? "{" : "},{")
  }

  /// Behind an object there may be a comma; an end without a beginning is nothing.
  static func skipBetweenPretty(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    while offset < bytes.count, bytes[offset].isPrettyMargin || bytes[offset] == UInt8(ascii: "}") {
      offset += 1
    }
    return offset
  }

  /// Reads an object whose braces are the first bytes of their lines, as json-c, systemd and util-linux print
  /// it; `nil` where it isn't whole. Within a text no line ends.
  static func readPretty(_ bytes: Span<UInt8>, from start: Int) -> Place? {
    var reader = Reader(offset: start)
    var open: Int?
    while true {
      // `},{` ends an object and begins the next one.
      while let byte = reader.next(in: bytes), byte.isPrettyMargin { reader.offset += 1 }
      switch reader.next(in: bytes) {
      case nil: return nil
      case UInt8(ascii: "{"): open = reader.offset
      case UInt8(ascii: "}"):
        let end = reader.offset + 1
        let object = bytes.extracting((open ?? reader.offset)..<end)
        let entry = Self(json: object) ?? Self(carrying: CarriedLines(object))
        return Place(entry: entry, start: open ?? reader.offset, end: end)
      default: break
      }
      _ = reader.until(UInt8(ascii: "\n"), in: bytes)
    }
  }

  /// True where a brace ends an object there.
  static func prettyEnds(in bytes: Span<UInt8>, behind carry: Span<UInt8>) -> Bool {
    var end = 0
    while let brace = bytes.offset(of: UInt8(ascii: "}"), from: end) {
      if isFirst(bytes, before: brace) ?? isFirst(carry, before: carry.count) ?? true {
        return true
      }
      end = brace + 1
    }
    return false
  }

  /// True where only blanks and commas precede the offset in its line; `nil` where the line begins
  /// before the bytes.
  private static func isFirst(_ bytes: Span<UInt8>, before offset: Int) -> Bool? {
    var start = offset
    while start > 0 {
      start -= 1
      if bytes[start] == UInt8(ascii: "\n") { return true }
      guard bytes[start].isPrettyMargin else { return false }
    }
    return nil
  }
}

extension UInt8 {
  /// True where it may precede a line's first brace.
  fileprivate var isPrettyMargin: Bool {
    isBlank || self == UInt8(ascii: ",") || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r")
  }
}
