import Configuration
import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A journal")
struct JournalTrustTests {
  /// A tree whose `/proc` is the running kernel's.
  private func liveTree() throws -> FixtureTree {
    let tree = try FixtureTree(["proc": .link("/proc")])
    return tree
  }

  @Test(
    "that others can write to isn't believed on a running machine",
    .enabled(if: geteuid() == 0 && Executable.canMount),
    arguments: [(0, 0o666), (1000, 0o600), (0, 0o620)])
  func foreign(owner: Int, mode: Int) throws {
    let tree = try FixtureTree([FixtureTree.journal: "", "proc": .folder])
    try tree.addJournal([.file(.init(path: "/etc/oomctl/rules.conf", old: "a = -900\n", new: nil))])
    let file = "\(tree.path)/\(FixtureTree.journal)"
    unsafe chown(file, uid_t(owner), 0)
    unsafe chmod(file, mode_t(mode))
    let unshare = try #require(Executable.tool("unshare"))
    let program = try #require(Executable.path)
    let script = "mount -t proc proc \(tree.path)/proc && exec \(program) undo --root \(tree.path)"
    let result = try Executable.run(unshare, ["-pfm", "/bin/sh", "-c", script])
    #expect(result.errors.contains("journal: expected a file of your own or of root's"))
    #expect(result.status == 1)
    #expect(!tree.has("etc/oomctl/rules.conf"))
  }

  @Test(
    "that names a file which oomctl never writes is not followed there",
    arguments: [
      "/etc/shadow", "/etc/systemd/system/x.service", "/etc/systemd/system/../x.d/50-oomctl.conf",
      "/etc/systemd/system/x.service.d/60-oomctl.conf", "/etc/oomctl/rules.conf.bak",
    ])
  func strangePath(path: String) throws {
    let tree = try FixtureMachine.server.tree()
    try tree.addJournal([.file(.init(path: path, old: "x\n", new: nil))])
    let before = try tree.contents()
    let undo = run(["undo", "--force"], on: tree)
    #expect(undo.errors.contains("oomctl never writes that file"))
    #expect(undo.status == .refused)
    #expect(try tree.changes(since: before).isEmpty)
  }

  @Test("says who made a call, and which of its changes failed")
  func caller() throws {
    let tree = try FixtureMachine.server.tree()
    let environment = Environment(
      variables: ["SUDO_USER": "alice\u{1B}[31m"], userID: { 0 }, terminalName: { "pts/3" })
    #expect(run(["adjust", "-n", "7", "1200"], on: tree, in: environment).status == .done)
    let lines = run(["undo", "--list"], on: tree).lines
    #expect(lines.last?.contains("root (alice\\x1b[31m by sudo) on pts/3  adjust   done") == true)
    let call = try #require(
      try run(["undo", "--list", "--json"], on: tree).json["calls"].elements.first)
    #expect(try call["user"] == "root" && call["terminal"] == "pts/3")
  }

  @Test("says that a change failed, not that it was undone", .enabled(if: Ability.meetsFloor))
  func failure() throws {
    let child = try Child()
    let tree = try FixtureTree()
    let environment = Environment.keepingJournal(in: tree)
    #expect(run(["adjust", "-n", "-1000", "\(child.id)"], in: environment).status == .failed)
    let call = try #require(
      try run(["undo", "--list", "--json"], in: environment).json["calls"].elements.first)
    #expect(try call["state"] == "failed" && call["undone"] == false)
    #expect(run(["undo"], in: environment).errors == "oomctl: there is nothing to undo\n")
  }
}
