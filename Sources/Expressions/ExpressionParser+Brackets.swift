extension ExpressionParser {
  /// One thing in a bracket expression.
  private enum Element {
    case byte(UInt8)
    case set(ByteSet)
  }

  /// The bytes that `[…]` means, from behind the `[`.
  mutating func parseBracket() throws(ExpressionProblem) -> ByteSet {
    var set = ByteSet()
    let isInverted = next == UInt8(ascii: "^")
    if isInverted { offset += 1 }
    var isFirst = true
    while isFirst || next != UInt8(ascii: "]") {
      switch try parseElement(isFirst: isFirst) {
      case .set(let members): set = ByteSet { set.contains($0) || members.contains($0) }
      case .byte(let low):
        let high = try parseRangeEnd() ?? low
        guard low <= high else { throw .badRange }
        for byte in low...high { set.insert(byte) }
      }
      isFirst = false
    }
    offset += 1
    return isInverted ? set.inverted : set
  }

  /// The end of a range, after its `-`; a `-` before the `]` means itself.
  private mutating func parseRangeEnd() throws(ExpressionProblem) -> UInt8? {
    guard next == UInt8(ascii: "-"), offset + 1 < bytes.count,
      bytes[offset + 1] != UInt8(ascii: "]")
    else { return nil }
    offset += 1
    guard case .byte(let byte) = try parseElement(isFirst: true) else { throw .badRange }
    return byte
  }

  private mutating func parseElement(isFirst: Bool) throws(ExpressionProblem) -> Element {
    guard let byte = take() else { throw .openBracket }
    if byte == UInt8(ascii: "-"), !isFirst, let next, next != UInt8(ascii: "]") {
      throw .badRange
    }
    guard byte == UInt8(ascii: "["), let mark = next, ":=.".utf8.contains(mark) else {
      return .byte(byte)
    }
    offset += 1
    let start = offset
    while next != mark || offset + 1 >= bytes.count || bytes[offset + 1] != UInt8(ascii: "]") {
      guard take() != nil else { throw .openBracket }
    }
    let name = bytes[start..<offset]
    offset += 2
    if mark == UInt8(ascii: ":") {
      let word = String(decoding: name, as: UTF8.self)
      guard let condition = ByteSet.classes[word] else { throw .unknownClass(word) }
      return .set(ByteSet(where: condition))
    }
    // Each character of the C locale is equivalent to itself, and none has a name of several.
    guard name.count == 1, let byte = name.first else {
      throw .unknownClass(String(decoding: name, as: UTF8.self))
    }
    return mark == UInt8(ascii: "=") ? .set(ByteSet { $0 == byte }) : .byte(byte)
  }
}

extension ByteSet {
  /// The classes of the C locale.
  fileprivate static let classes: [String: @Sendable (UInt8) -> Bool] = [
    "alnum": { isOfWord($0) && $0 != UInt8(ascii: "_") },
    "alpha": { isLetter($0) },
    "blank": { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") },
    "cntrl": { $0 < 0x20 || $0 == 0x7f },
    "digit": { isDigit($0) },
    "graph": { $0 > 0x20 && $0 < 0x7f },
    "lower": { isLetter($0) && $0 & 0x20 != 0 },
    "print": { $0 >= 0x20 && $0 < 0x7f },
    "punct": { $0 > 0x20 && $0 < 0x7f && !isLetter($0) && !isDigit($0) },
    "space": { isSpace($0) },
    "upper": { isLetter($0) && $0 & 0x20 == 0 },
    "xdigit": { isDigit($0) || isLetter($0) && $0 | 0x20 <= UInt8(ascii: "f") },
  ]

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
