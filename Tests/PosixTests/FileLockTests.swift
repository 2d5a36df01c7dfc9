import Glibc
import ProcFS
import TestSupport
import Testing

@testable import Posix

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

  @Test("isn't taken through a link")
  func link() throws {
    let tree = try FixtureTree(["x": "", "link": .link("x")])
    let folder = try Directory(path: tree.path)
    let error = #expect(throws: ProcFSError.self) {
      _ = try FileLock("link", in: folder, timeout: 0)
    }
    #expect(error?.errno == .symbolicLink)
  }
}
