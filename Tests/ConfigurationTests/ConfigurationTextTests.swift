import Testing

@testable import Configuration

@Suite("Texts of configuration")
struct ConfigurationTextTests {
  @Test("are cut in comments after 200 characters", arguments: [0, 199, 200, 201])
  func comments(count: Int) {
    let text = String(repeating: "é", count: count)
    #expect(
      text.asComment == String(repeating: "é", count: min(count, 200)) + (count > 200 ? "…" : ""))
  }

  @Test(
    "have nothing unseen in comments",
    arguments: ["\n", "\t", "\u{7f}", "\u{85}", "\u{200b}", "\u{2028}", "\u{2029}"])
  func unseen(text: String) {
    #expect("a\(text)b".asComment == "a b")
  }

  @Test("are cut in errors after 40 characters", arguments: [0, 39, 40, 41])
  func quotations(count: Int) {
    let word = String(repeating: "é", count: count)
    let quoted = "'" + String(repeating: "é", count: min(count, 40)) + (count > 40 ? "…'" : "'")
    #expect(Array(word.utf8)[...].quoted == quoted)
  }

  @Test(
    "may begin with a mark, as some editors have it",
    arguments: [([0xEF, 0xBB, 0xBF, 65], 1), ([0xEF, 0xBB, 65], 3), ([65, 0xEF, 0xBB, 0xBF], 4)])
  func mark(bytes: [UInt8], count: Int) {
    #expect(bytes[...].withoutByteOrderMark.count == count)
  }

  @Test(
    "are lines with their ends",
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a\n"]), ("\n\na", ["\n", "\n", "a"]),
    ] as [(String, [String])])
  func lines(text: String, lines: [String]) {
    #expect(Array(text.utf8)[...].lines.map(\.text) == lines)
  }

  @Test(
    "are trimmed of blanks alone",
    arguments: [(" \ta b\t ", "a b"), ("", ""), (" ", ""), ("\na", "\na")])
  func trimmed(text: String, trimmed: String) {
    #expect(Array(text.utf8)[...].trimmed.text == trimmed)
  }

  @Test(
    "hold controls of one byte below the blank, and at 0x7F",
    arguments: [
      (0, true), (0x1F, true), (0x20, false), (0x7E, false), (0x7F, true), (0x80, false),
    ] as [(UInt8, Bool)])
  func controls(byte: UInt8, isControl: Bool) {
    #expect(byte.isControl == isControl)
  }
}

@Suite("A selector of a rule")
struct RuleSelectorTests {
  private func selector(_ kind: RuleSelector.Kind, _ text: String) -> RuleSelector {
    RuleSelector(kind: kind, text: text, column: 1)
  }

  @Test(
    "may swallow others, where it is an expression",
    arguments: [
      (.match, "x user:root", "user:root"), (.match, "x  y\tname:a b", "name:a"),
      (.match, "user:root", nil), (.match, "x user :root", nil), (.match, "x auser:b", nil),
      (.match, "x", nil), (.match, "x user:a name:b", "user:a"), (.name, "x user:root", nil),
      (.bare, "x user:root", nil),
    ] as [(RuleSelector.Kind, String, String?)])
  func swallowing(kind: RuleSelector.Kind, text: String, swallowed: String?) {
    #expect(selector(kind, text).swallowedSelector == swallowed)
  }

  @Test("is spelled as it is written")
  func spelling() {
    #expect(selector(.bare, "nginx").spelling == "nginx")
    for kind in RuleSelector.Kind.allCases where kind != .bare {
      #expect(selector(kind, "x").spelling == "\(kind.rawValue):x")
      #expect(RuleSelector.Kind(beginning: Array("\(kind.rawValue):x".utf8)[...]) == kind)
      #expect(RuleSelector.Kind(beginning: Array("\(kind.rawValue)x".utf8)[...]) == nil)
    }
    #expect(RuleSelector.Kind(beginning: Array("bare:x".utf8)[...]) == nil)
  }

  @Test(
    "holds any character but controls",
    arguments: [
      ("\u{80}", false), ("\u{9f}", false), ("\u{a0}", true), ("\u{bf}", true), ("\u{c0}", true),
      ("\t", true),
      ("\u{7e}", true), ("\u{1f}", false),
    ])
  func characters(text: String, isTaken: Bool) {
    let parsed = GuardRules.parse(Array("a\(text)b = 5".utf8))
    #expect(parsed.problems.isEmpty == isTaken)
    #expect(parsed.problems.allSatisfy { $0.column == 2 })
  }

  @Test(
    "may have a number sign, but no comment behind its number",
    arguments: [
      ("a = 5 # b = 6", false), ("a # b = 6", true), ("5 # b = 6", true), ("a =5\t#x = 6", false),
      ("a = 5# = 6", true), ("a = x # b = 6", true), ("a 5 # b = 6", false),
    ])
  func numberSigns(line: String, isTaken: Bool) {
    let parsed = GuardRules.parse(Array(line.utf8))
    #expect(parsed.problems.isEmpty == isTaken)
    #expect(parsed.rules.rules.map(\.adjustment) == (isTaken ? [6] : []))
  }

  @Test(
    "has a kind that is asked for, letters and a colon",
    arguments: [
      ("a-b:c = 5", false), ("a_b:c = 5", false), ("Z:c = 5", false), ("z:c = 5", false),
      ("a1:c = 5", true), (":c = 5", true), ("a b:c = 5", false), ("name:a b:c = 5", true),
      ("a/b:c = 5", true), ("@a:c = 5", true), ("[a:c = 5", true), ("{a:c = 5", true),
    ])
  func kinds(line: String, isTaken: Bool) {
    #expect(GuardRules.parse(Array(line.utf8)).problems.isEmpty == isTaken)
  }

  @Test("is read as long as there is time")
  func time() {
    var linesLeft = 2
    let parsed = GuardRules.parse(Array("a = 1\nb = 2\nc = 3\n".utf8)) {
      linesLeft -= 1
      return linesLeft >= 0
    }
    #expect(parsed.rules.rules.map(\.line) == [1, 2])
  }
}

@Suite("oomctl's own rules in a file")
struct OwnRulesTests {
  private let bytes = Array(
    """
    a = 1
    # oomctl protect: x
    b = 2
    # oomctl protect: y
    name:C d user:e -3
    # oomctl protect: z
    broken
    #oomctl protect: no
    f = 4
    # oomctl protect: last
    """.utf8)

  @Test("are those below its mark")
  func selectors() {
    #expect(GuardRules.ownSelectors(in: bytes) == ["b", "name:C d user:e"])
    #expect(GuardRules.ownSelectors(in: []) == [])
  }

  @Test(
    "have their adjustments",
    arguments: [
      ("a", nil), ("b", 2), (" b ", 2), ("name:C d user:e", -3), ("f", nil), ("broken", nil),
    ] as [(String, Int?)])
  func adjustments(selector: String, adjustment: Int?) {
    #expect(GuardRules.ownAdjustment(of: selector, in: bytes) == adjustment)
  }
}
