import Glibc
import TestSupport
import Testing

@testable import ProcFS

@Suite("A file that is replaced")
struct DirectoryChangesTests {
  private let new = Array("new".utf8)

  @Test("is another one, in which old readers see nothing new", arguments: [false, true])
  func replaces(isConfined: Bool) throws {
    let tree = try FixtureTree(["a/file": "the old text"])
    let folder = try Directory(path: tree.path, isConfined: isConfined).directory("a")
    let reader = try folder.open("file", flags: FileDescriptor.forReading)
    try folder.replace("file", with: new)
    #expect(try reader.withContents { $0.text } == "the old text")
    #expect(try text(at: tree.path + "/a/file") == "new")
    #expect(try folder.entries() == ["file"])
    try folder.replace("other", with: [])
    #expect(try text(at: tree.path + "/a/other") == "")
  }

  @Test("is known by the name that it got, even if the kernel's answer was lost")
  func same() throws {
    let tree = try FixtureTree(["file": "", "other": "", "link": .link("file")])
    let folder = try Directory(path: tree.path)
    let file = try folder.open("file", flags: FileDescriptor.forReading)
    let isSame = ["file", "other", "link", "none"].map { folder.isSame($0, as: file) }
    #expect(isSame == [true, false, false, false])
  }

  @Test("tells beforehand whether anything is in the way")
  func hindrance() throws {
    let tree = try FixtureTree(["file": ""])
    let folder = try Directory(path: tree.path)
    #expect(folder.hindrance(toWriting: "file") == nil)
    #expect(folder.hindrance(toWriting: ".") == nil)
    #expect(folder.hindrance(toWriting: "none") == .noSuchFile)
    #expect(folder.hindrance(toWriting: "file/x") == .notADirectory)
  }

  @Test(
    "holds the old text until the new one is complete, and the rest of a killed run goes",
    arguments: ["file.oomctl-new", "file.oomctl-new-00c0ffee"])
  func leftover(draft: String) throws {
    let tree = try FixtureTree(["file": "old", draft: "half of a much longer te"])
    let folder = try Directory(path: tree.path)
    #expect(try folder.ownContents(of: "file") == Array("old".utf8))
    #expect(try folder.replace("file", with: new) == nil)
    #expect(try folder.entries() == ["file"])
    #expect(try text(at: tree.path + "/file") == "new")
    try tree.add("rest", at: draft)
    #expect(try folder.remove("file") == nil)
    #expect(try folder.entries() == [])
  }

  @Test("leaves alone what others write just now, and what merely has a similar name")
  func others() throws {
    let names = [
      "file.oomctl-new-0", "file.oomctl-new-00c0ffee", "file.oomctl-newer", "other.oomctl-new",
    ]
    let tree = try FixtureTree(["file": "old"])
    for name in names { try tree.add("draft", at: name) }
    let folder = try Directory(path: tree.path)
    let writer = try folder.open(names[1], flags: O_WRONLY)
    #expect(flock(writer.number, LOCK_EX) == 0)
    try folder.replace("file", with: new)
    #expect(try folder.entries().sorted() == ["file"] + names)
    _ = consume writer
    try folder.replace("file", with: new)
    #expect(try folder.entries().sorted() == ["file", names[0], names[2], names[3]])
  }

  @Test("can't be blocked by a folder under the name of a draft")
  func folderInTheWay() throws {
    let tree = try FixtureTree(["file": "old", "file.oomctl-new/x": ""])
    let folder = try Directory(path: tree.path)
    try folder.replace("file", with: new)
    #expect(try text(at: tree.path + "/file") == "new")
    #expect(try folder.entries().sorted() == ["file", "file.oomctl-new"])
  }

  @Test(
    "keeps its permissions, but acts for nobody any more",
    arguments: [
      (0o644, 0o644), (0o600, 0o600), (0o4755, 0o755), (0o2750, 0o750), (0o1666, 0o666),
      (0o7777, 0o777), (0o000, 0o000), (0o444, 0o444),
    ] as [(mode_t, mode_t)])
  func permissions(old: mode_t, expected: mode_t) throws {
    let tree = try FixtureTree(["file": "old"])
    let folder = try Directory(path: tree.path)
    unsafe chmod("\(tree.path)/file", old)
    try folder.replace("file", with: new)
    #expect(status(of: "\(tree.path)/file").st_mode & 0o7777 == expected)
    try folder.replace("new", with: new, permissions: UInt32(old))
    #expect(status(of: "\(tree.path)/new").st_mode & 0o7777 == expected)
  }

  @Test("is its owner's alone while that isn't settled", arguments: [0o644, 0o660, 0o4711, 0o444])
  func draftPermissions(final: mode_t) throws {
    let tree = try FixtureTree(["file": "old"])
    unsafe chmod("\(tree.path)/file", final)
    let folder = try Directory(path: tree.path)
    let likeness = try Likeness(of: "file", in: folder.descriptor.number, otherwise: 0o644)
    let draft = try Draft(of: "file", as: likeness, in: folder)
    #expect(draft.name != "file.oomctl-new" && draft.name.hasPrefix("file.oomctl-new-"))
    #expect(status(of: "\(tree.path)/\(draft.name)").st_mode & 0o7777 == final & 0o700)
    try likeness.give(to: draft.file)
    #expect(status(of: "\(tree.path)/\(draft.name)").st_mode & 0o7777 == final & 0o777)
  }

