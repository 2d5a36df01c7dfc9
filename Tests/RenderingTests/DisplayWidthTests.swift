import Rendering
import Testing

@Suite("The width of text on a terminal")
struct DisplayWidthTests {
  @Test(
    "is one column a character, two a wide one",
    arguments: [
      ("", 0), ("sleep", 5), ("é", 1), ("e\u{301}", 1), ("e\u{301}\u{302}\u{303}", 1), ("дом", 3),
      ("日本", 4), ("한글", 4), ("한", 2), ("ｆｕｌｌ", 8), ("ｶﾅ", 2), ("カナ", 4), ("。", 2),
      ("𠀀", 2), ("…", 1), ("█·", 2), ("\u{fffd}", 1), ("a日b", 4),
    ])
  func characters(text: String, expected: Int) {
    #expect(text.displayWidth == expected)
  }

  @Test(
    "is two columns an emoji, of however many parts",
    arguments: ["😀", "🚀", "🛒", "🟠", "🤖", "🪵", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇪🇺", "🧑🏿‍🚀"])
  func emoji(text: String) {
    #expect(text.displayWidth == 2 && (text + "x" + text).displayWidth == 5)
  }

  @Test("is nothing for a mark without a letter", arguments: ["\u{301}", "\u{36f}"])
  func marks(text: String) {
    #expect(text.displayWidth == 0)
  }

  @Test(
    "is cut to what fits",
    arguments: [
      ("sleep", 5, "sleep"), ("sleep", 6, "sleep"), ("sleep", 4, "sle…"), ("sleep", 1, "…"),
      ("sleep", 0, ""), ("sleep", -1, ""), ("", 0, ""), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"),
      ("日本語", 4, "日…"), ("日本語", 3, "日…"), ("日本語", 2, "…"), ("日本語", 1, "…"),
      ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("👩‍👩‍👧‍👦ab", 3, "👩‍👩‍👧‍👦…"),
    ])
  func cuts(text: String, width: Int, expected: String) {
    #expect(text.fitted(to: width) == expected)
    #expect(text.fitted(to: width).displayWidth <= max(0, width))
  }
}
