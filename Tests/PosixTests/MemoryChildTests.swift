import Glibc
import ProcFS
import TestSupport
import Testing

@testable import Posix

/// Each in a process of its own, whose other threads do nothing when it is copied.
@Suite("A child that takes memory")
struct MemoryChildTests {
  @Test("takes what it is told, up to its room, under its name", arguments: [false, true])
  func takes(isPatient: Bool) async {
    await #expect(processExitsWith: .success) { [isPatient = isPatient as Bool] in
      let child = try MemoryChild(
        name: "oomctl-test", adjustment: 7, room: 64 << 20, isPatient: isPatient)
      defer { child.end() }
      let process = try ProcFS().process(child.id)
      #expect(try process.name == "oomctl-test" && process.adjustment == 7)
      #expect(try process.stat.nice == (isPatient ? 19 : 0))
      let before = try #require(try process.status.resident?.bytes)
      child.take(32 << 20)
      #expect(child.answer() == 0)
      let after = try #require(try process.status.resident?.bytes)
      #expect((30 << 20..<40 << 20).contains(after - before))
      child.take(1 << 30)
      #expect(child.answer() == 0)
      let most = try #require(try process.status.resident?.bytes)
      #expect((62 << 20..<72 << 20).contains(most - before))
    }
  }

  @Test("tells which signal killed it, and that it is gone")
  func dies() async {
    await #expect(processExitsWith: .success) {
      let child = try MemoryChild(name: "x", adjustment: 0, room: 1 << 20, isPatient: false)
      kill(child.id.rawValue, SIGKILL)
      #expect(child.answer() == nil && child.reap() == SIGKILL && child.reap() == nil)
      close(child.channel)
    }
  }

  @Test("isn't there where the kernel refuses its adjustment or its room")
  func refused() async {
    await #expect(processExitsWith: .success) {
      let start = { (adjustment: Int, room: Int) -> String in
        do throws(MemoryChild.Obstacle) {
          let child = try MemoryChild(
            name: "x", adjustment: adjustment, room: room, isPatient: false)
          child.end()
          return "none"
        } catch {
          return "\(error)"
        }
      }
      #expect(start(1000, 4096) == "none")
      #expect(start(1001, 4096).hasPrefix("adjustment"))
      #expect(start(0, 0).hasPrefix("mapping"))
    }
  }
}

/// Each in a process of its own, whose other threads do nothing when it is copied.
@Suite("A process that takes settings back")
struct RevertProcessTests {
  /// What two files hold once it has ended.
  private static func contents(
    after seconds: Int, _ tell: (RevertProcess) -> Void = { _ in }
  ) throws -> [String] {
    let tree = try FixtureTree(["a": "new", "b": "new"])
    let steps = try ["a", "b"].map {
      try RevertProcess.Step(writing: Array("old".utf8), to: "\(tree.path)/\($0)")
    }
    let process = try RevertProcess(steps, after: seconds)
    tell(process)
    var status: CInt = 0
    while unsafe waitpid(process.id.rawValue, &status, 0) < 0, errno == EINTR {}
    #expect(status == 0)
    return try ["a", "b"].map { try text(at: "\(tree.path)/\($0)") }
  }

  @Test("does so in time, or as soon as it is told, and never once they may stay")
  func reverts() async {
    await #expect(processExitsWith: .success) {
      let early = try RevertProcessTests.contents(after: 0)
      let told = try RevertProcessTests.contents(after: 1000) { $0.tell(RevertProcess.reverting) }
      let ended = try RevertProcessTests.contents(after: 1000) { $0.tell(SIGTERM) }
      let kept = try RevertProcessTests.contents(after: 1000) { $0.tell(RevertProcess.keeping) }
      #expect(
        [early, told, ended, kept] == [
          ["old", "old"], ["old", "old"], ["old", "old"], ["new", "new"],
        ])
      #expect([RevertProcess.keeping, RevertProcess.reverting] == [SIGUSR1, SIGUSR2])
    }
  }

  @Test("can't be prepared for what can't be written")
  func missing() {
    #expect(throws: Errno.noSuchFile) {
      _ = try RevertProcess.Step(writing: [], to: "/nowhere/file")
    }
  }

  @Test("has a session and nearly no files of its own")
  func surroundings() async {
    await #expect(processExitsWith: .success) {
      let tree = try FixtureTree(["a": "new"])
      let step = try RevertProcess.Step(writing: [], to: "\(tree.path)/a")
      let process = try RevertProcess([step], after: 1000)
      let files = try names(in: "/proc/\(process.id)/fd").filter { Int($0) != nil }
      let targets = files.map { name in
        var target = [CChar](repeating: 0, count: 256)
        let count = unsafe readlink("/proc/\(process.id)/fd/\(name)", &target, 255)
        return String(
          decoding: target.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
      }
      #expect(getsid(process.id.rawValue) == process.id.rawValue)
      process.tell(RevertProcess.keeping)
      waitpid(process.id.rawValue, nil, 0)
      #expect(targets.contains("\(tree.path)/a"))
      #expect(targets.allSatisfy { !$0.hasPrefix("socket:") })
    }
  }
}
