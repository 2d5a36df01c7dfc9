import TestSupport
import Testing

@testable import oomctl

@Suite("A check of the rules")
struct CheckRulesTests {
  private func check(_ rules: [UInt8], _ words: [String] = []) throws -> Run {
    let tree = try FixtureMachine.server.with { $0.files["etc/oomctl/rules.conf"] = .file(rules) }
      .tree()
    return run(["guard", "--check-rules"] + words, on: tree)
  }

  @Test(
    "says how many are all right",
    arguments: [
      ("", "0 rules"), ("a = 1\n", "1 rule"), ("# c\n\na 1\nuser:root name:b=2", "2 rules"),
    ])
  func right(rules: String, count: String) throws {
    let check = try check(Array(rules.utf8))
    #expect(check.output == "/etc/oomctl/rules.conf: \(count), all right\n")
    #expect(check.errors.isEmpty)
    #expect(check.status == .done)
    #expect(try self.check(Array(rules.utf8), ["-q"]).output.isEmpty)
  }

  @Test("says so in JSON")
  func json() throws {
    let right = try check(Array("a = 1\nb = 2\n".utf8), ["--json"])
    #expect(try right.json["rules"] == 2)
    #expect(try right.json["problems"].elements.isEmpty)
    let wrong = try check(Array("a = 1\nb\n".utf8), ["--json"])
    #expect(try wrong.json["rules"] == nil)
    #expect(
      try wrong.json["problems"] == [
        "/etc/oomctl/rules.conf:2:2: expected '=' and an adjustment from -1000 to 1000 at the end of the line"
      ])
    #expect(wrong.status == .failed)
  }

  @Test(
    "names the line and the column of each mistake",
    arguments: [
      ("java = much\n", ["1:8: expected an adjustment from -1000 to 1000 after '=', not 'much'"]),
      (
        "a = 1\nuser:nobodyhere = 5\nb = 1001\n",
        [
          "2:1: no user is called 'nobodyhere'",
          "3:5: '1001' isn't an adjustment from -1000 to 1000",
        ]
      ),
      ("name:a user:nobodyhere = 5\n", ["1:8: no user is called 'nobodyhere'"]),
      ("user:root user:ghost = 5\n", ["1:11: no user is called 'ghost'"]),
      (
        #"match:(a)\1 = 5"# + "\n",
        [
          #"1:1: '(a)\1' is no extended regular expression: back-references such as \1 can take for "#
            + "ever, and aren't supported"
        ]
      ),
      ("match:( = 5\n", ["1:1: '(' is no extended regular expression: a ( has no )"]),
      ("a match:[z = 5\n", ["1:3: '[z' is no extended regular expression: a [ has no ]"]),
      ("parent:x = 5\n", ["1:1: 'x' is no process number"]),
      ("0 = 5\n", ["1:1: '0' is no process number, and no name"]),
      ("99999999999 = 5\n", ["1:1: '99999999999' is no process number, and no name"]),
      ("a cgroup:/../x = 5\n", ["1:3: '/../x' is no path of a cgroup"]),
      ("unit:a/b = 5\n", ["1:1: 'a/b' is no unit"]),
      ("color:red = 5\n", nil), ("b\n", nil), ("a\0b = 5\n", nil),
    ] as [(String, [String]?)])
  func places(rules: String, problems: [String]?) throws {
    let check = try check(Array(rules.utf8))
    #expect(check.status == .failed)
    #expect(check.output.isEmpty)
    let lines = check.errors.split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.hasPrefix("oomctl: /etc/oomctl/rules.conf:") })
    if let problems {
      #expect(lines == problems.map { "oomctl: /etc/oomctl/rules.conf:\($0)" })
    }
  }

  @Test(
    "outlives hostile files",
    arguments: [
      Array(repeating: UInt8(ascii: "x"), count: 1 << 20),
      Array(repeating: UInt8(ascii: "="), count: 1_000_000), Array(repeating: 0, count: 5000),
      Array(repeating: 0xFF, count: 5000), Array("a = 1\n\u{1B}]0;x\u{7} = 5\n".utf8),
      Array(repeating: UInt8(ascii: "("), count: 4000) + Array(" match:((((((( = 5".utf8),
      Array(String(repeating: "#\n", count: 600_000).utf8),
    ])
  func hostile(rules: [UInt8]) throws {
    let check = try check(rules)
    #expect(check.status == .failed)
    #expect(check.errors.unicodeScalars.allSatisfy(isHarmless))
    #expect(check.errors.utf8.count < 2000)
  }

  @Test("needs a file", arguments: [["--check-rules"], ["--once"], ["--dry-run"]])
  func missing(words: [String]) throws {
    let check = try run(["guard"] + words, on: FixtureMachine.server.tree())
    #expect(
      check.errors.hasPrefix("oomctl: ROOT/etc/oomctl/rules.conf: No such file or directory\n"))
    #expect(check.status == .failed)
  }

  @Test("reads the file that is named")
  func otherFile() throws {
    let tree = try FixtureMachine.server.with { $0.files["my.conf"] = "a = 1\n" }.tree()
    let check = run(["guard", "--check-rules", "--rules", "/my.conf"], on: tree)
    #expect(check.output == "/my.conf: 1 rule, all right\n")
  }
}
