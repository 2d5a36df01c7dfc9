import Testing

@testable import LogLines

@Suite("A reader of a line")
struct ReaderTests {
  @Test(
    "reads numbers that fit, and passes over those that don't",
    arguments: [
      ("0", 0, 1), ("17x", 17, 2), ("007", 7, 3), ("9223372036854775807", .max, 19),
      ("9223372036854775808", nil, 19), ("92233720368547758070", nil, 20), ("x", nil, 0),
      ("", nil, 0),
      ("-5", nil, 0), ("9", 9, 1), ("/", nil, 0), (":", nil, 0),
    ] as [(String, Int?, Int)])
  func naturals(line: String, expected: Int?, end: Int) {
    var reader = Reader()
    #expect(reader.natural(in: Array(line.utf8).span) == expected)
    #expect(reader.offset == end)
  }

  @Test(
    "reads signs",
    arguments: [
      ("-5", -5, 2), ("5", 5, 1), ("-0", 0, 2), ("-", nil, 0), ("-x", nil, 0), ("--5", nil, 0),
      ("-9223372036854775808", nil, 20), ("", nil, 0),
    ] as [(String, Int?, Int)])
  func integers(line: String, expected: Int?, end: Int) {
    var reader = Reader()
    #expect(reader.integer(in: Array(line.utf8).span) == expected)
    #expect(reader.offset == end)
  }

  @Test(
    "reads hexadecimal numbers behind their mark",
    arguments: [
      ("0x0", 0), ("0xfF", 255), ("0x09afAF", 0x9afaf), ("0xffffffffffffffff", .max),
      ("0x10000000000000000", nil), ("0x00000000000000001", 1), ("0x", nil), ("0xg", nil),
      ("ff", nil),
      ("0x1g", 1), ("0x0123456789abcdef", 0x0123_4567_89ab_cdef),
    ] as [(String, UInt64?)])
  func hexadecimals(line: String, expected: UInt64?) {
    var reader = Reader()
    #expect(reader.hexadecimal(in: Array(line.utf8).span) == expected)
  }

  @Test(
    "passes over what sets colours, and over nothing else",
    arguments: [
      ("\u{1B}[31mx", 5), ("\u{1B}[mx", 3), ("\u{1B}[1;31mx", 7), ("\u{1B}[Kx", 3),
      ("\u{1B}_a\u{07}x", 4),
      ("\u{1B}_a", nil), ("\u{1B}[31", nil), ("\u{1B}[31x", nil), ("\u{1B}", nil), ("x", nil),
    ] as [(String, Int?)])
  func colours(line: String, end: Int?) {
    var reader = Reader()
    #expect(reader.skipColour(in: Array(line.utf8).span) == (end != nil))
    #expect(reader.offset == end ?? 0)
  }

  @Test("goes on behind what it has read")
  func steps() {
    let line = Array(" \tab,c d".utf8)
    var reader = Reader()
    reader.skipBlanks(in: line.span)
    #expect(reader.offset == 2)
    #expect(reader.until(UInt8(ascii: ","), in: line.span) == 2..<4)
    let skips = (reader.skip(",", in: line.span), reader.skip(",", in: line.span))
    #expect(skips == (true, false))
    #expect(reader.next(in: line.span) == UInt8(ascii: "c"))
    #expect(reader.word(in: line.span) == 5..<6)
    let finds = (reader.skipPast("d", in: line.span), reader.skipPast("a", in: line.span))
    #expect(finds == (true, false))
    #expect(reader.isAtEnd(of: line.span) == true)
    #expect(reader.next(in: line.span) == nil)
    #expect(reader.until(UInt8(ascii: ","), in: line.span) == 8..<8)
    #expect(reader.word(in: line.span) == 8..<8)
    reader.skipBlanks(in: line.span)
    #expect(reader.offset == 8)
  }
}
