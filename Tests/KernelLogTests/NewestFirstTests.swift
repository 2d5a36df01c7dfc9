import DaemonLog
import KernelLog
import TestSupport
import Testing

@Suite("A log with the newest line first")
struct NewestFirstTests {
  /// The lines of a log, the last one first.
  private static func turned(_ log: String) -> String {
    log.split(separator: "\n").reversed().map { "\($0)\n" }.joined()
  }

  private static let row =
    "[  300]     0   300    90000    80000    180224        0             0 hog"
  private static let header =
    "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name"
  private static let kill =
    "Out of memory: Killed process 300 (hog) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB"
  private static let summary =
    "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,"
    + "task_memcg=/a,task=hog,pid=300,uid=0"

  @Test(
    "is known by two lines that the kernel prints one after the other, where all have the same time",
    arguments: [
      [header, row], ["Free swap  = 0kB", "Total swap = 0kB"], [summary, kill],
      [
        "Out of memory: Kill process 300 (hog) score 900 or sacrifice child",
        "Killed process 300 (hog) total-vm:8kB, anon-rss:4kB, file-rss:0kB",
      ],
    ])
  func pairs(pair: [String]) {
    let lines =
      ["hog invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0"]
      + pair + (pair.contains { $0.contains("Killed process") } ? [] : [Self.kill])
    let log = lines.map { "Nov 12 12:30:02 web kernel: \($0)\n" }.joined()
    let whole = events(in: log)
    #expect(whole.count == 1)
    #expect(whole.kills.map(\.report.invoker?.name) == ["hog"])
    let back = events(in: Self.turned(log))
    #expect(back.kills.map(\.report) == whole.kills.map(\.report))
    #expect(back.count == 1)
  }

  @Test("isn't one where other kills follow each other, or a process is named like a row")
  func forward() {
    let others = [
      "Killed process 299 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB", Self.summary, Self.kill,
      "hog[300]: segfault at 10 ip 000055d0 sp 00007ffe error 4", Self.header, Self.row,
    ]
    let log = others.map { "Nov 12 12:30:02 web kernel: \($0)\n" }.joined()
    #expect(events(in: log).kills.map(\.line) == [1, 3])
  }

  @Test("is known by the times in JSON, too")
  func json() {
    func entry(_ message: String, at microseconds: Int) -> String {
      "{\"__REALTIME_TIMESTAMP\":\"\(1_790_000_000_000_000 + microseconds)\","
        + "\"_TRANSPORT\":\"kernel\",\"MESSAGE\":\"\(message)\"}\n"
    }
    let log = ["one", "two", "three", Self.summary, Self.kill].enumerated()
      .map { entry($1, at: $0) }.joined()
    #expect(events(in: log).kills.map(\.line) == [5])
    #expect(events(in: Self.turned(log)).kills.map(\.line) == [1])
    #expect(events(in: Self.turned(log)).count == 1)
  }
}
