import Testing

@testable import ProcFS

@Suite("A cursor")
struct CursorTests {
  @Test(
    "reads a natural number if there is one that 64 bits hold",
    arguments: [
      ("0", 0), ("007", 7), ("12x", 12), ("3.5", 3), ("18446744073709551615", .max),
      ("18446744073709551616", nil), ("99999999999999999999", nil), ("", nil), (" 1", nil),
      ("x", nil), ("-1", nil), ("+1", nil), ("/", nil), (":", nil), ("٣", nil),
    ] as [(String, UInt64?)])
  func natural(text: String, expected: UInt64?) {
    var cursor = Cursor()
    let value = cursor.natural(in: Array(text.utf8).span)
    #expect(value == expected)
  }

  @Test(
    "reads an integer if there is one within Int",
    arguments: [
      ("0", 0), ("-0", 0), ("-17", -17), ("1000\n", 1000),
      ("9223372036854775807", .max), ("9223372036854775808", nil),
      ("-9223372036854775808", .min), ("-9223372036854775809", nil),
      ("-18446744073709551615", nil), ("-99999999999999999999", nil), ("", nil), ("-", nil),
      ("--1", nil), ("+1", nil), ("- 1", nil), ("1-", 1),
    ] as [(String, Int?)])
  func integer(text: String, expected: Int?) {
    var cursor = Cursor()
    let value = cursor.integer(in: Array(text.utf8).span)
    #expect(value == expected)
  }

  @Test(
    "reads a hexadecimal word",
    arguments: [
      ("000001ffffffffff\n", 0x1ff_ffff_ffff), ("0", 0), ("ffffffffffffffff x", .max),
      ("10000000000000000", nil), ("0x10", nil), ("", nil), ("fg", nil),
    ] as [(String, UInt64?)])
  func hexadecimal(text: String, expected: UInt64?) {
    var cursor = Cursor()
    let value = cursor.hexadecimal(in: Array(text.utf8).span)
    #expect(value == expected)
  }

  @Test("goes from word to word and from line to line")
  func advances() {
    let bytes = Array("one \t two\nthree".utf8)
    let text = bytes.span
    var cursor = Cursor()
    #expect(cursor.word(in: text) == 0..<3)
    cursor.skipBlanks(in: text)
    #expect(cursor.offset == 6 && !cursor.isAtLineEnd(in: text))
    #expect(cursor.word(in: text) == 6..<9)
    #expect(cursor.isAtLineEnd(in: text) && !cursor.isAtEnd(in: text))
    #expect(cursor.line(in: text) == 9..<9)
    #expect(cursor.line(in: text) == 10..<15)
    #expect(cursor.isAtEnd(in: text) && cursor.isAtLineEnd(in: text))
    #expect(cursor.line(in: text).isEmpty && cursor.word(in: text).isEmpty)
  }

  @Test("skips a byte only where it stands")
  func skips() {
    let bytes = Array("(x".utf8)
    var cursor = Cursor()
    #expect(!cursor.skip(UInt8(ascii: "x"), in: bytes.span) && cursor.offset == 0)
    #expect(cursor.skip(UInt8(ascii: "("), in: bytes.span) && cursor.offset == 1)
    #expect(cursor.skip(UInt8(ascii: "x"), in: bytes.span) && cursor.offset == 2)
    #expect(!cursor.skip(UInt8(ascii: "x"), in: bytes.span) && cursor.offset == 2)
  }
}
