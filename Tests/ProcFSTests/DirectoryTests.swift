import Glibc
import TestSupport
import Testing

@testable import ProcFS

@Suite("A folder")
struct DirectoryTests {
  @Test(
    "hands over all bytes of a file, however many",
    arguments: [0, 1, 4095, 4096, 4097, 8192, 10_000, 100_000], [false, true])
  func contents(count: Int, isLong: Bool) throws {
    let bytes = (0..<count).map { UInt8($0 % 251) }
    let tree = try FixtureTree(["file": .file(bytes)])
    let folder = try Directory(path: tree.path)
    let seen = try folder.withContents(of: "file", isLong: isLong) { $0.array }
    #expect(seen == bytes)
    #expect(try folder.contents(of: "file") == bytes)
  }

  @Test("reads to the end what comes piecemeal")
  func pieces() throws {
    let folder = try Directory(path: "/proc/self")
    let whole = try text(at: "/proc/self/auxv")
    #expect(try String(decoding: folder.contents(of: "auxv"), as: UTF8.self) == whole)
    #expect(try folder.contents(of: "maps", isLong: true).count > 4096)
  }

  @Test("lists what lies in it, hidden files too")
  func entries() throws {
    let tree = try FixtureTree(["a": "", ".b": "", "...": "", "c/d": "", "e": .link("nowhere")])
    let folder = try Directory(path: tree.path)
    #expect(try folder.entries().sorted() == ["...", ".b", "a", "c", "e"])
    #expect(try folder.entries().sorted() == ["...", ".b", "a", "c", "e"])
    #expect(try folder.directory("c").entries() == ["d"])
  }

  @Test("opens folders inside")
  func nested() throws {
    let tree = try FixtureTree(["a/b/file": "text"])
    let folder = try Directory(path: tree.path).directory("a").directory("b")
    #expect(folder.path == "\(tree.path)/a/b")
    #expect(try folder.contents(of: "file") == Array("text".utf8))
  }

  @Test("keeps what it opened when that is renamed or replaced")
  func holds() throws {
    let tree = try FixtureTree(["a/file": "old"])
    let folder = try Directory(path: tree.path).directory("a")
    tree.remove("a")
    try tree.add("new", at: "a/file")
    #expect(throws: ProcFSError.self) { try folder.contents(of: "file") }
  }

  @Test(
    "says where links lead", arguments: ["17", "/nowhere", "/bin/x (deleted)", "pid:[4026531836]"])
  func links(target: String) throws {
    let tree = try FixtureTree(["folder/link": .link(target)])
    #expect(try Directory(path: tree.path).link("folder/link") == target)
    #expect(try Directory(path: tree.path, isConfined: true).link("folder/link") == target)
    #expect(try Directory(path: tree.path).directory("folder").link("link") == target)
  }

  @Test(
    "joins paths with one slash",
    arguments: [("/", "/x"), ("/proc", "/proc/x"), ("/proc/", "/proc/x")])
  func paths(folder: String, expected: String) throws {
    #expect(try Directory(path: folder).path(of: "x") == expected)
  }
}

@Suite("What can't be read or written")
struct DirectoryErrorTests {
  @Test(
    "is named with the reason",
    arguments: [
      ("missing", "missing: No such file or directory"), ("file/x", "file/x: Not a directory"),
      ("folder", "folder: Is a directory"), ("loop", "loop: Too many levels of symbolic links"),
    ])
  func reading(name: String, expected: String) throws {
    let tree = try FixtureTree(["file": "", "folder/x": "", "loop": .link("loop")])
    let folder = try Directory(path: tree.path)
    let error = #expect(throws: ProcFSError.self) { try folder.contents(of: name) }
    #expect(error?.description == "\(tree.path)/\(expected)")
  }

  @Test("is a folder that is none, or a link that is none")
  func kinds() throws {
    let tree = try FixtureTree(["file": ""])
    let folder = try Directory(path: tree.path)
    let missing = #expect(throws: ProcFSError.self) {
      _ = try Directory(path: tree.path + "/missing")
    }
    #expect(missing?.description == "\(tree.path)/missing: No such file or directory")
    let file = #expect(throws: ProcFSError.self) { _ = try folder.directory("file") }
    #expect(file?.description == "\(tree.path)/file: Not a directory")
    let link = #expect(throws: ProcFSError.self) { try folder.link("file") }
    #expect(link?.description == "\(tree.path)/file: Invalid argument")
  }

  @Test("is a file that only root may read", .enabled(if: geteuid() != 0))
  func forbidden() throws {
    let tree = try FixtureTree(["file": .secret("")])
    let folder = try Directory(path: tree.path)
    let error = #expect(throws: ProcFSError.self) { try folder.contents(of: "file") }
    #expect(error?.errno?.meansForbidden == true)
    #expect(error?.description == "\(tree.path)/file: Permission denied")
  }

  @Test("is a missing file: none is made")
  func writing() throws {
    let tree = try FixtureTree()
    let folder = try Directory(path: tree.path)
    let error = #expect(throws: ProcFSError.self) { try folder.write("1", to: "missing") }
    #expect(error?.description == "\(tree.path)/missing: No such file or directory")
    #expect(try folder.entries() == [])
  }
}

@Suite("What is written")
struct DirectoryWriteTests {
  @Test(
    "is all that a file holds then",
    arguments: [("1000\n", "5"), ("", "-17"), ("5", "1000"), ("60\n", "")])
  func replaces(old: String, new: String) throws {
    let tree = try FixtureTree(["file": .file(Array(old.utf8))])
    try Directory(path: tree.path).write(new, to: "file")
    #expect(try text(at: tree.path + "/file") == new)
  }
}
