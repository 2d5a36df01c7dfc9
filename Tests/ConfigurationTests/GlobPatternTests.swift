import Testing

@testable import Configuration

@Suite("A pattern")
struct GlobPatternTests {
  /// Texts that a pattern matches, and others.
  struct Case: Sendable, CustomTestStringConvertible {
    let pattern: String
    let matching: [String]
    let others: [String]
    var testDescription: String { pattern }

    init(_ pattern: String, _ matching: [String], not others: [String]) {
      (self.pattern, self.matching, self.others) = (pattern, matching, others)
    }
  }

  @Test(
    "matches whole texts",
    arguments: [
      Case("", [""], not: ["a"]), Case("a", ["a"], not: ["", "b", "aa"]),
      Case("?", ["a", "/"], not: ["", "ab"]), Case("*", ["", "a", "ab"], not: []),
      Case("a*", ["a", "ab"], not: ["", "ba"]), Case("*a", ["a", "ba", "aa"], not: ["", "ab"]),
      Case("a*b", ["ab", "acb", "abb", "abab"], not: ["a", "ba", "abc"]),
      Case("*a*b*", ["ab", "xaxbx"], not: ["ba", "a"]), Case("a**", ["a", "ab"], not: ["b"]),
      Case("*ab", ["aab", "abab"], not: ["aba"]), Case("a?c", ["abc"], not: ["ac", "abbc"]),
      Case(#"\*"#, ["*"], not: ["a", #"\*"#]), Case(#"a\"#, [#"a\"#], not: ["a"]),
      Case("[ab]", ["a", "b"], not: ["c", "ab", ""]), Case("[!a]", ["b"], not: ["a", ""]),
      Case("[^a]", ["b"], not: ["a"]), Case("[a^!]", ["a", "^", "!"], not: ["b"]),
      Case("[]a]", ["]", "a"], not: ["b"]), Case("[!]a]", ["b"], not: ["]", "a"]),
      Case("[b-d]", ["b", "c", "d"], not: ["a", "e", "-"]),
      Case("[d-b]", [], not: ["b", "c", "d"]),
      Case("[b-b]", ["b"], not: ["a", "c"]),
      Case("[a-]", ["a", "-"], not: ["b"]), Case("[-a]", ["a", "-"], not: ["b"]),
      Case("[a-c-e]", ["b", "-", "e"], not: ["d"]), Case("[ab", ["[ab"], not: ["a"]),
      Case("[", ["["], not: ["a"]), Case("[]", ["[]"], not: ["]"]),
      Case("[a-", ["[a-"], not: ["a"]),
      Case(#"[\]]"#, ["]"], not: [#"\"#]), Case(#"[a-\c]"#, ["b", "c"], not: ["d", #"\"#]),
      Case("[[:digit:]]", ["0", "9"], not: ["a", ":", "["]),
      Case("[[:lower:]]", ["a", "z"], not: ["A", "0"]),
      Case("[[:upper:]]", ["A", "Z"], not: ["a"]),
      Case("[[:alpha:]]", ["a", "Z"], not: ["0"]),
      Case("[[:alnum:]]", ["a", "Z", "5"], not: ["-"]),
      Case("[[:digit:]x]", ["5", "x"], not: ["d"]), Case("[x[:digit:]]", ["5", "x"], not: [":"]),
      Case("[[:odd:]]", ["[]", ":]", "o]"], not: ["["]), Case("[[a]", ["[", "a"], not: ["b"]),
    ])
  func wholeTexts(example: Case) {
    let pattern = GlobPattern(Array(example.pattern.utf8)[...])
    for text in example.matching { #expect(pattern.matches(Array(text.utf8)[...]), "\(text)") }
    for text in example.others { #expect(!pattern.matches(Array(text.utf8)[...]), "\(text)") }
  }

  @Test(
    "matches paths part by part",
    arguments: [
      ("vm/*", "vm/a", true), ("vm/*", "vm/a/b", false), ("vm/*", "vm", false),
      ("*/*", "vm/a", true), ("v?/a", "vm/a", true), ("v?/a", "vm/b", false),
      ("vm/*/", "vm/a", false), ("./vm//*", "vm/a", true), ("*", "vm/a", false),
    ])
  func paths(pattern: String, path: String, matches: Bool) {
    #expect(GlobPattern.path(Array(pattern.utf8), matches: Array(path.utf8)) == matches)
  }
}
