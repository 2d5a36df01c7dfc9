import Glibc
import TestSupport
import Testing

@testable import ProcFS

@Suite("What is added to a file")
struct AppendTests {
  @Test("stands at its end", arguments: [false, true], [false, true])
  func appends(isConfined: Bool, isDurable: Bool) throws {
    let tree = try FixtureTree(["old": "abc"])
    let folder = try Directory(path: tree.path, isConfined: isConfined)
    for name in ["old", "new"] {
      try folder.append(Array("de".utf8), to: name, isDurable: isDurable)
      try folder.append(Array("f".utf8), to: name, isDurable: isDurable)
    }
    #expect(try text(at: tree.path + "/old") == "abcdef")
    #expect(try text(at: tree.path + "/new") == "def")
  }

  @Test("never waits for somebody to read it", .timeLimit(.minutes(1)))
  func pipe() throws {
    let tree = try FixtureTree(["x": ""])
    try #require(unsafe mkfifo("\(tree.path)/pipe", 0o600) == 0)
    let folder = try Directory(path: tree.path)
    let error = #expect(throws: ProcFSError.self) { try folder.append([1], to: "pipe") }
    #expect(error?.errno == Errno(rawValue: ENXIO))
    let unread = #expect(throws: ProcFSError.self) { try folder.ownContents(of: "pipe") }
    #expect(unread?.reason == .notOrdinary)
  }

  @Test("is refused where nothing can be added", arguments: ["folder", "no/file"])
  func errors(name: String) throws {
    let tree = try FixtureTree(["folder/x": ""])
    let folder = try Directory(path: tree.path)
    let error = #expect(throws: ProcFSError.self) { try folder.append([1], to: name) }
    #expect(error?.path == "\(tree.path)/\(name)")
  }
}
