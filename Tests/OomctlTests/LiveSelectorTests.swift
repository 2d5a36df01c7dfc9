import Glibc
import ProcFS
import TestSupport
import Testing

@testable import oomctl

@Suite("On the running machine a selector", .enabled(if: isProcReadable))
struct LiveSelectorTests {
  @Test("of a number may name the inode of its pidfd")
  func inode() throws {
    let inode = try ProcFS().process(ProcessID(getpid())).pidfdInode
    let list = run(["list", "\(getpid()):\(inode)", "--json"])
    #expect(try list.numbers == [Int(getpid())])
    #expect(list.status == .done)
  }

  @Test("with another inode means a process that has ended", arguments: [["list"], ["explain"]])
  func otherInode(command: [String]) {
    let result = run(command + ["\(getpid()):7"])
    #expect(
      result.errors
        == "oomctl: \(getpid()):7: that process has ended; the number is another's now\n")
    #expect(result.output.isEmpty)
    #expect(result.status == .failed)
  }

  @Test("leaves the program itself and its ancestors alone")
  func ownProcesses() throws {
    let name = try ProcFS().process(ProcessID(getpid())).name
    let others = run(["list", "--name", name, "--json"])
    #expect(try !others.numbers.contains(Int(getpid())))
    let mine = run(["list", "--mine", "--json"])
    #expect(try !mine.numbers.contains(Int(getppid())))
  }

  @Test("finds the program itself by number")
  func ownNumber() throws {
    let list = run(["list", "\(getpid())", "--json"])
    #expect(try list.numbers == [Int(getpid())])
  }

  @Test(
    "refuses the number of a thread, and names its process",
    arguments: [
      ["list"], ["rank"], ["explain"],
    ])
  func thread(command: [String]) async throws {
    let threads = try ProcFS().process(ProcessID(getpid())).threads
    let thread = try #require(threads.first { $0.rawValue != getpid() })
    let result = run(command + ["\(thread)"])
    #expect(result.errors.hasPrefix("oomctl: \(thread) is a thread of process \(getpid()) ("))
    #expect(result.errors.hasSuffix(")\nGive the process's number.\n"))
    #expect(result.output.isEmpty)
    #expect(result.status == .usage)
  }
}

/// Whether there is a `/proc` with all processes in it.
let isProcReadable = (try? bytes(at: "/proc/1/oom_score")) != nil
