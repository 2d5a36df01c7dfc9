import Configuration
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("What is to last of a process with a hostile name")
struct HostilePersistenceTests {
  private static let rules = "etc/oomctl/rules.conf"

  @Test(
    "is a rule for that name alone, or refused",
    arguments: [
      ("= 5", true), ("#", true), ("# x", true), ("match:.*", true), ("a=1000", true),
      ("name:a", true), ("é", true), ("a b", true), ("-900", true), ("17", true),
      ("x user:root", false), ("a\nroot = -1000", false), ("a\r", false), (" a", false),
      ("a ", false), ("   ", false), ("", false), ("a 5 # b", false), ("\u{1B}[2J", false),
      ("\u{9B}31m", false), ("a\texe:/b", false), ("a unit:b", false),
    ])
  func name(name: String, isPossible: Bool) throws {
    let before = "mine = 3\n"
    let tree = try FixtureMachine.server(1200) {
      $0.name = Array(name.utf8)
      $0.cgroup = "0::/\n"
      $0.program = nil
      $0.words = []
    }.tree()
    try tree.add(.file(Array(before.utf8)), at: Self.rules)
    let protect = run(["protect", "1200", "--persist"], on: tree)
    #expect(protect.status == (isPossible ? .done : .refused))
    #expect(protect.errors.unicodeScalars.allSatisfy(isHarmless))
    #expect(protect.output.unicodeScalars.allSatisfy(isHarmless))
    let (rules, problems) = try GuardRules.parse(bytes(at: "\(tree.path)/\(Self.rules)"))
    #expect(problems.isEmpty)
    #expect(rules.rules.count == (isPossible ? 2 : 1))
    guard isPossible else {
      #expect(try tree.file(Self.rules) == before)
      return
    }
    let selectors = try #require(rules.rules.last).selectors
    #expect(selectors.map(\.kind) == [.user, .name])
    #expect(selectors.map(\.text) == ["app", name])
    #expect(run(["unprotect", "1200"], on: tree).status == .done)
    #expect(try tree.file(Self.rules) == before)
  }

  @Test(
    "is a rule for that program alone, or refused",
    arguments: [
      ("/opt/a b/x", true), ("/opt/#/x", true), ("/a user:root/x", false), ("/a\n/x", false),
    ])
  func program(program: String, isPossible: Bool) throws {
    let tree = try FixtureMachine.server(1200) {
      $0.name = Array("x".utf8)
      $0.cgroup = "0::/\n"
      $0.program = program
      $0.words = []
    }.tree()
    let protect = run(["protect", "1200", "--persist"], on: tree)
    #expect(protect.status == (isPossible ? .done : .refused))
    guard isPossible else {
      #expect(!tree.has(Self.rules))
      return
    }
    let rules = try GuardRules.parse(bytes(at: "\(tree.path)/\(Self.rules)")).rules.rules
    #expect(rules.map { $0.selectors.map(\.text) } == [["app", program]])
  }

  @Test(
    "leads nowhere else by its unit",
    arguments: [
      "/system.slice/../../x.service", "/../../etc/x.service", "/system.slice/...service",
      "/system.slice/x y.service", "/system.slice/x;y.service", "/system.slice/@x.service",
      "/system.slice/é.service", "/system.slice/.service", "/system.slice/x%n.service",
      "/system.slice/\(String(repeating: "x", count: 300)).service",
      "/system.slice/\u{1B}[2J.service",
    ])
  func unit(cgroup: String) throws {
    let tree = try FixtureMachine.server(1200) { $0.cgroup = "0::\(cgroup)\n" }.tree()
    let before = try tree.contents()
    let protect = run(["protect", "java", "--persist"], on: tree)
    #expect(protect.status == .done)
    #expect(protect.output.unicodeScalars.allSatisfy(isHarmless))
    let written = try tree.changes(since: before).filter { $0.hasSuffix(".conf") }
    let isHarmlessDropIn = written == ["etc/systemd/system/...service.d/50-oomctl.conf"]
    #expect(written == [Self.rules] || isHarmlessDropIn)
  }

  @Test("says that a name is too long for a file system", arguments: [254, 255])
  func longUnit(length: Int) throws {
    let name = String(repeating: "x", count: length - 8) + ".service"
    let tree = try FixtureMachine.server(1200) { $0.cgroup = "0::/system.slice/\(name)\n" }.tree()
    let protect = run(["protect", "java", "--persist"], on: tree)
    #expect(protect.errors.contains("File name too long"))
    #expect(protect.status == .failed || protect.status == .refused)
    #expect(try tree.adjustment(of: 1200) == -900)
  }
}
