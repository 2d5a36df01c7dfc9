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

@Suite("A lock")
struct FileLockTests {
  private func isFree(in tree: FixtureTree) throws -> Bool {
    let folder = try Directory(path: tree.path)
    do throws(ProcFSError) {
      _ = try FileLock("lock", in: folder, timeout: 0)
      return true
    } catch {
      #expect(error.errno == .again)
      #expect(error.path == "\(tree.path)/lock")
      return false
    }
  }

  @Test("is held by one at a time, until that one lets go", arguments: [false, true])
  func excludes(isConfined: Bool) throws {
    let tree = try FixtureTree(["x": ""])
    let folder = try Directory(path: tree.path, isConfined: isConfined)
    let lock = try FileLock("lock", in: folder, timeout: 0)
    #expect(try !isFree(in: tree))
    _ = consume lock
    #expect(try isFree(in: tree))
    #expect(try isFree(in: tree))
  }

  @Test("is waited for as long as timeout lasts")
  func timeout() throws {
    let tree = try FixtureTree(["x": ""])
    let folder = try Directory(path: tree.path)
    let lock = try FileLock("lock", in: folder, timeout: 0)
    let clock = ContinuousClock()
    let waited = clock.measure {
      let error = #expect(throws: ProcFSError.self) {
        _ = try FileLock("lock", in: folder, timeout: 200)
      }
      #expect(error?.errno == .again)
    }
    #expect(waited >= .milliseconds(200))
    _ = consume lock
  }

  @Test("is nobody else's to take: others may not open it")
  func permissions() throws {
    let tree = try FixtureTree(["x": ""])
    _ = try FileLock("lock", in: Directory(path: tree.path), timeout: 0)
    var information = stat()
    #expect(unsafe stat("\(tree.path)/lock", &information) == 0)
    #expect(information.st_mode & 0o077 == 0)
  }
}
