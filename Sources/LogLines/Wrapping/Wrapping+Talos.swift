extension Wrapping {
  /// `kern: warning: [2026-01-12T20:27:31.913975631Z]: `: facility, level and time, as `talosctl dmesg` prints them.
  mutating func takeTalosHead(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    // Two words and their colons.
    let head = line.extracting(0..<min(line.count, reader.offset + 24))
    let facility = next.until(UInt8(ascii: ":"), in: head)
    guard 3...8 ~= facility.count, next.skip(": ", in: head) else { return false }
    let level = next.until(UInt8(ascii: ":"), in: head)
    guard 3...8 ~= level.count, next.skip(": ", in: head) else { return false }
    let before = stamp
    guard takeBracket(of: line, at: &next), next.skip(": ", in: line) else {
      stamp = before
      return false
    }
    if !line.holds("kern", in: facility) { noteFacility(8) }
    reader = next
    return true
  }
}
