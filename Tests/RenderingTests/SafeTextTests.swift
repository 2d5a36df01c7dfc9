import Rendering
import Testing

@Suite("Safe text")
struct SafeTextTests {
  @Test(
    "shows what a terminal would obey",
    arguments: [
      ("a\nb\tc\rd", #"a\nb\tc\rd"#), ("\r\n", #"\r\n"#), ("\u{1b}[2J", #"\x1b[2J"#),
      ("\0", #"\x00"#), ("\u{7}\u{8}\u{b}\u{c}\u{1f}", #"\x07\x08\x0b\x0c\x1f"#),
      ("\u{7f}", #"\x7f"#), ("\u{80}\u{9b}31m\u{9f}", #"\x80\x9b31m\x9f"#),
    ])
  func controls(text: String, expected: String) {
    #expect(SafeText.visible(text) == expected)
  }

  @Test(
    "shows what would reorder it or isn't seen",
    arguments: [
      ("a\u{202e}b", #"a\u202eb"#), ("\u{202a}\u{202d}", #"\u202a\u202d"#),
      ("\u{2066}x\u{2069}", #"\u2066x\u2069"#), ("\u{200e}\u{200f}", #"\u200e\u200f"#),
      ("\u{61c}", #"\u061c"#), ("\u{2028}\u{2029}", #"\u2028\u2029"#),
      ("a\u{200b}b\u{200c}c\u{200d}d", #"a\u200bb\u200cc\u200dd"#), ("\u{2060}", #"\u2060"#),
      ("\u{feff}x", #"\ufeffx"#), ("\u{ad}", #"\xad"#), ("\u{fff9}\u{fffb}", #"\ufff9\ufffb"#),
      ("x\u{e0041}\u{e007f}", #"x\ue0041\ue007f"#), ("e\u{301}\u{200d}", "e\u{301}\\u200d"),
    ])
  func invisible(text: String, expected: String) {
    #expect(SafeText.visible(text) == expected)
  }

  @Test(
    "is left as it is otherwise",
    arguments: [
      "", " ~", "sleep", #"a\nb"#, "é", "e\u{301}", "日本", "😀", "\u{fffd}", "עברית", "\u{a0}",
      "\u{2027}\u{202f}", "\u{ac}\u{ae}", "\u{e0100}",
    ])
  func ordinary(text: String) {
    #expect(SafeText.visible(text).unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  @Test("is never changed again")
  func stable() {
    let all = String(String.UnicodeScalarView((0...0x2FFF).compactMap(Unicode.Scalar.init)))
    let visible = SafeText.visible(all)
    #expect(visible != all && SafeText.visible(visible) == visible)
  }
}
