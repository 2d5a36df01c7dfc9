extension LogEntry {
  /// True where an export of the journal begins here: `systemd.journal-export-formats`.
  static func beginsExport(_ bytes: Span<UInt8>) -> Bool {
    bytes.starts(with: "__CURSOR=") || bytes.starts(with: "__REALTIME_TIMESTAMP=")
  }

  /// Reads an entry from its first byte on, up to behind the empty line that ends it; `nil` where it isn't
  /// whole.
  package static func readExport(_ bytes: Span<UInt8>, from start: Int) -> Place? {
    var fields = LogEntry()
    var offset = start
    while offset < bytes.count {
      guard let lineEnd = bytes.offset(of: UInt8(ascii: "\n"), from: offset) else { return nil }
      let textEnd = max(offset, bytes.textEnd(of: lineEnd))
      if textEnd == offset { return Place(entry: fields, start: start, end: lineEnd + 1) }
      if let sign = bytes.extracting(offset..<textEnd).offset(of: UInt8(ascii: "="), from: 0) {
        fields.set(
          bytes.extracting(offset..<offset + sign),
          to: bytes.extracting(offset + sign + 1..<textEnd))
        offset = lineEnd + 1
      } else {
        // Eight bytes of length, lowest first, then any bytes, then a line end.
        guard let length = length(in: bytes, at: lineEnd + 1) else { return nil }
        let value = lineEnd + 9
        fields.set(
          bytes.extracting(offset..<lineEnd), to: bytes.extracting(value..<value + length))
        offset = value + length + 1
      }
    }
    return nil
  }

  /// True where an empty line is there.
  static func exportMayEnd(in bytes: Span<UInt8>, behind carry: Span<UInt8>) -> Bool {
    if bytes.offset(of: "\n\n") != nil || bytes.offset(of: "\n\r\n") != nil { return true }
    let seam =
      carry.extracting(max(0, carry.count - 2)..<carry.count).array
      + bytes.extracting(first: min(2, bytes.count)).array
    return seam.span.offset(of: "\n\n") != nil || seam.span.offset(of: "\n\r\n") != nil
  }

  private static func length(in bytes: Span<UInt8>, at offset: Int) -> Int? {
    guard offset + 8 <= bytes.count else { return nil }
    var length = 0
    for index in 0..<8 {
      length = length << 8 | Int(bytes[offset + 7 - index])
    }
    guard length >= 0, length < bytes.count - offset - 8 else { return nil }
    return length
  }

  /// The beginning of the entry around an offset, not further left than `start`. An empty line can
  /// be within a message too, but isn't followed by these words there.
  package static func entryStart(in bytes: Span<UInt8>, around offset: Int, from start: Int) -> Int
  {
    var candidate = offset
    while candidate > start {
      if bytes[candidate - 1] == UInt8(ascii: "\n"),
        beginsExport(bytes.extracting(candidate..<bytes.count)),
        candidate - 2 < start || bytes[bytes.textEnd(of: candidate - 1) - 1] == UInt8(ascii: "\n")
      {
        return candidate
      }
      candidate -= 1
    }
    return start
  }
}
