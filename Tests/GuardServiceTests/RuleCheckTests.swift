import Configuration
import Core
import ProcFS
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import GuardService
@testable import Processes
@testable import Protecting

@Suite("The check of a rules file")
struct RuleCheckTests {
  private func check(_ rules: String, on machine: FixtureMachine = .server) throws -> RuleCheck {
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment { $0.userID = { 0 } })
    let bytes = Array(rules.utf8)
    let book = try RuleBook(parsing: bytes, path: "/rules", in: world)
    return try RuleCheck(
      of: book, from: GuardRules.parse(bytes).rules.rules,
      on: Machine(world, options: MachineOptions()), in: world)
  }

  private func shown(_ check: RuleCheck, _ change: (inout CommonOptions) -> Void = { _ in })
    -> [String]
  {
    var options = CommonOptions()
    change(&options)
    var text = Text()
    check.writeText(to: &text, on: Page(options, in: Environment()))
    return text.string.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
  }

  @Test("shows what each rule matches, and which rule holds")
  func matches() throws {
    let check = try check("user:root = 5\nfluentd = 6\nnone = 7\nbash = -5\nbash user:alice = -6\n")
    #expect(
      shown(check) == [
        "LINE RULE ADJ CLAIMABLE BY MATCHES",
        "1 user:root 5 - 2: sshd[400], fluentd[1300]; a later rule holds for 1",
        "2 fluentd 6 - 1: fluentd[1300]", "3 none 7 - none",
        "4 bash -5 - 1: bash[1400]; 1 of other users left alone",
        "5 bash user:alice -6 alice 1: bash[1400]",
        "/rules: 5 rules, all right; 1 matches no process now",
      ])
    #expect(check.isComplete && check.remarks.isEmpty)
    #expect(shown(check) { $0.isQuiet = true }.isEmpty)
    #expect(shown(check) { $0.hasHeadings = false }.count == 5)
  }

  @Test("names three processes, and says that there are more", arguments: [3, 4])
  func many(count: Int) throws {
    let machine = FixtureMachine(
      processes: (10..<10 + count).map { FixtureProcess($0, "web", resident: 9) })
    let line = shown(try check("web = 5\n", on: machine))[1]
    #expect(line == "1 web 5 - \(count): web[10], web[11], web[12]\(count > 3 ? ", …" : "")")
  }

  @Test(
    "counts rules",
    arguments: [
      ("", ["/rules: 0 rules, all right"]), ("# c\n", ["/rules: 0 rules, all right"]),
    ])
  func none(text: String, lines: [String]) throws {
    #expect(shown(try check(text)) == lines)
    #expect(shown(try check("java = 5\n")).last == "/rules: 1 rule, all right")
    #expect(
      shown(try check("a = 5\nb = 5\n")).last
        == "/rules: 2 rules, all right; 2 match no process now")
  }

  @Test(
    "warns where sessions of sshd would be lowered",
    arguments: [
      (
        "sshd = -5",
        "/rules:1: lowers sessions of sshd too (sshd[410]): whatever is started from a login inherits -5"
      ),
      (
        "sshd = 4",
        "/rules:1: lowers sessions of sshd too (sshd[410]): whatever is started from a login inherits 4"
      ),
      ("sshd = 5", nil), ("sshd = 6", nil), ("java = -5", nil), ("unit:ssh = -5\n410 = 9", nil),
    ] as [(String, String?)])
  func sessions(rules: String, warning: String?) throws {
    let machine = FixtureMachine.server.with {
      $0.processes.append(.shell(410, "sshd: alice [priv]", adjustment: 5))
    }
    let remarks = try check("\(rules)\n", on: machine).remarks
    #expect(remarks.map(\.text) == (warning.map { [$0] } ?? []))
    #expect(remarks.allSatisfy { !$0.isError && $0.advice != nil })
  }

  @Test(
    "warns of sessions to come where a rule is for the server as a whole",
    arguments: [
      ("sshd = -5", true), ("name:sshd = -5", true), ("exe:/usr/sbin/sshd = -5", true),
      ("unit:ssh = -5", true),
      ("unit:ssh.service = -5", true), ("cgroup:/system.slice/ssh.service = -5", true),
      ("sshd user:root = -5", true),
      ("sshd = 0", false), ("sshd = 5", false), ("match:sshd = -5", false),
      ("user:root = -5", false),
      ("sshd parent:1 = -5", false), ("unit:a = -5", false), ("cgroup:/a = -5", false),
      ("parent:1 = -5", false),
    ])
  func sessionsToCome(rule: String, isWarned: Bool) throws {
    let texts = try check("\(rule)\n").remarks.map(\.text)
    #expect(texts.contains { $0.contains("once there are any") } == isWarned)
  }

  @Test("warns of an expression that takes the rest of its line")
  func expressions() throws {
    let check = try check("match:java user:root = 5\nuser:root match:x = 5\n")
    #expect(
      check.remarks.map(\.text)
        == ["/rules:1: 'user:root' is part of the expression: match: takes the rest of the line"])
  }

  @Test("isn't complete where a process can't be read")
  func incomplete() throws {
    let check = try check(
      "user:app = 5\n", on: .server.with { $0.files["proc/1200/status"] = .folder })
    #expect(!check.isComplete)
    #expect(check.remarks.contains { $0.isError })
  }

  @Test("says what is wrong with a file that can't be used")
  func unusable() {
    let check = RuleCheck(path: "/rules", problems: ["/rules:1:1: no", "/rules:2:1: no"])
    #expect(shown(check).isEmpty)
    #expect(check.remarks == [.error("/rules:1:1: no"), .error("/rules:2:1: no")])
    #expect(check.status == .failed)
  }
}
