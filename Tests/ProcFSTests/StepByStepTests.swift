import TestSupport
import Testing

@testable import ProcFS

@Suite("A path that is opened step by step, as before openat2")
struct StepByStepTests {
  private func contents(_ path: String, of tree: FixtureTree) throws -> String {
    let folder = try Directory(path: "\(tree.path)/root")
    let file = try FileDescriptor.openStepByStep(
      path, below: folder.descriptor.number, flags: FileDescriptor.forReading)
    return try file.withContents { $0.text }
  }

  @Test(
    "follows links, but none out of the folder",
    arguments: [
      "a/file", "/a/file", "./a/./file", "a/../a/file", "../../a/file", "relative/file",
      "absolute/file", "upward/file", "b/link", "twice",
    ])
  func inside(path: String) throws {
    let tree = try FixtureTree([
      "root/a/file": "inside", "a/file": "outside", "root/b/link": .link("../a/file"),
      "root/relative": .link("a"), "root/absolute": .link("/a"),
      "root/upward": .link("../../../a"), "root/twice": .link("b/link"),
    ])
    #expect(try contents(path, of: tree) == "inside")
  }

  @Test(
    "says why it can't be opened",
    arguments: [
      ("nothing", Errno.noSuchFile), ("a/nothing/file", .noSuchFile), ("a/file/x", .notADirectory),
      ("loop", Errno(rawValue: 40)), ("outside", .noSuchFile),
    ])
  func failures(path: String, errno: Errno) throws {
    let tree = try FixtureTree([
      "root/a/file": "inside", "secret": "outside", "root/loop": .link("loop"),
      "root/outside": .link("../secret"),
    ])
    let error = #expect(throws: Errno.self) { try contents(path, of: tree) }
    #expect(error == errno)
  }

  @Test("leaves no folder open")
  func descriptors() throws {
    let tree = try FixtureTree(["root/a/b/c/file": "inside"])
    for _ in 0..<50 { #expect(try contents("a/b/../b/c/file", of: tree) == "inside") }
    #expect(try tree.openDescriptors() == 0)
  }
}
