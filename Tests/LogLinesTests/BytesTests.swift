import Testing

@testable import LogLines

@Suite struct BytesTests {
  @Test(arguments: [([], true), ([0, 0x7F], true), ([0x7F, 0x80], false), ([0xFF], false)])
  func `bytes are plain up to 127`(bytes: [UInt8], expected: Bool) {
    #expect(bytes.span.isPlain == expected)
  }

  @Test(arguments: [("a\n", 1), ("a\r\n", 1), ("\n", 0), ("\r\n", 0), ("\r\r\n", 1)])
  func `a line's text ends before both halves of its end`(line: String, end: Int) {
    let bytes = Array(line.utf8)
    #expect(bytes.span.textEnd(of: bytes.count - 1) == end)
  }

  @Test(arguments: [
    ("a b", "a", 0, true), ("a b", "b", 2, true), ("a b", " b", 1, true), ("a b", "b ", 2, false),
    ("a b", "a", -1, false), ("a b", "b", 3, false), ("a b", "a b", 0, true),
    ("a b", "a bc", 0, false),
    ("a b", "ac", 0, false),
  ])
  func `bytes stand at an offset`(text: String, word: String, offset: Int, expected: Bool) {
    let bytes = Array(text.utf8)
    for known in Self.words where known.description == word {
      #expect(bytes.span.starts(with: known, at: offset) == expected)
      guard offset >= 0 else { continue }
      let range = offset..<offset + word.utf8.count
      #expect(bytes.span.holds(known, in: range) == expected)
      let longer = range.lowerBound..<range.upperBound + 1
      #expect(bytes.span.holds(known, in: longer) == false)
      #expect(bytes.span.ends(with: known) == text.hasSuffix(word))
    }
    #expect(bytes.span.starts(with: word.utf8) == text.hasPrefix(word))
  }

  private static let words: [StaticString] = ["a", "b", " b", "b ", "a b", "a bc", "ac"]

  @Test(
    arguments: [
      ("abab", 0, 0, 2), ("abab", 1, 2, 2), ("abab", 2, 2, 2), ("abab", 3, nil, 2),
      ("xab", 0, 1, 1),
      ("ab", 0, 0, 0), ("ba", 0, nil, nil), ("a", 0, nil, nil), ("", 0, nil, nil),
    ] as [(String, Int, Int?, Int?)])
  func `bytes are found from either end`(text: String, start: Int, first: Int?, last: Int?) {
    let bytes = Array(text.utf8)
    #expect(bytes.span.offset(of: "ab", from: start) == first)
    #expect(bytes.span.lastOffset(of: "ab") == last)
    #expect(bytes.span.offset(of: UInt8(ascii: "x"), from: 0) == (text.hasPrefix("x") ? 0 : nil))
    #expect(bytes.span.offset(of: UInt8(ascii: "x"), from: 1) == nil)
  }

  @Test(arguments: [
    ("a", 0..<1, 0), (" a b\t", 1..<4, 1), ("\t\r\n\0a\0\n", 4..<5, 1), (" \t", 2..<2, 2),
    ("", 0..<0, 0), ("a\u{1}", 0..<2, 0), ("  a", 2..<3, 2),
  ])
  func `blanks, ends and zeros are a line's margin`(line: String, trimmed: Range<Int>, margin: Int)
  {
    let bytes = Array(line.utf8)
    #expect(bytes.span.trimmed.count == trimmed.count)
    #expect(bytes.span.trimmed.isEmpty || bytes.span.trimmed == trimmed)
    #expect(bytes.span.margin == margin)
  }

  @Test func `each byte is a blank, a letter or a digit of some kind, or none`() {
    for byte in UInt8.min ... .max {
      let scalar = Unicode.Scalar(byte)
      let letter = byte < 0x80 ? Character(scalar) : "\0"
      #expect(byte.isBlank == (letter == " " || letter == "\t"))
      #expect(byte.isDigit == ("0"..."9" ~= scalar))
      #expect(byte.isLetter == letter.isLetter)
      #expect(byte.hexadecimalValue == letter.hexDigitValue.map { UInt8($0) })
    }
  }
}
