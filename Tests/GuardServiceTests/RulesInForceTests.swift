import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import GuardService
@testable import Protecting

@Suite("The rules in force")
struct RulesInForceTests {
  private let tree: FixtureTree

  init() throws {
    tree = try FixtureMachine.server.with { $0.files["etc/rules"] = "java = 1\n" }.tree()
  }

  private func world(at time: Int = 1000) throws -> World {
    try World(root: tree.path, environment: Environment(now: { time }))
  }

  private func rules(at time: Int = 1000) throws -> RulesInForce {
    try RulesInForce(at: "/etc/rules", in: world(at: time), while: { true })
  }

  private func set(_ text: String) throws {
    try tree.add(.file(Array(text.utf8)), at: "etc/rules")
  }

  @Test("are the file's, and stay when it breaks, can't be read or goes")
  func reload() throws {
    var rules = try rules()
    let later = try world(at: 2000)
    #expect(rules.reload(in: later, while: { true }) == .same)
    #expect(rules.since == 1000)
    try set("java = much\n")
    #expect(rules.reload(in: later, while: { true }) == .broken)
    #expect(rules.reload(in: later, while: { true }) == .stillBroken)
    // What is written wrong stays so, as what is gone does; an error in reading may pass.
    #expect(!rules.isUnread)
    #expect(rules.problems.first?.hasPrefix("/etc/rules:1:8: ") == true)
    tree.remove("etc/rules")
    #expect(rules.reload(in: later, while: { true }) == .broken)
    #expect(!rules.isUnread)
    try tree.add(.folder, at: "etc/rules")
    #expect(rules.reload(in: later, while: { true }) == .broken)
    #expect(rules.isUnread)
    #expect(rules.book.rules.map(\.adjustment) == [1])
    #expect(rules.since == 1000)
    #expect(rules.summary.hasPrefix("1 rule from /etc/rules as it was at 1970-01-01T00:16:40Z"))
    tree.remove("etc/rules")
    try set("java = 2\nbash = 3\n")
    #expect(rules.reload(in: later, while: { true }) == .changed)
    #expect(rules.book.rules.map(\.adjustment) == [2, 3])
    #expect(rules.since == 2000)
    #expect(rules.problems.isEmpty && !rules.isUnread)
  }

  @Test("are in force again by the same text after a mistake")
  func back() throws {
    var rules = try rules()
    let later = try world(at: 2000)
    try set("x\n")
    #expect(rules.reload(in: later, while: { true }) == .broken)
    try set("java = 1\n")
    #expect(rules.reload(in: later, while: { true }) == .changed)
    #expect(rules.since == 1000)
  }

  @Test(
    "are the last good ones at a start with a broken file",
    arguments: ["java = much\n", "user:ghost = 1\n", nil])
  func restart(broken: String?) throws {
    try set("# c\n\njava = 1")
    try rules().remember(in: world())
    if let broken {
      try set(broken)
    } else {
      tree.remove("etc/rules")
      try tree.add(.folder, at: "etc/rules")
    }
    let again = try rules(at: 9000)
    #expect(again.book.rules.map(\.adjustment) == [1])
    #expect(again.book.rules.map(\.line) == [3])
    #expect(again.since == 1000)
    #expect(!again.problems.isEmpty)
    // They don't become good by that.
    try again.remember(in: world(at: 9000))
    #expect(try rules(at: 9500).since == 1000)
  }

  @Test("are none where the file is gone at a start")
  func gone() throws {
    try rules().remember(in: world())
    tree.remove("etc/rules")
    #expect(throws: RuleProblems.self) { try rules() }
  }

  @Test("of one file aren't those of another")
  func otherFile() throws {
    try rules().remember(in: world())
    try tree.add("x\n", at: "etc/other")
    #expect(throws: RuleProblems.self) {
      try RulesInForce(at: "/etc/other", in: world(), while: { true })
    }
  }

  private var copy: String {
    get throws {
      let folder = "\(tree.path)/var/lib/oomctl"
      return "\(folder)/\(try #require(names(in: folder).first { $0.hasPrefix("guard-rules-") }))"
    }
  }

  @Test("are written once, for their owner alone")
  func permissions() throws {
    try rules().remember(in: world())
    var before = stat()
    unsafe stat(try copy, &before)
    #expect(before.st_mode & 0o777 == 0o600)
    try rules(at: 2000).remember(in: world())
    var after = stat()
    unsafe stat(try copy, &after)
    #expect(after.st_ino == before.st_ino)
  }

  @Test(
    "aren't taken from a copy that isn't whole, or that someone else may have written",
    arguments: ["cut", "mode", "folder", "link", "owner", "path"])
  func distrust(how: String) throws {
    if how == "owner", geteuid() != 0 { return }
    try rules().remember(in: world())
    let path = try copy
    switch how {
    case "cut": unsafe truncate(path, 12)
    case "mode": unsafe chmod(path, 0o620)
    case "folder": unsafe chmod("\(tree.path)/var/lib/oomctl", 0o777)
    case "link":
      unsafe rename(path, "\(tree.path)/elsewhere")
      unsafe symlink("\(tree.path)/elsewhere", path)
    case "owner": unsafe chown(path, 65534, 0)
    default:
      let text = try text(at: path)
      try write(Array(text.replacing("/etc/rules", with: "/etc/wrong").utf8), to: path)
    }
    try set("java = much\n")
    #expect(throws: RuleProblems.self) { try rules() }
  }
}
