/// A line of the journal while it is written.
struct JournalLine {
  private var bytes: [UInt8] = []

  mutating func add(_ number: some BinaryInteger) { add(String(number)) }

  /// A text with escapes for all that a line can't hold.
  mutating func add(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case _ where byte.isControl: bytes += "\\x".utf8 + Checksum.digits(UInt32(byte), count: 2)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\t"))
  }

  /// A text or `\N`, which no text becomes.
  mutating func add(_ text: String?) {
    if let text { add(text) } else { bytes += "\\N\t".utf8 }
  }

  /// The line with its checksum and its end.
  func finished() -> [UInt8] {
    var checksum = Checksum()
    for byte in bytes { checksum.add(byte) }
    return bytes + Checksum.digits(checksum.value, count: 8) + [UInt8(ascii: "\n")]
  }
}

/// FNV-1a with 32 bits.
struct Checksum {
  private(set) var value: UInt32 = 0x811C_9DC5

  mutating func add(_ byte: UInt8) { value = (value ^ UInt32(byte)) &* 0x0100_0193 }

  static func digits(_ value: UInt32, count: Int) -> [UInt8] {
    let digits = Array(String(value, radix: 16).utf8)
    return [UInt8](repeating: UInt8(ascii: "0"), count: count - digits.count) + digits
  }
}
