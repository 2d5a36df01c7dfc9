import ProcFS
import TestSupport
import Testing

@Suite("A confined folder", .enabled(if: Ability.confinement))
struct ConfinementTests {
  @Test(
    "is the root of whatever a link in it names",
    arguments: [
      "/inner/file", "inner/file", "/../inner/file", "../../../../../../../../../inner/file",
      "/inner/../inner/./file", "/again", "/inner/up/inner/file",
    ])
  func links(target: String) throws {
    let tree = try FixtureTree([
      "root/inner/file": "inside", "inner/file": "outside", "root/link": .link(target),
      "root/again": .link("/inner/file"), "root/inner/up": .link("../../.."),
    ])
    let folder = try Directory(path: tree.path + "/root", isConfined: true)
    #expect(folder.isConfined == true)
    #expect(try folder.contents(of: "link") == Array("inside".utf8))
  }

  @Test(
    "is named as the root of whole paths",
    arguments: [(true, "/sys/fs", "/sys/fs"), (true, "sys/fs", "/sys/fs"), (false, "sys", "/sys")])
  func paths(isConfined: Bool, name: String, expected: String) throws {
    let tree = try FixtureTree()
    let folder = try Directory(path: tree.path, isConfined: isConfined)
    #expect(folder.path(of: name) == tree.path + expected)
  }

  @Test(
    "has nothing above it",
    arguments: ["../secret", "/../secret", "up/secret", "inner/../../secret"])
  func upwards(name: String) throws {
    let tree = try FixtureTree([
      "secret": "outside", "root/inner/x": "", "root/up": .link(".."),
    ])
    let open = try Directory(path: tree.path + "/root")
    let confined = try Directory(path: tree.path + "/root", isConfined: true)
    let error = #expect(throws: ProcFSError.self) { try confined.contents(of: name) }
    #expect(error?.errno == .noSuchFile)
    // The same in an open folder, lest the test look at nothing.
    if !name.hasPrefix("/") { #expect(try open.contents(of: name) == Array("outside".utf8)) }
  }

  @Test("is followed by the folders inside", arguments: ["/inner", "../../inner", "inner"])
  func folders(target: String) throws {
    let tree = try FixtureTree([
      "root/inner/file": "inside", "inner/file": "outside", "root/link": .link(target),
      "root/inner/out": .link("/etc/passwd"), "root/inner/up": .link("../file"),
    ])
    let folder = try Directory(path: tree.path + "/root", isConfined: true).directory("link")
    #expect(folder.isConfined == true)
    #expect(try folder.contents(of: "file") == Array("inside".utf8))
    #expect(throws: ProcFSError.self) { try folder.contents(of: "out") }
    #expect(try folder.contents(of: "up") == Array("inside".utf8))
  }

  @Test("says where links lead inside it, not elsewhere", arguments: ["/", "..", "/../.."])
  func reading(target: String) throws {
    let tree = try FixtureTree([
      "root/17/link": .link("inside"), "17/link": .link("outside"), "root/self": .link(target),
    ])
    let folder = try Directory(path: tree.path + "/root", isConfined: true)
    #expect(try folder.link("self") == target)
    #expect(try folder.link("self/17/link") == "inside")
    let error = #expect(throws: ProcFSError.self) { try folder.link("self/18/link") }
    #expect(error?.errno == .noSuchFile)
  }

  @Test("doesn't let the machine's own namespace be seen through a copied tree")
  func namespace() throws {
    let tree = try FixtureTree(["self": .link("/proc/self")])
    #expect(try tree.proc().showsInitialNamespace != nil)
    #expect(try tree.proc(isConfined: true).showsInitialNamespace == nil)
  }

  @Test("doesn't let what is written out")
  func writing() throws {
    let tree = try FixtureTree([
      "root/17/oom_score_adj": .link("../../victim"), "victim": "untouched",
    ])
    let proc = try ProcFS(root: tree.path + "/root", isConfined: true)
    #expect(throws: ProcFSError.self) { try proc.process(17).setAdjustment(5) }
    #expect(try text(at: tree.path + "/victim") == "untouched")
  }

  @Test("reads scores without a handle inside it too")
  func scores() throws {
    let tree = try FixtureTree([
      "root/17/oom_score": .link("/real"), "root/real": "666\n",
      "root/18/oom_score": .link("../../real"), "real": "1\n",
    ])
    let proc = try ProcFS(root: tree.path + "/root", isConfined: true)
    #expect(try proc.oomScore(of: 17) == 666)
    #expect(try proc.oomScore(of: 18) == 666)
  }
}
