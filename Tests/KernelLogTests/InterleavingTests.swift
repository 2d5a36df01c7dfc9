import DaemonLog
import KernelLog
import TestSupport
import Testing

/// Two CPUs that print at once: memory cgroups have a lock each.
@Suite struct InterleavingTests {
  private var first: Shortage {
    Shortage(.e9, in: .cgroup("/first", victim: "/first/a"))
  }

  private var second: Shortage {
    var shortage = Shortage(.e9, in: .cgroup("/second", victim: "/second"))
    shortage.caller = 3000
    shortage.start += 5
    shortage.invoker = Shortage.Task(pid: 3000, name: "worker")
    shortage.tasks = shortage.tasks.map { task in
      var task = task
      task.pid += 100_000
      task.tgid += 100_000
      return task
    }
    shortage.chosen = shortage.tasks[4]
    return shortage
  }

  @Test(arguments: [LogStyle.dmesgCaller, .consoleCaller, .kmsgFull])
  func `are told apart by the caller, line by line`(style: LogStyle) {
    let records = zipped(
      ReportComposer.records(of: first), ReportComposer.records(of: second), by: 1)
    let kills = kills(in: style.log(of: records).bytes)
    #expect(kills.map(\.unwrapped) == first.expectedKills + second.expectedKills)
    #expect(kills.allSatisfy { !$0.report.isInterleaved })
  }

  @Test(arguments: [LogStyle.dmesgCaller, .kmsgFull], [2, 5, 20])
  func `are told apart by the caller in larger pieces`(style: LogStyle, size: Int) {
    let records = zipped(
      ReportComposer.records(of: first), ReportComposer.records(of: second), by: size)
    let kills = kills(in: style.log(of: records).bytes)
    #expect(Set(kills.map(\.unwrapped)) == Set(first.expectedKills + second.expectedKills))
  }

  @Test(arguments: [LogStyle.dmesg, .syslog, .journalShort, .journalExport])
  func `are told apart by the process that is named`(style: LogStyle) throws {
    let (one, other) = (ReportComposer.records(of: first), ReportComposer.records(of: second))
    // Both have printed all but the summary and the kill line.
    let records = one.dropLast(2) + other.dropLast(2) + one.suffix(2) + other.suffix(2)
    let kills = kills(in: style.log(of: Array(records)).bytes)
    #expect(kills.map(\.victim.pid) == [4711, 104_711])
    #expect(kills.map(\.report.cgroup?.statisticsOwner) == ["/first", "/second"])
    #expect(kills.map(\.report.summary?.limitCgroup) == ["/first", "/second"])
    #expect(kills.map(\.report.tasks?.rows.count) == [6, 6])
    #expect(kills.map(\.report.invoker?.name) == ["nginx", "worker"])
    // Rows may still be the other's.
    #expect(kills.map(\.report.isInterleaved) == [true, true])
  }

  @Test(arguments: [LogStyle.dmesg, .syslog], [1, 3, 20])
  func `are no basis for a verdict where nothing tells whose lines are whose`(
    style: LogStyle, size: Int
  ) {
    let (one, other) = (ReportComposer.records(of: first), ReportComposer.records(of: second))
    let mixed = kills(in: style.log(of: zipped(one, other, by: size)).bytes)
    #expect(mixed.allSatisfy { $0.report.isInterleaved || $0.report.tasks == nil })
    let apart = kills(in: style.log(of: one + other).bytes)
    #expect(apart.map(\.report.isInterleaved) == [false, false])
    // The first one's end is lost: nothing tells that from lines that are mixed, unless it is long ago.
    #expect(
      kills(in: style.log(of: one.dropLast(2) + other).bytes).map(\.report.isInterleaved) == [true])
    var late = second
    late.start += 10_000_000
    let afterwards = Array(one.dropLast(2)) + ReportComposer.records(of: late)
    #expect(kills(in: style.log(of: afterwards).bytes).map(\.report.isInterleaved) == [false])
  }

  @Test(arguments: [LogStyle.dmesg, .syslog])
  func `lose no kill however they mix`(style: LogStyle) {
    for size in 1...30 {
      let records = zipped(
        ReportComposer.records(of: first), ReportComposer.records(of: second), by: size)
      let kills = kills(in: style.log(of: records).bytes)
      #expect(Set(kills.map(\.victim.pid)) == [4711, 104_711])
      #expect(kills.allSatisfy { !$0.isFollower })
    }
  }

  @Test func `the reaper's line may come after the next report began`() {
    var shortage = first
    shortage.isReaped = true
    var records = ReportComposer.records(of: shortage)
    let reaper = records.removeLast()
    var next = ReportComposer.records(of: second)
    next.insert(reaper, at: 12)
    let events = events(in: LogStyle.dmesg.log(of: records + next).bytes)
    #expect(events.kills.map(\.unwrapped) == first.expectedKills + second.expectedKills)
    #expect(events.reapings.map(\.pid) == [4711])
  }

  @Test(arguments: [
    (nil, true), ("Out of memory: Kill process 70 (x) score 9 or sacrifice child", false),
    ("oom-kill:constraint=CONSTRAINT_NONE,task_memcg=/,task=x,pid=70,uid=0", false),
    ("Out of memory and no killable processes...", false),
  ])
  func `don't mix once the first has told whom it chose`(decision: String?, isInterleaved: Bool) {
    let invocation = "x invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0"
    let lines =
      [invocation] + (decision.map { [$0] } ?? []) + [
        invocation, "Out of memory: Killed process 71 (y)",
      ]
    let log = lines.enumerated().map { "[   12.00000\($0)] \($1)\n" }.joined()
    let kills = kills(in: log).filter { $0.victim.pid == 71 }
    #expect(kills.map(\.report.isInterleaved) == [isInterleaved])
  }

  @Test(arguments: [1, 2, 7])
  func `reports of two hosts are told apart though their lines come in turns`(size: Int) {
    var one: [String] = []
    for (host, shortage) in [("web-01", first), ("web-02", second)] {
      let log = LogStyle.syslog.log(of: ReportComposer.records(of: shortage)).bytes
      one.append(String(decoding: log, as: UTF8.self).replacing("web-07", with: host))
    }
    let lines = one.map { log in log.split(separator: "\n").map { LogRecord(String($0)) } }
    let turns = zipped(lines[0], lines[1], by: size)
    let log: [UInt8] = Array(turns.map { record in record.text + [10] }.joined())
    let kills = kills(in: log)
    #expect(
      Set(kills.map(\.victim)) == Set((first.expectedKills + second.expectedKills).map(\.victim)))
    #expect(kills.map(\.report.isInterleaved) == [false, false])
    #expect(
      kills.map { $0.report.tasks?.rows.count }
        == [first, second].map { $0.expectedKills[0].report.tasks?.rows.count })
  }

  /// Some of the one, then some of the other, in turn.
  private func zipped(_ one: [LogRecord], _ other: [LogRecord], by size: Int) -> [LogRecord] {
    var (one, other, result) = (one[...], other[...], [LogRecord]())
    while !one.isEmpty || !other.isEmpty {
      result += one.prefix(size) + other.prefix(size)
      (one, other) = (one.dropFirst(size), other.dropFirst(size))
    }
    return result
  }
}
