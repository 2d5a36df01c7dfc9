/// The prefix of a log whose form isn't known, as one of its lines shows it: what is constant but for
/// times, levels, numbers and names.
///
/// With it lines are read that show nothing of where the kernel's words begin, as the rows of a table.
package struct PrefixPattern: Equatable, Sendable {
  private var parts: [Part] = []

  private enum Part: Equatable, Sendable {
    /// One or more blanks; the last ones of a prefix are as many as they were.
    case blanks(atLeast: Int)
    /// What stands between brackets that begin with this one.
    case group(UInt8)
    /// A word with a number in it: a time, a process, a host.
    case varying
    /// A word that is one of a few: a month, a weekday, a level.
    case word
    /// A word that tells who wrote it, or a sign.
    case literal([UInt8])
  }

  /// Longer ones are no prefixes.
  private static let mostParts = 64

  /// The pattern of a prefix; `nil` of one that is none.
  package init?(_ prefix: Span<UInt8>) {
    var offset = 0
    while let (part, end) = Self.part(of: prefix, at: offset) {
      parts.append(part)
      offset = end
      guard parts.count <= Self.mostParts else { return nil }
    }
    guard !parts.isEmpty else { return nil }
  }

  /// The offset at which a line's message begins; `nil` where the line has another prefix.
  package func end(in line: Span<UInt8>) -> Int? {
    var offset = 0
    for (index, expected) in parts.enumerated() {
      if case .blanks(let least) = expected, index == parts.count - 1 {
        guard offset + least <= line.count else { return nil }
        for place in offset..<offset + least where !line[place].isBlank { return nil }
        return offset + least
      }
      guard let (part, end) = Self.part(of: line, at: offset), Self.agree(part, expected) else {
        return nil
      }
      offset = end
    }
    return offset
  }

  private static func agree(_ part: Part, _ expected: Part) -> Bool {
    switch (part, expected) {
    case (.blanks, .blanks), (.varying, .varying), (.word, .word): true
    // A name may have a number, or none.
    case (.varying, .word), (.word, .varying): true
    case (.group(let one), .group(let other)): one == other
    case (.literal(let one), .literal(let other)): one == other
    default: false
    }
  }

  private static func part(of line: Span<UInt8>, at start: Int) -> (Part, end: Int)? {
    guard start < line.count else { return nil }
    var reader = Reader(offset: start)
    let byte = line[start]
    if byte.isBlank {
      reader.skipBlanks(in: line)
      return (.blanks(atLeast: reader.offset - start), reader.offset)
    }
    if let closing = byte.closingBracket {
      _ = reader.until(closing, in: line)
      if !reader.isAtEnd(of: line) { return (.group(byte), reader.offset + 1) }
      return (.literal([byte]), start + 1)
    }
    guard byte.isPartOfWord else { return (.literal([byte]), start + 1) }
    var hasDigit = false
    while let next = reader.next(in: line), next.isPartOfWord {
      hasDigit = hasDigit || next.isDigit
      reader.offset += 1
    }
    if hasDigit { return (.varying, reader.offset) }
    // A colon makes a tag of it.
    let isTag =
      reader.next(in: line) == UInt8(ascii: ":") || reader.next(in: line) == UInt8(ascii: "[")
    let text = line.extracting(start..<reader.offset)
    return (isTag ? .literal(text.array) : .word, reader.offset)
  }
}

extension UInt8 {
  /// True within a word: letters, digits, what isn't ASCII, and the signs in times and names.
  fileprivate var isPartOfWord: Bool {
    switch self {
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"),
      UInt8(ascii: "+"), UInt8(ascii: "@"):
      true
    default: isLetter || isDigit || self >= 0x80
    }
  }
}
