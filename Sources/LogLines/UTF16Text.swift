/// Makes UTF-8 of UTF-16, which some tools store logs in, piece by piece.
struct UTF16Text: Sendable {
  private let isLittleEndian: Bool
  /// Bytes of a unit, or of a pair of units, whose rest hasn't come yet.
  private var pending: [UInt8] = []

  /// From the first four bytes of a log; `nil` where they aren't UTF-16's. A byte order mark tells, or zeros between
  /// plain letters.
  init?(beginning: Span<UInt8>) {
    guard beginning.count >= 4 else { return nil }
    switch (beginning[0], beginning[1], beginning[2], beginning[3]) {
    case (0xFF, 0xFE, let byte, _) where byte != 0: isLittleEndian = true
    case (0xFE, 0xFF, _, let byte) where byte != 0: isLittleEndian = false
    case (1..., 0, 1..., 0): isLittleEndian = true
    case (0, 1..., 0, 1...): isLittleEndian = false
    default: return nil
    }
  }

  /// The next bytes of the log as UTF-8.
  mutating func decode(_ bytes: Span<UInt8>) -> [UInt8] {
    let all = pending + bytes.array
    var text: [UInt8] = []
    text.reserveCapacity(all.count)
    var offset = 0
    while offset + 1 < all.count {
      let unit = unit(in: all, at: offset)
      var scalar = Unicode.Scalar(UInt32(unit))
      if unit & 0xFC00 == 0xD800 {
        guard offset + 3 < all.count else { break }
        let low = self.unit(in: all, at: offset + 2)
        if low & 0xFC00 == 0xDC00 {
          scalar = Unicode.Scalar(0x10000 + UInt32(unit & 0x3FF) << 10 + UInt32(low & 0x3FF))
          offset += 2
        }
      }
      offset += 2
      // The byte order mark is no text.
      if unit != 0xFEFF { text += Array(String(scalar ?? "\u{FFFD}").utf8) }
    }
    pending = Array(all[offset...])
    return text
  }

  private func unit(in bytes: [UInt8], at offset: Int) -> UInt16 {
    let (first, second) = (UInt16(bytes[offset]), UInt16(bytes[offset + 1]))
    return isLittleEndian ? second << 8 | first : first << 8 | second
  }
}
