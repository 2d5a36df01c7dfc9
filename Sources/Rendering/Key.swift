/// A key, as a terminal tells of it.
package enum Key: Hashable, Sendable {
  case character(Character)
  case up, down, left, right, pageUp, pageDown, home, end
  case enter, escape, backspace, delete, tab
  /// With the control key held; the letter is a small one.
  case control(Character)
}

/// Makes keys of the bytes that a terminal sends (ECMA-48, and xterm's sequences).
package struct KeyDecoder: Sendable {
  private var pending: [UInt8] = []
  private var keys: [Key] = []

  package init() {}

  /// True while the meaning of the last bytes is open: an escape may be a key or the beginning of a
  /// sequence.
  package var isWaiting: Bool { !pending.isEmpty }

  /// The keys that are complete with these bytes.
  package mutating func keys(from bytes: some Sequence<UInt8>) -> [Key] {
    keys = []
    for byte in bytes { take(byte) }
    return keys
  }

  /// The keys when nothing more has come: an escape that was left was the key itself.
  package mutating func flush() -> [Key] {
    let isEscape = pending == [Self.escape]
    pending = []
    return isEscape ? [.escape] : []
  }

  private static let escape: UInt8 = 0x1B

  private mutating func take(_ byte: UInt8) {
    if pending.first == Self.escape { return takeSequence(byte) }
    if !pending.isEmpty || byte > 0x7F { return takeCharacter(byte) }
    switch byte {
    case Self.escape: pending = [byte]
    case 0x0D, 0x0A: keys.append(.enter)
    case 0x09: keys.append(.tab)
    case 0x7F, 0x08: keys.append(.backspace)
    case 0x01...0x1A: keys.append(.control(Character(Unicode.Scalar(byte + 0x60))))
    case 0x20...0x7E: keys.append(.character(Character(Unicode.Scalar(byte))))
    default: break
    }
  }

  /// One of several bytes of UTF-8. What isn't is dropped.
  private mutating func takeCharacter(_ byte: UInt8) {
    if pending.isEmpty {
      if (0xC2...0xF4).contains(byte) { pending = [byte] }
      return
    }
    guard byte & 0xC0 == 0x80 else {
      pending = []
      return take(byte)
    }
    pending.append(byte)
    guard pending.count == Self.length(startingWith: pending[0]) else { return }
    let text = String(decoding: pending, as: UTF8.self)
    pending = []
    if let scalar = text.unicodeScalars.first, !SafeText.isUnsafe(scalar) {
      keys.append(.character(Character(scalar)))
    }
  }

  private static func length(startingWith byte: UInt8) -> Int {
    byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }

  private mutating func takeSequence(_ byte: UInt8) {
    if byte == Self.escape {
      // The former one was a key.
      keys.append(.escape)
      pending = [byte]
      return
    }
    if pending.count == 1 {
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") {
        pending.append(byte)
      } else {
        // With the alternate key held.
        pending = []
        keys.append(.escape)
        take(byte)
      }
      return
    }
    pending.append(byte)
    // Parameters, and the second bracket of a Linux console's function key.
    let isFinal = (0x40...0x7E).contains(byte) && !(byte == UInt8(ascii: "[") && pending.count == 3)
    guard isFinal || pending.count > Self.longestSequence else { return }
    if isFinal, let key = Self.key(of: pending) { keys.append(key) }
    pending = []
  }

  private static let longestSequence = 16

  /// Of a whole sequence; modifiers make no difference. `nil` for a key that nobody asks for.
  private static func key(of sequence: [UInt8]) -> Key? {
    // A function key of the Linux console's.
    if sequence.count > 2, sequence[2] == UInt8(ascii: "[") { return nil }
    return switch sequence.last {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "M") where sequence[1] == UInt8(ascii: "O"): .enter
    case UInt8(ascii: "~"):
      switch sequence.dropFirst(2).prefix(while: { (0x30...0x39).contains($0) }) {
      case [UInt8(ascii: "1")], [UInt8(ascii: "7")]: .home
      case [UInt8(ascii: "4")], [UInt8(ascii: "8")]: .end
      case [UInt8(ascii: "3")]: .delete
      case [UInt8(ascii: "5")]: .pageUp
      case [UInt8(ascii: "6")]: .pageDown
      default: nil
      }
    default: nil
    }
  }
}
