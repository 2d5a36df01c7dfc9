import Testing

@testable import LogLines

@Suite("What isn't plain in a line")
struct EscapesTests {
  private func text(_ bytes: [UInt8]?) -> String? {
    bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "is written with a backslash in the kernel's records",
    arguments: [
      (#"a\x20b"#, "a b"), (#"\x0a"#, "\n"), (#"\xc3\xa4"#, "ä"), (#"\x2"#, #"\x2"#),
      (#"\xg0"#, #"\xg0"#),
      (#"\x0g"#, #"\x0g"#), (#"\y20"#, #"\y20"#), (#"x20"#, "x20"), (#"\x5c\x5cx"#, #"\\x"#),
    ])
  func unescaped(line: String, expected: String) {
    #expect(text(Array(line.utf8).span.unescaped) == expected)
  }

  @Test(
    "is a blank that pages write otherwise",
    arguments: [
      ("a&nbsp;b", "a b"), ("a\u{A0}b", "a b"), ("a\u{202F}b", "a b"), ("a\u{200B}b", "ab"),
      ("a b", nil), ("&nbsp;", " "),
    ] as [(String, String?)])
  func blanks(line: String, expected: String?) {
    #expect(text(Array(line.utf8).span.withPlainBlanks()) == expected)
  }

  @Test(
    "is a quotation mark in a quoted field",
    arguments: [
      (#"a"b"#, "a"), (#"a""b"c"#, #"a"b"#), (#"a\"b"c"#, #"a"b"#), ("ab", "ab"), (#"a""#, "a"),
      (#"a\b""#, #"a\b"#), (#"a\"#, #"a\"#), (#"a"""#, #"a""#), ("", ""),
    ])
  func unquoted(line: String, expected: String) {
    #expect(text(Array(line.utf8).span.unquoted) == expected)
  }

  @Test(
    "is a colour, where one is reset",
    arguments: [
      ("\u{1B}[31ma\u{1B}[0mb", "ab"), ("\u{1B}[1;31ma\u{1B}[mb\u{1B}[K", "ab"),
      ("\u{1B}[31ma", nil),
      ("\u{1B}[0ma\u{1B}[31xb", "a\u{1B}[31xb"), ("\u{1B}[m\u{1B}_a\u{07}b\u{1B}_c", "b\u{1B}_c"),
      ("a", nil),
    ] as [(String, String?)])
  func colours(line: String, expected: String?) {
    #expect(text(Array(line.utf8).span.uncoloured) == expected)
  }

  @Test(
    "is an entity in a page's source",
    arguments: [
      ("&lt;a&gt;", "<a>"), ("&amp;lt;", "&lt;"), ("&quot;&#39;&#34;&apos;", "\"'\"'"),
      ("a&b", "a&b"),
      ("&", "&"), ("&lt", "&lt"),
    ])
  func unmarked(line: String, expected: String) {
    #expect(text(Array(line.utf8).span.unmarked) == expected)
  }

  @Test(
    "is a line end within a record",
    arguments: [
      ("a\nb", false, ["a", "b"]), ("a#012b", true, ["a", "b"]), ("a#012b", false, ["a#012b"]),
      ("a\n", false, ["a"]), ("a#012", true, ["a"]), ("\na", false, ["", "a"]), ("", false, []),
      ("#01", true, ["#01"]), ("a\n#012b", true, ["a", "", "b"]),
    ] as [(String, Bool, [String])])
  func lines(record: String, withEscapes: Bool, expected: [String]) {
    let bytes = Array(record.utf8)
    let lines = bytes.span.recordLines(withEscapes: withEscapes)
    #expect(lines.map { bytes.span.text(in: $0) } == expected)
  }
}
