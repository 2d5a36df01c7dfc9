import Glibc
import ProcFS
import TestSupport
import Testing

@testable import Core
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

  @Test("leaves the program itself alone, and finds what started it, as a login's listener is")
  func ownProcesses() throws {
    let name = try ProcFS().process(ProcessID(getpid())).name
    let others = run(["list", "--name", name, "--json"])
    #expect(try !others.numbers.contains(Int(getpid())))
    let parent = try ProcFS().process(ProcessID(getppid())).name
    let ancestors = run(["list", "--name", parent, "--json"])
    #expect(try ancestors.numbers.contains(Int(getppid())))
    let family = run(["list", "--tree", "\(getppid())", "--json"])
    #expect(try !family.numbers.contains(Int(getpid())))
  }

  @Test("of a program means the file behind a link, whatever it is called")
  func linkedProgram() throws {
    let tree = try FixtureTree(["real": .file(bytes(at: "/bin/sleep"))])
    unsafe chmod("\(tree.path)/real", 0o755)
    try tree.add(.link("real"), at: "link")
    try tree.add(.link("\(tree.path)/link"), at: "folder/again")
    let child = try Child(["\(tree.path)/real", "1000"])
    for path in ["real", "link", "folder/again", "folder/../link"] {
      let list = run(["list", "--exe", "\(tree.path)/\(path)", "--json"])
      #expect(try list.numbers == [Int(child.id)], "\(path)")
    }
    // Another file of that path isn't what runs; the file that was there still is.
    tree.remove("real")
    let before = run(["list", "--exe", "\(tree.path)/link", "--json"])
    #expect(try before.numbers == [Int(child.id)])
    try tree.add(.file(bytes(at: "/bin/cat")), at: "elsewhere")
    #expect(try run(["list", "--exe", "\(tree.path)/elsewhere", "--json"]).numbers == [])
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
