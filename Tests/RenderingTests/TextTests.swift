import Rendering
import Testing

@Suite("Text")
struct TextTests {
  @Test("is what was added")
  func adds() {
    var text = Text()
    text.append("a")
    text.append("é")
    text.line()
    text.line("b")
    #expect(text.string == "aé\nb\n")
    #expect(text.bytes == [0x61, 0xc3, 0xa9, 0x0a, 0x62, 0x0a])
  }

  @Test(
    "is broken at blanks",
    arguments: [
      ("one two three", 80, "one two three\n"), ("one two three", 13, "one two three\n"),
      ("one two three", 12, "one two\nthree\n"), ("one two three", 7, "one two\nthree\n"),
      ("one two three", 6, "one\ntwo\nthree\n"), ("one two three", 0, "one\ntwo\nthree\n"),
      ("  one   two ", 80, "one two\n"), ("", 80, "\n"),
      ("incomprehensible word", 5, "incomprehensible\nword\n"),
      ("日本 日本", 9, "日本 日本\n"), ("日本 日本", 8, "日本\n日本\n"),
    ])
  func paragraphs(string: String, width: Int, expected: String) {
    var text = Text()
    text.paragraph(string, width: width)
    #expect(text.string == expected)
  }

  @Test(
    "hangs from its label",
    arguments: [
      ("a bb ccc", 20, "* a bb ccc\n"), ("a bb ccc", 6, "* a bb\n  ccc\n"),
      ("a bb ccc", 5, "* a\n  bb\n  ccc\n"), ("", 5, "* \n"), ("a", 0, "* a\n"),
    ])
  func labels(string: String, width: Int, expected: String) {
    var text = Text()
    text.paragraph(string, label: "* ", width: width)
    #expect(text.string == expected)
  }
}
