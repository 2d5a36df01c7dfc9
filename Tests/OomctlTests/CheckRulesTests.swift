import ProgramSupport
import TestSupport
import Testing

@testable import Core
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
    #expect(
      check.lines.last?.hasPrefix("/etc/oomctl/rules.conf: \(count), all right") == true)
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
    #expect(check.lines.last == "/my.conf: 1 rule, all right; 1 matches no process now")
  }

  @Test(
    "warns where an expression holds what looks like another selector",
    arguments: [
      (#"match:time\.sleep user:root = 61"#, "user:root"), ("match:a  unit:x user:b 1", "unit:x"),
      ("name:java match:x name:y = 1", "name:y"), ("match:a\tcgroup:/x = 1", "cgroup:/x"),
      ("user:root match:x = 1", nil), ("match:auser:root = 1", nil), ("match:a other:b = 1", nil),
      ("match:user:root = 1", nil),
    ] as [(String, String?)])
  func swallowed(rule: String, word: String?) throws {
    let check = try check(Array("\(rule)\n".utf8))
    let warning = word.map {
      "oomctl: /etc/oomctl/rules.conf:1: '\($0)' is part of the expression: match: takes the rest of the "
        + "line\nPut match: last, after all other selectors.\n"
    }
    #expect(check.errors == warning ?? "")
    #expect(check.status == .done)
  }

  @Test("shows whom each rule matches now, and for whom it holds")
  func matches() throws {
    let check = try check(
      Array("# c\nuser:alice = 5\n\nfirefox user:alice 300\nnginx = 1\nuser:root = 1\n".utf8))
    #expect(
      check.lines.map { $0.split(separator: " ").joined(separator: " ") } == [
        "LINE RULE ADJ CLAIMABLE BY MATCHES",
        "2 user:alice 5 - 3: bash[1400], firefox[1500], Web Content[1501]; a later rule holds for 2",
        "4 firefox user:alice 300 - 2: firefox[1500], Web Content[1501]", "5 nginx 1 - none",
        "6 user:root 1 - 2: sshd[400], fluentd[1300]", "",
        "/etc/oomctl/rules.conf: 4 rules, all right; 1 matches no process now",
      ])
    #expect(check.errors.isEmpty)
    #expect(check.status == .done)
  }

  @Test("shows whom a rule serves that names an ordinary user, and whose processes it leaves alone")
  func claimants() throws {
    let rules = "firefox = -5\nname:firefox user:alice = -5\njava = -5\nname:x user:app = -5\n"
    let check = try check(Array(rules.utf8))
    #expect(
      check.lines.prefix(5).map { $0.split(separator: " ").joined(separator: " ") } == [
        "LINE RULE ADJ CLAIMABLE BY MATCHES",
        "1 firefox -5 - 2: firefox[1500], Web Content[1501]; 2 of other users left alone",
        "2 name:firefox user:alice -5 alice 2: firefox[1500], Web Content[1501]",
        "3 java -5 - 1: java[1200]", "4 name:x user:app -5 - none",
      ])
  }

  @Test("shows it in JSON")
  func matchesInJSON() throws {
    let json = try check(
      Array("user:alice = 5\nbash = 300\n".utf8), ["--json"]
    ).json
    #expect(try json["complete"] == true)
    let first = try json["checks"].elements[0]
    #expect(try first["line"] == 1 && first["rule"] == "user:alice" && first["oom_score_adj"] == 5)
    #expect(try first["matches"] == 3 && first["overruled"] == 1)
    let bash = try first["processes"].elements[0]
    #expect(try bash["pid"] == 1400 && bash["target"] == "bash[1400]" && bash["holds"] == false)
  }

  /// A login on the server.
  private static let login = FixtureMachine.server.with {
    for (id, title) in [(410, "sshd: alice [priv]"), (411, "sshd: alice@pts/0")] {
      $0[id] = FixtureProcess(id, "sshd", resident: 900).with {
        $0.program = "/usr/sbin/sshd"
        $0.words = [title]
        $0.cgroup = "0::/system.slice/ssh.service\n"
      }
    }
  }

  @Test(
    "warns where sessions of sshd are lowered",
    arguments: [
      ("name:sshd = -900", true), ("sshd = -900", true), ("unit:ssh = -900", true),
      ("exe:/usr/sbin/sshd = -1", true), ("user:root = -500", true), ("user:root = 0", false),
      ("sshd = 100", false), ("match:listener = -900", false), ("java = -900", false),
      ("sshd = -900\nmatch:^sshd:.alice = 0", false), ("400 = -900", false),
    ])
  func sessions(rules: String, isWarned: Bool) throws {
    let tree = try Self.login.with {
      $0.files["etc/oomctl/rules.conf"] = .file(Array("\(rules)\n".utf8))
    }.tree()
    let check = run(["guard", "--check-rules"], on: tree)
    #expect(check.status == .done)
    #expect(check.errors.isEmpty == !isWarned)
    if isWarned {
      #expect(
        check.errors.hasPrefix(
          "oomctl: /etc/oomctl/rules.conf:1: lowers sessions of sshd too (sshd[410], sshd[411]): "))
    }
  }

  @Test(
    "warns of that also while nobody is logged in",
    arguments: [
      ("sshd = -900", true), ("name:sshd-session = -1", true), ("unit:sshd = -900", true),
      ("cgroup:/system.slice/ssh.service = -900", true), ("exe:/usr/sbin/sshd user:root -9", true),
      ("sshd = 5", false), ("sshd match:listener = -900", false), ("sshdx = -900", false),
    ])
  func futureSessions(rule: String, isWarned: Bool) throws {
    let check = try check(Array("\(rule)\n".utf8))
    #expect(check.status == .done)
    #expect(check.errors.contains("lowers sessions of sshd too, once there are any") == isWarned)
  }
}
