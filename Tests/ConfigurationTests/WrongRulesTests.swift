import Configuration
import Testing

@Suite("A wrong rule")
struct WrongRulesTests {
  @Test(
    "is refused with its place and the reason",
    arguments: [
      ("nginx", "1:6: expected '=' and an adjustment from -1000 to 1000 at the end of the line"),
      (
        "name:Web x",
        "1:11: expected '=' and an adjustment from -1000 to 1000 at the end of the line"
      ),
      ("nginx =", "1:8: expected an adjustment from -1000 to 1000 after '='"),
      ("nginx = much", "1:9: expected an adjustment from -1000 to 1000 after '=', not 'much'"),
      ("é = 5x", "1:5: expected an adjustment from -1000 to 1000 after '=', not '5x'"),
      ("a = -", "1:5: expected an adjustment from -1000 to 1000 after '=', not '-'"),
      ("a = --5", "1:5: expected an adjustment from -1000 to 1000 after '=', not '--5'"),
      ("a = ٣", "1:5: expected an adjustment from -1000 to 1000 after '=', not '٣'"),
      ("a = 1001", "1:5: '1001' isn't an adjustment from -1000 to 1000"),
      ("a = -1001", "1:5: '-1001' isn't an adjustment from -1000 to 1000"),
      ("a 8080", "1:3: '8080' isn't an adjustment from -1000 to 1000"),
      (
        "a=-99999999999999999999",
        "1:3: '-99999999999999999999' isn't an adjustment from -1000 to 1000"
      ),
      (" = 5", "1:2: expected a selector before the adjustment"),
      ("5", "1:1: expected a selector before the adjustment"),
      ("=5", "1:1: expected a selector before the adjustment"),
      ("name: = 5", "1:6: expected a value after 'name:'"),
      ("match:=5", "1:7: expected a value after 'match:'"),
      ("a user: name:b = 5", "1:9: expected a value after 'user:'"),
      ("nginx = -500 # was 300", "1:14: a comment needs a line of its own"),
      ("nginx = -500 #", "1:14: a comment needs a line of its own"),
      ("a\rb = 5", "1:2: the line has a control character (byte 13)"),
      ("a\0b = 5", "1:2: the line has a control character (byte 0)"),
      ("# é\u{1b}[2J", "1:4: the line has a control character (byte 27)"),
      ("é\u{9b}2J = 5", "1:2: the line has a control character (byte 155)"),
      ("a\u{7f} = 5", "1:2: the line has a control character (byte 127)"),
      ("a = 5\r\r\n", "1:6: the line has a control character (byte 13)"),
    ])
  func words(line: String, problem: String) {
    let (rules, problems) = parse(line)
    #expect(rules.rules.isEmpty)
    #expect(problems.map(\.description) == [problem])
  }

  @Test(
    "may have an unknown kind",
    arguments: [
      ("color:red = 5", "1:1: unknown kind 'color'"),
      ("a\ta User:bob = 5", "1:5: unknown kind 'User'"),
      ("sshd: bob = 5", "1:1: unknown kind 'sshd'"), ("pid:17 = 5", "1:1: unknown kind 'pid'"),
    ])
  func unknownKind(line: String, problem: String) {
    let reason = """
      : expected name:, match:, exe:, user:, cgroup:, unit: or parent: \
      (a name with a colon is written after 'name:')
      """
    #expect(parse(line).problems.map(\.description) == [problem + reason])
  }

  @Test(
    "may be no UTF-8",
    arguments: [
      ([0x61, 0xFF], 2), ([0xC3, 0xA9, 0xC3], 2), ([0xED, 0xA0, 0x80], 1), ([0xC0, 0xAF], 1),
      ([0xEF, 0xBF, 0xBD, 0xF5], 2),
    ])
  func encoding(name: [UInt8], column: Int) {
    let (rules, problems) = GuardRules.parse(name + Array(" = 5\nb = 5".utf8))
    #expect(rules.rules.map(\.line) == [2])
    #expect(problems.map(\.description) == ["1:\(column): the line isn't UTF-8"])
  }

  @Test("may be long in its words, which the error isn't")
  func longWord() throws {
    let word = String(repeating: "x", count: 4000)
    for line in ["a = \(word)", "\(word):b = 5", "a = 1\(word.map { _ in "0" }.joined())"] {
      #expect(try #require(parse(line).problems.first).problem.count < 250)
    }
  }
}

@Suite("A hostile rules file")
struct HostileRulesTests {
  @Test("may have lines of 4096 bytes and none longer")
  func longLine() {
    let longest = String(repeating: "x", count: 4092) + " = 5"
    for end in ["", "\n", "\r\n"] { #expect(parse(longest + end).problems.isEmpty) }
    let (rules, problems) = parse("a = 1\nx\(longest)\nb = 2")
    #expect(rules.rules.map(\.line) == [1, 3])
    #expect(problems.map(\.description) == ["2:1: the line is longer than 4096 bytes"])
    #expect(
      parse(String(repeating: "=", count: 1_000_000)).problems.map(\.description)
        == ["1:1: the line is longer than 4096 bytes"])
  }

  @Test("may have a mebibyte and no byte more")
  func longFile() {
    let comments = String(repeating: "#234567\n", count: 1 << 17)
    #expect(parse(comments).problems.isEmpty)
    let (rules, problems) = parse("a = 1\n" + comments)
    #expect(rules.rules.isEmpty)
    #expect(problems.map(\.description) == ["1:1: the file is longer than 1048576 bytes"])
  }

  @Test("may have 10000 rules and none more")
  func manyRules() {
    let rules = String(repeating: "a 1\n", count: 10_000)
    #expect(parse(rules).rules.rules.count == 10_000)
    #expect(parse(rules).problems.isEmpty)
    let more = parse(rules + "# c\na = 1\na = 1")
    #expect(more.rules.rules.count == 10_000)
    #expect(more.problems.map(\.description) == ["10002:1: the file has more than 10000 rules"])
  }

  @Test("has an end to its problems")
  func manyProblems() {
    #expect(parse(String(repeating: "x\n", count: 100_000)).problems.count == 10_001)
  }

  @Test("is read whatever its bytes are")
  func anyBytes() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("am:= #-15\t\r\n\\name:match:user:".utf8) + [0, 0xC3, 0xA9, 0xFF]
    for _ in 0..<500 {
      let bytes = (0..<40).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      let (rules, problems) = GuardRules.parse(bytes)
      for rule in rules.rules {
        #expect((-1000...1000).contains(rule.adjustment) && !rule.selectors.isEmpty)
        #expect(rule.selectors.allSatisfy { !$0.text.isEmpty && $0.column > 0 })
      }
      #expect(problems.allSatisfy { $0.line > 0 && $0.column > 0 && !$0.problem.isEmpty })
    }
  }
}
