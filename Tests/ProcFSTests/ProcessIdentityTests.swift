import ProcFS
import TestSupport
import Testing

@Suite("The identity of a process")
struct ProcessIdentityTests {
  @Test("stays the same as long as it lives, and as a zombie")
  func stable() throws {
    let child = try Child()
    let process = try child.process()
    let inode = try process.pidfdInode
    #expect(inode != 0)
    #expect(try process.pidfdInode == inode && child.process().pidfdInode == inode)
    child.kill()
    #expect(try process.pidfdInode == inode)
  }

  @Test("is another process's never", .enabled(if: Ability.identity))
  func unique() throws {
    let (one, two) = (try Child(), try Child())
    #expect(try one.process().pidfdInode != two.process().pidfdInode)
  }

  @Test("is unknown once it is gone")
  func gone() throws {
    let child = try Child()
    let process = try child.process()
    child.kill()
    child.reap()
    let error = #expect(throws: ProcFSError.self) { try process.pidfdInode }
    #expect(error?.description == "/proc/\(child.id): No such process")
  }

  @Test("isn't told of a number whose process is no longer the one that was opened")
  func replaced() throws {
    let child = try Child()
    let tree = try FixtureTree(["\(child.id)": .folder])
    let process = try tree.proc().process(ProcessID(child.id))
    let error = #expect(throws: ProcFSError.self) { try process.pidfdInode }
    #expect(error?.description == "\(tree.path)/\(child.id)/oom_score: No such file or directory")
  }
}