  @Test("keeps its owner", .enabled(if: geteuid() == 0, "needs root"))
  func owner() throws {
    let tree = try FixtureTree(["file": "old"])
    unsafe chown("\(tree.path)/file", 12, 34)
    unsafe chmod("\(tree.path)/file", 0o640)
    try Directory(path: tree.path).replace("file", with: new)
    let now = status(of: "\(tree.path)/file")
    #expect(now.st_uid == 12 && now.st_gid == 34 && now.st_mode & 0o7777 == 0o640)
  }

  private func status(of path: String) -> stat {
    var information = stat()
    #expect(unsafe stat(path, &information) == 0)
    return information
  }

  @Test("may be a link: it is the link that goes", arguments: ["target", "nowhere", "folder"])
  func link(target: String) throws {
    let tree = try FixtureTree([
      "target": "old", "folder/x": "", "file": .link(target), "file.oomctl-new": .link(target),
    ])
    let folder = try Directory(path: tree.path)
    try folder.replace("file", with: new)
    #expect(text(ofLink: tree.path + "/file").isEmpty)
    #expect(try text(at: tree.path + "/file") == "new")
    #expect(try text(at: tree.path + "/target") == "old")
    #expect(try folder.directory("folder").entries() == ["x"])
    #expect(try folder.entries().sorted() == ["file", "folder", "target"])
  }

  @Test("stays where it can't be replaced")
  func blocked() throws {
    let tree = try FixtureTree(["file/x": ""])
    let folder = try Directory(path: tree.path)
    let before = try folder.entries().sorted()
    let error = #expect(throws: ProcFSError.self) { try folder.replace("file", with: new) }
    #expect(error?.path.hasPrefix(tree.path) == true)
    #expect(try folder.entries().sorted() == before)
  }

  @Test("isn't made in a folder that is gone")
  func goneFolder() throws {
    let tree = try FixtureTree(["a/x": ""])
    let folder = try Directory(path: tree.path).directory("a")
    tree.remove("a")
    let error = #expect(throws: ProcFSError.self) { try folder.replace("file", with: new) }
    #expect(error?.errno == .noSuchFile)
    #expect(try folder.ownContents(of: "file") == nil)
  }

  @Test("is removed, also when it is a link")
  func removes() throws {
    let tree = try FixtureTree(["file": "", "target": "", "link": .link("target"), "a/b/x": ""])
    let folder = try Directory(path: tree.path)
    try folder.remove("file")
    try folder.remove("link")
    #expect(try folder.entries().sorted() == ["a", "target"])
    let error = #expect(throws: ProcFSError.self) { try folder.remove("file") }
    #expect(error?.description == "\(tree.path)/file: No such file or directory")
    // Only an empty folder goes.
    let inner = try folder.directory("a")
    inner.removeIfEmpty("b")
    #expect(try inner.entries() == ["b"])
    tree.remove("a/b/x")
    inner.removeIfEmpty("b")
    #expect(try inner.entries().isEmpty)
  }
}

@Suite("A folder or file of one's own")
struct OwnFileTests {
  @Test(
    "is none that a link leads to", arguments: [false, true], ["a", "../tree/a", "/a", "nowhere"])
  func link(isConfined: Bool, target: String) throws {
    let tree = try FixtureTree(["tree/a/file": "x", "tree/link": .link(target)])
    let folder = try Directory(path: "\(tree.path)/tree", isConfined: isConfined)
    let error = #expect(throws: ProcFSError.self) { _ = try folder.ownDirectory("link") }
    #expect([.symbolicLink, .notADirectory].contains(error?.errno))
    #expect(error?.path == "\(tree.path)/tree/link")
    #expect(try folder.ownDirectory("a").ownContents(of: "file") == Array("x".utf8))
    let file = #expect(throws: ProcFSError.self) { _ = try folder.ownContents(of: "link") }
    #expect(file?.errno == .symbolicLink)
    let append = #expect(throws: ProcFSError.self) { try folder.append([1], to: "link") }
    #expect(append?.errno == .symbolicLink)
  }

  @Test("is none that a link leads to where paths are opened step by step", arguments: ["a", "/a"])
  func stepByStep(target: String) throws {
    let tree = try FixtureTree(["tree/a/file": "x", "tree/link": .link(target)])
    let folder = try Directory(path: "\(tree.path)/tree")
    let flags = FileDescriptor.asFolder | O_NOFOLLOW
    let error = #expect(throws: Errno.self) {
      _ = try FileDescriptor.openStepByStep("link", below: folder.descriptor.number, flags: flags)
    }
    #expect([.symbolicLink, .notADirectory].contains(error))
    let made = try FileDescriptor.openStepByStep(
      "/a/../a/secret", below: folder.descriptor.number, flags: O_RDWR | O_CREAT,
      permissions: 0o600)
    _ = consume made
    var information = stat()
    #expect(unsafe stat("\(tree.path)/tree/a/secret", &information) == 0)
    #expect(information.st_mode & 0o777 == 0o600)
  }

  @Test("is made where it isn't there yet", arguments: [false, true])
  func makes(isConfined: Bool) throws {
    let tree = try FixtureTree(["file": ""])
    let folder = try Directory(path: tree.path, isConfined: isConfined)
    for _ in 0..<2 { try folder.makeDirectory("new") }
    #expect(try folder.ownDirectory("new").entries().isEmpty)
    #expect(try folder.ownContents(of: "nothing") == nil)
    let error = #expect(throws: ProcFSError.self) { try folder.makeDirectory("no/new") }
    #expect(error?.errno == .noSuchFile)
  }
}
