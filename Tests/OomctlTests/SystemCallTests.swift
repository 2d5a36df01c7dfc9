import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "The ranking costs",
  .enabled(if: Executable.canBeTraced, "strace is installed, and may trace"))
struct SystemCallTests {
  @Test("three calls to the kernel a process, and little besides", arguments: [["rank"], []])
  func perProcess(words: [String]) throws {
    let few = try calls(of: words, processCount: 100)
    let many = try calls(of: words, processCount: 300)
    for name in ["open", "read", "close"] {
      #expect(many[name, default: 0] - few[name, default: 0] == 200, "\(name)")
    }
    for (name, count) in many where !["open", "read", "close", "getdents64"].contains(name) {
      #expect(count == few[name], "\(name)")
    }
    #expect(few.values.reduce(0, +) <= 3 * 100 + 140)
  }

  @Test("three more each among more equals than are read whole")
  func equals() throws {
    let few = try calls(of: ["rank"], processCount: 300, haveEqualScores: true)
    let many = try calls(of: ["rank"], processCount: 400, haveEqualScores: true)
    for name in ["open", "read", "close"] {
      #expect(many[name, default: 0] - few[name, default: 0] == 200, "\(name)")
    }
  }

  /// How often each call is made from the moment on when the root is opened, all kinds of open as one.
  private func calls(
    of words: [String], processCount: Int, haveEqualScores: Bool = false
  ) throws -> [String: Int] {
    let processes = (100..<(100 + processCount)).map { id in
      FixtureProcess(id, "p", resident: 50 + id).with {
        $0.score = haveEqualScores ? 666 : Int128(id)
      }
    }
    var machine = FixtureMachine(processes: processes)
    machine.omitted = ["cmdline", "exe", "cgroup", "oom_adj"]
    // As much as SwapTotal says: none is being switched off.
    machine.files["proc/swaps"] = """
      Filename\tType\tSize\tUsed\tPriority
      /dev/sda2 partition \(machine.swap * 4) 0 -2

      """
    let tree = try machine.tree()
    let strace = try #require(Executable.tool("strace"))
    let path = try #require(Executable.path)
    let trace = "\(tree.path)/trace"
    let result = try Executable.run(
      strace, ["-f", "-o", trace, path] + words + ["--root", tree.path])
    #expect(result.status == 0)
    let lines = try text(at: trace).split(separator: "\n").drop {
      !($0.contains("open") && $0.contains("\"\(tree.path)\""))
    }
    var calls: [String: Int] = [:]
    for line in lines {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard words.count > 1 else { continue }
      let name = words[1].prefix { $0 != "(" }
      calls[name.hasPrefix("open") ? "open" : String(name), default: 0] += 1
    }
    return calls
  }
}
