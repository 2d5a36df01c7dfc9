/// Goes through a journal once: finds lines, fields and checksums on the way.
struct JournalReader {
  struct Line {
    /// `nil` where the line doesn't end with its checksum.
    let fields: JournalFields?
  }

  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next line, or `nil` at the end.
  mutating func next() -> Line? {
    let bytes = self.bytes
    let text = bytes.span
    guard offset < text.count else { return nil }
    var index = offset
    var checksum: UInt32 = Checksum().value
    // The checksum up to the last tab.
    var checksumOfFields = checksum
    var start = offset
    var fields: [Range<Int>] = []
    var hasEscapes = false
    while index < text.count {
      let byte = text[index]
      if byte == 0x0A { break }
      index += 1
      // As in `Checksum`, but a call for each byte is slow in a debug build.
      checksum = (checksum ^ UInt32(truncatingIfNeeded: byte)) &* 0x0100_0193
      if byte == 0x09 {
        fields.append(start..<index - 1)
        start = index
        checksumOfFields = checksum
      } else if byte == 0x5C {
        hasEscapes = true
      }
    }
    offset = index + 1
    guard index - start == 8,
      Checksum.digits(checksumOfFields, count: 8)[...] == bytes[start..<index]
    else {
      return Line(fields: nil)
    }
    return Line(fields: JournalFields(of: bytes, at: fields, hasEscapes: hasEscapes))
  }
}
