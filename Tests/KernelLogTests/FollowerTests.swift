import DaemonLog
import LogLines
import Testing

@testable import KernelLog

@Suite("Lines that belong together")
struct FollowerTests {
  private static let invocation = "java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0"
  private static let message = "Memory cgroup out of memory: "
  private static let group = "Tasks in /a are going to be killed due to memory.oom.group set"

  private static func line(_ words: String, at microseconds: Int = 1_000_000) -> String {
    let fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
    return "[\(microseconds / 1_000_000).\(fraction)] \(words)\n"
  }

  private static func kill(_ pid: Int, at microseconds: Int = 1_000_000, message: String = message)
    -> String
  {
    line("\(message)Killed process \(pid) (x) total-vm:8kB, oom_score_adj:0", at: microseconds)
  }

  @Test(
    "are a kill and its group's within five seconds",
    arguments: [(5_000_000, true), (5_000_001, false)])
  func groups(distance: Int, isFollower: Bool) {
    let time = 1_000_000 + distance
    let log =
      Self.line(Self.invocation) + Self.kill(7) + Self.line(Self.group, at: time)
      + Self.kill(8, at: time)
    #expect(kills(in: log).map(\.isFollower) == [false, isFollower])
    #expect(kills(in: log).map { $0.report.invoker != nil } == [true, isFollower])
    #expect(kills(in: log).map(\.report.cgroup?.killedAsGroup) == [nil, "/a"])
  }

  @Test(
    "are those of a group within a minute, else those without a message of their own within five seconds",
    arguments: [
      (true, message, 60_000_000, true), (true, message, 60_000_001, false),
      (true, "", 60_000_000, true),
      (false, "", 5_000_000, true), (false, "", 5_000_001, false), (false, message, 0, false),
    ])
  func followers(isGroup: Bool, message: String, distance: Int, isFollower: Bool) {
    let log =
      Self.line(Self.invocation) + Self.kill(7) + (isGroup ? Self.line(Self.group) : "")
      + Self.kill(8, at: 1_000_000 + distance, message: message)
    let kills = kills(in: log)
    #expect(kills.map(\.isFollower) == [false, isFollower])
    #expect(
      kills.last?.message == (message.isEmpty && !isFollower ? "" : "Memory cgroup out of memory"))
  }

  @Test(
    "are a process of a group and its table, also where the next report has begun",
    arguments: [(9, true), (8, false), (8, true)])
  func overtaken(pid: Int, hasSummary: Bool) {
    let header = "[ pid ]   uid  tgid total_vm      rss oom_score_adj name"
    let summary =
      "oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/b,task_memcg=/b,task=x,pid=\(pid),uid=0"
    let rows = [7, 8].map {
      Self.line("[    \($0)]     0     \($0)       99       50             0 x")
    }
    let log =
      Self.line(Self.invocation) + Self.line(header) + rows.joined()
      + Self.line("worker" + Self.invocation.dropFirst(4)) + Self.kill(7) + Self.line(Self.group)
      + (hasSummary ? Self.line(summary) : "") + Self.kill(pid)
    let kills = kills(in: log)
    #expect(kills.count == 2)
    #expect(kills.last?.isFollower == (pid == 8 && !hasSummary))
    #expect(kills.last?.report.invoker?.name == (pid == 8 && !hasSummary ? "java" : "worker"))
  }

  @Test(
    "are page tables in bytes and a kill that tells them as kilobytes",
    arguments: [(57_344, 57_344, 56), (57_344, 56, 56), (57_344, 57_345, 57_345), (0, 0, 0)])
  func pageTables(bytes: Int, printed: Int, expected: Int) {
    let header =
      "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name"
    let log =
      Self.line(Self.invocation) + Self.line(header)
      + Self.line("[      7]     0     7     1000      900    \(bytes)        0             0 x")
      + Self.line(
        "Out of memory: Killed process 7 (x) total-vm:8kB, pgtables:\(printed)kB oom_score_adj:0")
    #expect(kills(in: log).map(\.victim.pageTables?.count) == [expected])
  }

  @Test(
    "are a panic and the line that names the kernel, with nothing of another report between them",
    arguments: [("5 pages swap cached", true), ("Mem-Info:", false), ("x", true)])
  func panics(words: String, isNamed: Bool) {
    let log =
      Self.line("Kernel panic - not syncing: System is deadlocked on memory") + Self.line(words)
      + Self.line("CPU: 1 PID: 77 Comm: x Not tainted 6.1.0 #1")
    #expect(events(in: log).incidents.first?.report.release == (isNamed ? "6.1.0" : nil))
  }
}
