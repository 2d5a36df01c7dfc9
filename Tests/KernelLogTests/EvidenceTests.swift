import DaemonLog
import TestSupport
import Testing

@testable import KernelLog

/// What proves a kill, and whose it was.
@Suite struct EvidenceTests {
  private static let summary =
    "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,"
    + "task_memcg=/a/b,task=x y,pid=70,uid=5"

  private func log(_ lines: String...) -> [Kill] {
    kills(in: lines.enumerated().map { "[   12.00000\($0)] \($1)\n" }.joined())
  }

  @Test func `the summary alone names a victim`() {
    let kills = log(Self.summary)
    #expect(kills.map(\.victim.pid) == [70])
    #expect(kills.map(\.victim.name) == ["x y"])
    #expect(kills.map(\.victim.uid) == [5])
    #expect(kills.map(\.evidence) == [.summary])
    #expect(kills.map(\.report.summary?.limitCgroup) == ["/a"])
  }

  @Test func `the selection alone names a victim`() {
    let kills = log("Memory cgroup out of memory: Kill process 70 (x) score 9 or sacrifice child")
    #expect(kills.map(\.victim.pid) == [70])
    #expect(kills.map(\.evidence) == [.selection])
    #expect(kills.map(\.message) == ["Memory cgroup out of memory"])
  }

  @Test func `a victim that is announced twice died once`() {
    let line = "Out of memory: Kill process 70 (x) score 9 or sacrifice child"
    #expect(log(line, line, line).map(\.victim.pid) == [70])
    let late = "[   99.000000] \(line)\n"
    #expect(kills(in: "[    1.000000] \(line)\n\(late)").map(\.victim.pid) == [70, 70])
  }

  @Test func `one in whose stead children die is chosen again, or another child of it`() {
    let line = "Out of memory: Kill process 70 (x) score 9 or sacrifice child"
    let kills = log(line, "Killed process 71 (x) total-vm:8kB, anon-rss:4kB, file-rss:0kB", line)
    #expect(kills.map(\.victim.pid) == [71, 70])
    #expect(kills.map(\.selected?.pid) == [70, 70])
    #expect(kills.map(\.evidence) == [.killLine, .selection])
  }

  @Test(
    arguments: [
      (Self.summary.dropLast(1), 70, "x y", "/a/b"), (Self.summary.dropLast(3), 70, "x y", "/a/b"),
      (Self.summary.dropLast(6), nil, "x y", "/a/b"),
      (Self.summary.dropLast(7), nil, "x y", "/a/b"),
      (Self.summary.dropLast(14), nil, nil, "/a/b"), (Self.summary.dropLast(20), nil, nil, nil),
    ] as [(Substring, Int?, String?, String?)])
  func `a summary that is cut tells only what something else follows`(
    line: Substring, pid: Int?, name: String?, cgroup: String?
  ) throws {
    let kill = "Memory cgroup out of memory: Killed process 70 (x y) total-vm:8kB, anon-rss:4kB"
    let kills = log("a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0", "\(line)", kill)
    let summary = try #require(kills.first?.report.summary)
    #expect(kills.count == 1)
    #expect(summary.limitCgroup == "/a")
    #expect(summary.isCut == (line.count < Self.summary.count - 1))
    #expect(summary.name == name)
    #expect(summary.pid == pid)
    #expect(summary.taskCgroup == cgroup)
  }

  @Test func `a summary cut within the path of the limit tells no path`() {
    let line = Self.summary.split(separator: "/a,").dropLast().joined(separator: "/a,") + "/"
    let kill = "Memory cgroup out of memory: Killed process 70 (x y) total-vm:8kB, anon-rss:4kB"
    let kills = log(line, kill)
    #expect(kills.map(\.report.summary?.limitCgroup) == [nil])
    #expect(kills.map(\.report.summary?.taskCgroup) == [nil])
  }

  @Test func `no kernel prints an adjustment above 1000`() {
    let kill =
      "Out of memory: Killed process 7 (x) total-vm:8kB, anon-rss:4kB, file-rss:0kB, "
      + "shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:"
    for (value, expected) in [
      ("1000", 1000), ("-1000", -1000), ("1001", nil), ("-1001", nil), ("100004", nil),
    ] as [(String, Int?)] {
      #expect(log(kill + value).map(\.victim.adjustment) == [expected])
    }
    #expect(
      kills(in: "[   12.000001] \(kill)1000\n04:32:45 up 3 days\n").map(\.victim.adjustment) == [
        1000
      ])
  }

  @Test(arguments: [" ....", " ...", "...", "…", " …", "."])
  func `what somebody has left out follows the name as dots`(dots: String) {
    let kills = log("Memory cgroup out of memory: Killed process 7 (x) y)\(dots)")
    #expect(kills.map(\.victim.name) == ["x) y"])
  }
}

/// Whose victim it was that another was chosen for.
@Suite struct KinshipTests {
  private func kill(_ rows: String..., chosen: Int = 70, killed: Int = 71) throws -> Kill {
    let lines =
      ["x invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0"]
      + (rows.isEmpty ? [] : ["[ pid ]   uid  tgid total_vm      rss oom_score_adj name"]) + rows
      + [
        "Out of memory: Kill process \(chosen) (x) score 9 or sacrifice child",
        "Killed process \(killed) (x) total-vm:8kB, anon-rss:4kB, file-rss:0kB",
      ]
    let kills = kills(in: lines.map { "[   12.000001] \($0)\n" }.joined())
    return try #require(kills.first)
  }

  private let parent = "[   70]     0    70       99       50             0 x"
  private let child = "[   71]     0    71       99       50             0 x"

  @Test func `a process that is in the table lost its child`() throws {
    let kill = try kill(parent, child)
    #expect(kill.kinship == .child(of: Selection(pid: 70, name: "x", score: 9)))
    #expect(kill.chosenPID == 70)
  }

  @Test func `one that isn't in it is a thread, as only processes are`() throws {
    let kill = try kill(child)
    #expect(kill.kinship == .thread(Selection(pid: 70, name: "x", score: 9)))
    #expect(kill.chosenPID == 71)
  }

  @Test func `a thread whose leader is gone has a row`() throws {
    let kill = try kill("[   70]     0    71       99       50             0 x")
    #expect(kill.kinship == .thread(Selection(pid: 70, name: "x", score: 9)))
  }

  @Test func `without a table, or without the victim in it, it may be either`() throws {
    let other = "[    9]     0     9       99       50             0 y"
    for kill in [try kill(), try kill(other)] {
      #expect(kill.kinship == .unclear(Selection(pid: 70, name: "x", score: 9)))
      #expect(kill.chosenPID == 71)
    }
  }

  @Test func `the same is the same`() throws {
    #expect(try kill(killed: 70).kinship == .same)
  }

  @Test func `with vm.oom_kill_allocating_task the summary names the thread that asked`() {
    let lines = [
      "x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
      "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,"
        + "task_memcg=/,task=worker,pid=75,uid=0",
      "Out of memory (oom_kill_allocating_task): Killed process 71 (x) total-vm:8kB, anon-rss:4kB, "
        + "file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0",
    ]
    let events = events(in: lines.map { "[   12.000001] \($0)\n" }.joined())
    #expect(events.count == 1)
    #expect(events.kills.map(\.victim.pid) == [71])
    #expect(events.kills.map(\.report.summary?.pid) == [75])
    #expect(events.kills.map(\.report.invoker?.name) == ["x"])
  }
}
