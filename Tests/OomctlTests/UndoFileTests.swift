import Configuration
import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A file that was changed")
struct UndoFileTests {
  private static let file = "etc/systemd/system/ssh.service.d/50-oomctl.conf"

  private func tree(_ old: String?, _ new: String?, present: String?) throws -> FixtureTree {
    let tree = try FixtureMachine.server.tree()
    try tree.addJournal([.file(.init(path: "/" + Self.file, old: old, new: new))])
    if let present { try tree.add(.file(Array(present.utf8)), at: Self.file) }
    return tree
  }

  private func found(in tree: FixtureTree) throws -> String? {
    try tree.contents()[Self.file].map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "is restored, or goes as it came",
    arguments: [
      ("old\n", "new\n"), (nil, "new\n"), ("old\n", nil), ("", "new"), ("old", ""), (nil, ""),
    ] as [(String?, String?)])
  func restores(old: String?, new: String?) throws {
    let tree = try tree(old, new, present: new)
    let undo = run(["undo", "--json"], on: tree)
    #expect(
      try undo.rows == [
        "/\(Self.file) 50-oomctl.conf \(new ?? "-") -> \(old ?? "-") done"
      ])
    #expect(undo.errors.isEmpty && undo.status == .done)
    #expect(try found(in: tree) == old)
    // A folder that was made for it goes too.
    #expect(
      try tree.contents().keys.contains { $0.hasSuffix("ssh.service.d") } == (old != nil))
    #expect(run(["undo"], on: tree).status == .failed)
  }

  @Test(
    "is left alone where another has changed it since, unless it is forced",
    arguments: [
      ("old", "new", "other"), (nil, "new", "other"), ("old", nil, "other"), ("old", "new", nil),
    ]
      as [(String?, String?, String?)])
  func changedByAnother(old: String?, new: String?, present: String?) throws {
    let tree = try tree(old, new, present: present)
    let undo = run(["undo"], on: tree)
    #expect(
      undo.errors == """
        oomctl: /\(Self.file): was changed by someone else since
        Look at it; --force brings back what stood there before.

        """)
    #expect(undo.status == .refused)
    #expect(try found(in: tree) == present)
    #expect(run(["undo", "--force"], on: tree).status == .done)
    #expect(try found(in: tree) == old)
  }

  @Test("needs nothing where the old text is back", arguments: ["old", nil] as [String?])
  func isOld(old: String?) throws {
    let tree = try tree(old, "new", present: old)
    let undo = run(["undo", "--json"], on: tree)
    let text = old ?? "-"
    #expect(
      try undo.rows == ["/\(Self.file) 50-oomctl.conf \(text) -> \(text) unchanged"])
    #expect(try tree.readJournal().calls.map(\.isSettled) == [true])
  }

  @Test("isn't followed to where a planted link leads", arguments: [[], ["--force"]])
  func plantedLink(words: [String]) throws {
    let tree = try tree("old", "new", present: nil)
    try tree.add("new", at: "etc/shadow")
    try tree.add(.link("/etc/shadow"), at: Self.file)
    let undo = run(["undo"] + words, on: tree)
    #expect(undo.errors.contains("is a symbolic link, or not what it should be"))
    #expect(undo.status == .failed)
    #expect(try text(at: "\(tree.path)/etc/shadow") == "new")
    #expect(try found(in: tree) == "/etc/shadow")
  }

  @Test("isn't followed through a planted folder")
  func plantedFolder() throws {
    let tree = try tree("old", "new", present: nil)
    try tree.add("new", at: "elsewhere/50-oomctl.conf")
    try tree.add(.folder, at: "etc/systemd/system")
    try tree.add(.link("/elsewhere"), at: "etc/systemd/system/ssh.service.d")
    let undo = run(["undo", "--force"], on: tree)
    #expect(undo.status == .failed)
    #expect(try text(at: "\(tree.path)/elsewhere/50-oomctl.conf") == "new")
  }
}
