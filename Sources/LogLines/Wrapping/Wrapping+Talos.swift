extension Wrapping {
  /// `10.5.0.2: kern: warning: [2026-01-12T20:27:31.913975631Z]: `: node, facility, level and time, as
  /// `talosctl dmesg` prints them; its console leaves the node out.
  mutating func takeTalosHead(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    if takeTalosLevel(of: line, at: &reader) { return true }
    var next = reader
    let node = next.word(in: line)
    guard node.count > 1, line[node.upperBound - 1] == UInt8(ascii: ":"), next.skip(" ", in: line),
      takeTalosLevel(of: line, at: &next)
    else { return false }
    stamp.host = line.text(in: node.lowerBound..<node.upperBound - 1)
    reader = next
    return true
  }

  private mutating func takeTalosLevel(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    // Two words and their colons.
    let head = line.extracting(0..<min(line.count, reader.offset + 32))
    let facility = next.until(UInt8(ascii: ":"), in: head)
    guard 3...8 ~= facility.count, next.skip(":", in: head) else { return false }
    next.skipBlanks(in: head)
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
