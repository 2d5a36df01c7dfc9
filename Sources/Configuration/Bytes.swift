extension UInt8 {
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  /// Of C0, or the one above them.
  var isControl: Bool { self < 0x20 || self == 0x7F }

  /// True for the first byte of a character, or its only one.
  var beginsCharacter: Bool { self & 0xC0 != 0x80 }
}

extension ArraySlice<UInt8> {
  /// Without the blanks at both ends.
  var trimmed: Self {
    var rest = drop(while: \.isBlank)
    while rest.last?.isBlank == true { rest = rest.dropLast() }
    return rest
  }

  /// Without the mark that some editors put before all text.
  var withoutByteOrderMark: Self { starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self }

  /// Each line with its end, so that together they are the whole.
  var lines: [Self] {
    var lines: [Self] = []
    var start = startIndex
    for offset in indices where self[offset] == UInt8(ascii: "\n") {
      lines.append(self[start...offset])
      start = offset + 1
    }
    if start < endIndex { lines.append(self[start...]) }
    return lines
  }

  var text: String { String(decoding: self, as: UTF8.self) }

  /// Within quotation marks, and cut where it grows too long for a message.
  var quoted: String {
    let text = self.text
    return text.count > 40 ? "'\(text.prefix(40))…'" : "'\(text)'"
  }
}

extension String {
  /// On one line of a comment whatever it holds: all that isn't seen is a blank, and a long text is cut.
  var asComment: String {
    let longest = 200
    var result = ""
    for scalar in unicodeScalars.prefix(longest) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return unicodeScalars.dropFirst(longest).isEmpty ? result : result + "…"
  }
}
