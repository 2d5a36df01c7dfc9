import Configuration
import Testing

@Suite("An edited rules file")
struct EditedRulesTests {
  /// What oomctl writes for nginx.
  private static let own = "# oomctl protect: on Monday\nnginx = -900\n"

  @Test(
    "gets a rule at its end",
    arguments: [
      ("", ""), ("a = 1\n", "a = 1\n"), ("a = 1", "a = 1\n"), ("a = 1\r\n", "a = 1\r\n"),
      ("# only\n\n", "# only\n\n"), ("broken \u{1b}\n", "broken \u{1b}\n"),
      // These aren't oomctl's.
      ("nginx = 5\n", "nginx = 5\n"), ("# nginx\nnginx = 5\n", "# nginx\nnginx = 5\n"),
      ("# oomctl protect: x\n\nnginx = 5\n", "# oomctl protect: x\n\nnginx = 5\n"),
      ("# oomctl protect: x\nnginx2 = 5\n", "# oomctl protect: x\nnginx2 = 5\n"),
      ("# oomctl protect: x\n", "# oomctl protect: x\n"),
    ])
  func appending(before: String, rest: String) throws {
    #expect(try adding("nginx", to: before) == rest + Self.own)
  }

  @Test(
    "has oomctl's own rule replaced",
    arguments: [
      ("# oomctl protect: before\nnginx=5\n", "", ""),
      ("a = 1\n# oomctl protect: before\nnginx -5\n\nb", "a = 1\n", "\nb"),
      ("a = 1\r\n# oomctl protect: before\r\nnginx = 5\r\nb\r\n", "a = 1\r\n", "b\r\n"),
      ("nginx = 1\n# oomctl protect: \n  nginx = 5", "nginx = 1\n", ""),
    ])
  func replacing(before: String, above: String, below: String) throws {
    #expect(try adding("nginx", to: before) == above + Self.own + below)
  }

  @Test(
    "is what it was when the rule is removed again",
    arguments: [
      "", "a = 1\n", "# a\r\n\r\nnginx = 4\r\n", "\u{feff}x\n", "\n\n", "no rule \u{1b}\n",
    ])
  func removing(text: String) throws {
    let longer = try adding("name:Web Content user:b", to: text)
    #expect(GuardRules.removing(selector: "nginx", from: Array(longer.utf8)) == nil)
    #expect(removed("name:Web Content user:b", from: longer) == text)
    #expect(removed("name:Web Content user:b", from: text) == nil)
  }

  @Test("loses all of oomctl's rules for the selector, and no other")
  func removingAll() {
    let text = Self.own + "nginx = 3\n" + Self.own + Self.own + "# oomctl protect: x\nb = 2"
    #expect(removed("nginx", from: text) == "nginx = 3\n# oomctl protect: x\nb = 2")
  }

  @Test("keeps bytes that are no text")
  func anyBytes() throws {
    let bytes: [UInt8] = [0xFF, 0, 0x0A, 0xC3]
    let longer = try GuardRules.adding("nginx", adjustment: -900, comment: "on Monday", to: bytes)
    #expect(longer == bytes + Array("\n\(Self.own)".utf8))
  }

  @Test(
    "takes no rule that says something else",
    arguments: [
      ("", "2:2: expected a selector before the adjustment"),
      ("#x", "2:1: expected a selector, which can't begin with '#'"),
      ("x = 1\nroot", "2:6: the line has a control character (byte 10)"),
      ("x\r", "2:2: the line has a control character (byte 13)"),
      ("x = 1 # y", "2:7: a comment needs a line of its own"),
      ("user:", "2:6: expected a value after 'user:'"),
      (String(repeating: "x", count: 4096), "2:1: the line is longer than 4096 bytes"),
    ])
  func refused(selector: String, problem: String) {
    let error = #expect(throws: ConfigurationError.self) { try adding(selector, to: "") }
    #expect(error?.description == problem)
  }

  @Test("takes no adjustment that there isn't")
  func adjustment() {
    #expect(
      throws: ConfigurationError(
        line: 3, column: 9, problem: "'-1001' isn't an adjustment from -1000 to 1000")
    ) {
      try GuardRules.adding("nginx", adjustment: -1001, comment: "", to: Array("a = 1\n".utf8))
    }
  }

  @Test(
    "has comments of one line",
    arguments: [
      ("a\nroot = -1000", "a root = -1000"), ("a\r\n\u{1b}\u{2028}b\u{202e}", "a    b "),
      (String(repeating: "é", count: 10_000), String(repeating: "é", count: 200) + "…"),
    ])
  func comment(comment: String, written: String) throws {
    let bytes = try GuardRules.adding("a", adjustment: 1, comment: comment, to: [])
    #expect(String(decoding: bytes, as: UTF8.self) == "# oomctl protect: \(written)\na = 1\n")
    #expect(GuardRules.parse(bytes).problems.isEmpty)
  }

  private func adding(_ selector: String, to text: String) throws -> String {
    let bytes = try GuardRules.adding(
      selector, adjustment: -900, comment: "on Monday", to: Array(text.utf8))
    return String(decoding: bytes, as: UTF8.self)
  }

  private func removed(_ selector: String, from text: String) -> String? {
    GuardRules.removing(selector: selector, from: Array(text.utf8)).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
