extension Span<UInt8> {
  /// The text of a record of `/dev/kmsg`, in which what isn't printable is written as `\xNN`.
  package var unescaped: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var offset = 0
    while offset < count {
      if self[offset] == UInt8(ascii: "\\"), offset + 3 < count,
        self[offset + 1] == UInt8(ascii: "x"),
        let high = self[offset + 2].hexadecimalValue, let low = self[offset + 3].hexadecimalValue
      {
        bytes.append(high << 4 | low)
        offset += 4
      } else {
        bytes.append(self[offset])
        offset += 1
      }
    }
    return bytes
  }

  /// The text with blanks for those that keep words on one line, as pages write them, and without those that have
  /// no width; `nil` where there are none.
  package func withPlainBlanks(alsoForTabs hasTabs: Bool = false) -> [UInt8]? {
    guard
      hasTabs || offset(of: "&nbsp;") != nil || offset(of: "&#160;") != nil
        || offset(of: "\u{A0}") != nil || offset(of: "\u{202F}") != nil
        || offset(of: "\u{200B}") != nil
    else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var reader = Reader()
    while let byte = reader.next(in: self) {
      if reader.skip("&nbsp;", in: self) || reader.skip("&#160;", in: self)
        || hasTabs && reader.skip("\t", in: self) || reader.skip("\u{A0}", in: self)
        || reader.skip("\u{202F}", in: self)
      {
        bytes.append(UInt8(ascii: " "))
      } else if !reader.skip("\u{200B}", in: self) {
        bytes.append(byte)
        reader.offset += 1
      }
    }
    return bytes
  }

  /// True of the kernel's words with tabulators between them, which it never prints.
  package var showsTabs: Bool {
    offset(of: "\tinvoked\toom-killer:") != nil || offset(of: "illed\tprocess\t") != nil
  }

  /// The text of a quoted field, to the mark that ends it; two marks are one, and so is one behind a
  /// backslash.
  package var unquoted: [UInt8] {
    let mark = UInt8(ascii: "\"")
    var bytes: [UInt8] = []
    var offset = 0
    while offset < count {
      let next = offset + 1 < count ? self[offset + 1] : 0
      if self[offset] == mark, next != mark { break }
      if self[offset] == mark || self[offset] == UInt8(ascii: "\\"), next == mark { offset += 1 }
      bytes.append(self[offset])
      offset += 1
    }
    return bytes
  }

  /// The text without its colours, which dmesg and journalctl end with a reset; `nil` where there are none. A
  /// name alone hasn't room for many.
  package var uncoloured: [UInt8]? {
    guard
      offset(of: "\u{1B}[0m") != nil || offset(of: "\u{1B}[m") != nil
        || offset(of: "\u{1B}_") != nil
        || offset(of: "^[[0m") != nil || offset(of: "ESC[0m") != nil
    else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var reader = Reader()
    while let byte = reader.next(in: self) {
      if reader.skipColour(in: self) { continue }
      bytes.append(byte)
      reader.offset += 1
    }
    return bytes
  }

  /// The text that a page shows where this is its source, as far as programs escape.
  package var unmarked: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var offset = 0
    while offset < count {
      let (byte, length) = entity(at: offset) ?? (self[offset], 1)
      bytes.append(byte)
      offset += length
    }
    return bytes
  }

  private func entity(at offset: Int) -> (byte: UInt8, length: Int)? {
    guard self[offset] == UInt8(ascii: "&") else { return nil }
    if let number = numericEntity(at: offset) { return number }
    for (entity, letter) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'"),
      ("&#34;", "\""), ("&apos;", "'"), ("&nbsp;", " "),
    ] as [(StaticString, Unicode.Scalar)] where starts(with: entity, at: offset) {
      return (UInt8(ascii: letter), entity.utf8CodeUnitCount)
    }
    return nil
  }

  /// `&#61;` or `&#x3D;`. Line ends are none: a name is no line, however it is written.
  private func numericEntity(at offset: Int) -> (byte: UInt8, length: Int)? {
    var reader = Reader(offset: offset)
    guard reader.skip("&#", in: self) else { return nil }
    let isHexadecimal = reader.skip("x", in: self) || reader.skip("X", in: self)
    let number =
      isHexadecimal
      ? reader.hexadecimalDigits(in: self).flatMap { Int(exactly: $0) } : reader.natural(in: self)
    guard let number, reader.skip(";", in: self) else { return nil }
    if number == 160 { return (UInt8(ascii: " "), reader.offset - offset) }
    return 32...126 ~= number ? (UInt8(number), reader.offset - offset) : nil
  }

  /// The lines of a record that has several; rsyslog writes a line end as `#012`.
  package func recordLines(withEscapes: Bool) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    var offset = 0
    while offset < count {
      let isEscape = withEscapes && starts(with: "#012", at: offset)
      guard isEscape || self[offset] == UInt8(ascii: "\n") else {
        offset += 1
        continue
      }
      lines.append(start..<offset)
      offset += isEscape ? 4 : 1
      start = offset
    }
    if start < count { lines.append(start..<count) }
    return lines
  }
}
