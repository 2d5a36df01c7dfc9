/// Text that no name can turn against the reader.
package enum SafeText {
  /// The text with everything made visible that a terminal would act on or that would reorder it:
  /// control characters as `\n` or `\x1b`, directional and invisible ones as `\u202e`.
  package static func visible(_ text: String) -> String {
    // Nearly all names are plain: bytes are looked through several times as fast as scalars.
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isUnsafe(scalar) { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  /// Controls of C0 and C1, line separators, directional marks and overrides, and what has no width.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: false
    case 0...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\t": return "\\t"
    case "\r": return "\\r"
    default:
      let digits = String(scalar.value, radix: 16)
      return scalar.value <= 0xFF
        ? "\\x" + padded(digits, to: 2) : "\\u" + padded(digits, to: 4)
    }
  }

  static func padded(_ digits: String, to length: Int) -> String {
    String(repeating: "0", count: max(0, length - digits.utf8.count)) + digits
  }
}
