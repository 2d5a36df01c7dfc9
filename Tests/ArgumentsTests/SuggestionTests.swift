import Testing

@testable import Arguments

@Suite("A suggestion")
struct SuggestionTests {
  static let names = ["rank", "list", "protect", "unprotect", "predict", "columns", "no-pager"]

  @Test(
    "is the nearest name",
    arguments: [
      ("rnak", "rank"), ("ranks", "rank"), ("lits", "list"), ("lst", "list"),
      ("protcet", "protect"),
      ("unprotetc", "unprotect"), ("prodict", "predict"), ("coluns", "columns"),
      ("nopager", "no-pager"),
    ])
  func nearest(word: String, name: String) {
    #expect(word.closest(among: Self.names) == name)
  }

  @Test(
    "is the only name that begins with the word",
    arguments: [("col", "columns"), ("r", "rank"), ("un", "unprotect"), ("no", "no-pager")])
  func beginning(word: String, name: String) {
    #expect(word.closest(among: Self.names) == name)
  }

  @Test(
    "is not made for what is too far or could be several",
    arguments: ["", "p", "pr", "kill", "rk", "lixx", "x", "rankranklist"])
  func none(word: String) {
    #expect(word.closest(among: Self.names) == nil)
  }

  @Test("prefers fewer slips to an earlier place")
  func order() {
    #expect("bast".closest(among: ["bash", "best", "bast"]) == "bast")
    #expect("abcdef".closest(among: ["abcdxx", "abcdex"]) == "abcdex")
  }

  @Test(
    "is at most two slips away, and fewer than half the letters",
    arguments: [
      ("abcde", "abcde", true), ("abcde", "abcdx", true), ("abcde", "abcxy", true),
      ("abcde", "abxyz", false), ("abcd", "abxy", false), ("abc", "abx", true), ("ab", "ax", false),
      ("abcde", "abc", true), ("abcde", "ab", false), ("abcde", "abcdefg", true),
      ("abcdef", "abcdefghi", true), ("xbcdef", "abcdefghi", false), ("abcde", "bacde", true),
      ("abcde", "badce", true), ("abcde", "bcade", true), ("abcde", "edcba", false),
      ("ab", "ba", false), ("abc", "acb", true), ("abcde", "xabcde", true),
      ("abcde", "xxabcde", true),
      ("abcde", "xxxabcde", false),
    ])
  func distance(word: String, name: String, isNear: Bool) {
    #expect((word.closest(among: [name]) != nil) == isNear)
  }
}
