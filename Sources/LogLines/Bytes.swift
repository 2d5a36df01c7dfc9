extension UInt8 {
  package var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  fileprivate var isMargin: Bool { isBlank || self == 0x0A || self == 0x0D || self == 0 }

  package var isDigit: Bool { self &- UInt8(ascii: "0") <= 9 }

  package var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

  var hexadecimalValue: UInt8? {
    if isDigit { return self - UInt8(ascii: "0") }
    let letter = (self | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : nil
  }
}

extension Span<UInt8> {
  /// As text. Names are any bytes: what isn't UTF-8 is repaired.
  package var text: String {
    unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  package func text(in range: Range<Int>) -> String { extracting(range).text }

  package var array: [UInt8] {
    unsafe withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// True where these bytes are at an offset.
  package func starts(with word: StaticString, at offset: Int = 0) -> Bool {
    let length = word.utf8CodeUnitCount
    guard offset >= 0, offset + length <= count else { return false }
    for index in 0..<length where unsafe self[offset + index] != word.utf8Start[index] {
      return false
    }
    return true
  }

  /// True where it ends with these.
  package func ends(with word: StaticString) -> Bool {
    starts(with: word, at: count - word.utf8CodeUnitCount)
  }

  /// True where it begins with these.
  package func starts(with bytes: String.UTF8View) -> Bool {
    var offset = 0
    for byte in bytes {
      guard offset < count, self[offset] == byte else { return false }
      offset += 1
    }
    return true
  }

  /// True where it begins with these.
  package func starts(with bytes: [UInt8]) -> Bool {
    guard bytes.count <= count else { return false }
    for offset in bytes.indices where self[offset] != bytes[offset] { return false }
    return true
  }

  package func holds(_ word: StaticString, in range: Range<Int>) -> Bool {
    range.count == word.utf8CodeUnitCount && starts(with: word, at: range.lowerBound)
  }

  /// True where all bytes are ASCII.
  package var isPlain: Bool {
    for offset in 0..<count where self[offset] >= 0x80 { return false }
    return true
  }

  /// The next offset of these bytes.
  package func offset(of word: StaticString, from start: Int = 0) -> Int? {
    let last = count - word.utf8CodeUnitCount
    guard start <= last else { return nil }
    let first = unsafe word.utf8Start[0]
    for offset in start...last where self[offset] == first && starts(with: word, at: offset) {
      return offset
    }
    return nil
  }

  /// The last offset of these bytes.
  package func lastOffset(of word: StaticString) -> Int? {
    var offset = count - word.utf8CodeUnitCount
    while offset >= 0 {
      if starts(with: word, at: offset) { return offset }
      offset -= 1
    }
    return nil
  }

  package func offset(of byte: UInt8, from start: Int) -> Int? {
    var offset = start
    while offset < count {
      if self[offset] == byte { return offset }
      offset += 1
    }
    return nil
  }

  /// The number of blanks that it begins with.
  package var margin: Int {
    var margin = 0
    while margin < count, self[margin].isBlank { margin += 1 }
    return margin
  }

  /// The end of a line's text, given its line end: before the other half of a line end, too.
  func textEnd(of lineEnd: Int) -> Int {
    lineEnd > 0 && self[lineEnd - 1] == UInt8(ascii: "\r") ? lineEnd - 1 : lineEnd
  }

  /// Without blanks, tabulators and line ends on either side, and without the zeros that a crash leaves in
  /// files. Other control characters can be a name's.
  package var trimmed: Range<Int> {
    var range = 0..<count
    while let first = range.first, self[first].isMargin { range.removeFirst() }
    while let last = range.last, self[last].isMargin { range.removeLast() }
    return range
  }
}
