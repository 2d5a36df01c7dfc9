import DaemonLog
import LogLines
import Testing

@testable import KernelLog

/// The bounds of what a parser looks at, holds and joins.
@Suite("A parser's reach")
struct ReachTests {
  private static let invocation = "java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0"
  private static let kill =
    "Out of memory: Killed process 7 (x) total-vm:8kB, anon-rss:4kB, file-rss:0kB"
  private static let panic = "Kernel panic - not syncing: System is deadlocked on memory"

  private static func line(
    _ words: String, at microseconds: Int = 1_000_000, by caller: String = ""
  ) -> String {
    let fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
    return
      "[\(microseconds / 1_000_000).\(fraction)]\(caller.isEmpty ? "" : "[\(caller)]") \(words)\n"
  }

  private static func filler(_ count: Int, at microseconds: Int = 1_000_000) -> String {
    String(repeating: line("x", at: microseconds), count: count)
  }

  @Test(
    "is a line of 64 KiB, of which the rest is cut",
    arguments: [(65_536, 100), (65_537, 10), (70_000, nil)])
  func longLines(width: Int, adjustment: Int?) {
    let (start, end) = ("[1.000000] Killed process 7 (x)", "total-vm:8kB, oom_score_adj:100")
    let text =
      start + String(repeating: " ", count: width - start.utf8.count - end.utf8.count) + end + "\n"
    let log = Array((text + Self.line(Self.kill)).utf8)
    for size in [1, 1000, 65_535, 65_536, 65_537, .max] {
      let kills = events(in: log, pieces: size).kills
      #expect(kills.map(\.victim.adjustment) == [adjustment, nil])
      #expect(kills.map(\.line) == [1, 2])
    }
  }

  @Test("is the first 32 lines, whatever they hold", arguments: [(31, 1), (32, 0)])
  func beginning(lines: Int, count: Int) {
    let log = Array((Self.filler(lines) + Self.line(Self.panic) + Self.filler(9)).utf8)
    for size in [1, 50, .max] {
      #expect(events(in: log, pieces: size).incidents.count == count)
    }
  }

  @Test(
    "is some lines behind a kill, and many within a report",
    arguments: [(3, 4095, 1), (4, 4096, 0)])
  func attention(closed: Int, open: Int, count: Int) {
    let start = Self.filler(40)
    let behindKill = start + Self.line(Self.kill) + Self.filler(closed) + Self.line(Self.panic)
    for size in [1, 50, .max] {
      let found = events(in: Array((behindKill + Self.filler(20)).utf8), pieces: size)
      #expect(found.incidents.count == count)
    }
    let report = start + Self.line(Self.invocation) + Self.filler(open) + Self.line(Self.panic)
    let outcomes = events(in: report + Self.filler(20)).incidents.map(\.outcome)
    #expect(outcomes == [count == 1 ? .panic("System is deadlocked on memory") : .cutOff])
  }

  @Test(
    "is five seconds from who asked for a kill to the kill",
    arguments: [(5_000_000, true), (5_000_001, false)])
  func asking(distance: Int, isAskedFor: Bool) {
    let words = "kworker/0:1 invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0"
    let log =
      Self.line("sysrq: Manual OOM execution", at: 1_000_000)
      + Self.line(words, at: 1_000_000 + distance)
      + Self.line(Self.kill, at: 1_000_001 + distance)
    #expect(kills(in: log).map(\.report.isAskedFor) == [isAskedFor])
    // Once it is done, the next isn't asked for.
    #expect(
      kills(in: log + log.split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()).map(
        \.report.isAskedFor)
        == [isAskedFor, false])
  }

  @Test(
    "is only the kernel's threads that serve who asked",
    arguments: [
      ("kworker/0:1", 0, true), ("events/0", 0, true), ("java", 0, false),
      ("kworker/0:1", -1, false),
      ("kworker/0:1", 1, true),
    ])
  func servants(name: String, order: Int, isAskedFor: Bool) {
    let words = "\(name) invoked oom-killer: gfp_mask=0xd0, order=\(order), oom_score_adj=0"
    let log = Self.line("sysrq: Manual OOM execution") + Self.line(words) + Self.line(Self.kill)
    #expect(kills(in: log).map(\.report.isAskedFor) == [isAskedFor])
  }

  @Test(
    "is a minute, or 20000 lines, from a report to its kill",
    arguments: [
      (60_000_000, 1, true), (60_000_001, 1, false), (1, 20_000, true), (1, 20_001, false),
    ])
  func silence(distance: Int, lines: Int, isJoined: Bool) {
    let time = 1_000_000 + distance
    let log =
      Self.line(Self.invocation) + Self.filler(lines - 1, at: time) + Self.line(Self.kill, at: time)
    let events = events(in: log)
    #expect(events.kills.map(\.report.invoker?.name) == [isJoined ? "java" : nil])
    #expect(events.incidents.map(\.outcome) == (isJoined ? [] : [.cutOff]))
  }

  @Test(
    "ends with the boot: a clock that goes back by more than CPUs differ is another's",
    arguments: [(1_000_000, true), (1_000_001, false)])
  func boots(distance: Int, isJoined: Bool) {
    let log =
      Self.line(Self.invocation, at: 9_000_000) + Self.line(Self.kill, at: 9_000_000 - distance)
    #expect(kills(in: log).map(\.report.invoker?.name) == [isJoined ? "java" : nil])
  }

  @Test(
    "is five seconds from the memory's state to a kill",
    arguments: [(5_000_000, true), (5_000_001, false)])
  func doubt(distance: Int, isJoined: Bool) {
    let log = Self.line("49022 pages RAM") + Self.line(Self.kill, at: 1_000_000 + distance)
    #expect(kills(in: log).map(\.report.memory.ramPages) == [isJoined ? 49022 : nil])
  }

  @Test("is eight reports at once", arguments: [(8, true), (9, false)])
  func drafts(count: Int, isFirstKept: Bool) {
    let reports = (1...count).map { Self.line(Self.invocation, by: "T\($0)") }.joined()
    let kills = kills(in: reports + Self.line(Self.kill, by: "T1"))
    #expect(kills.map(\.report.invoker?.name) == [isFirstKept ? "java" : nil])
  }

  @Test(
    "is 16 lines from a panic to the line that names the kernel",
    arguments: [
      (16, 0, true), (17, 0, false),
      (1, 5_000_000, true), (1, 5_000_001, false),
    ])
  func release(lines: Int, distance: Int, isNamed: Bool) {
    let context = "CPU: 1 PID: 77 Comm: x Not tainted 6.1.0 #1"
    let log =
      Self.line(Self.panic) + String(repeating: Self.line("Call Trace:"), count: lines - 1)
      + Self.line(context, at: 1_000_000 + distance)
    #expect(events(in: log).incidents.map(\.report.release) == [isNamed ? "6.1.0" : nil])
  }

  @Test(
    "are 64 processes that were chosen without being killed, for a minute each",
    arguments: [
      (63, 1, 64), (64, 1, 65), (64, 60_000_000, 65), (1, 60_000_000, 2), (1, 60_000_001, 3),
    ])
  func announced(others: Int, distance: Int, count: Int) {
    let lines = [7] + (0..<others - 1).map { 100 + $0 } + [others > 1 ? 1000 : 100, 7]
    let log = lines.enumerated().map { index, pid in
      Self.line(
        "Out of memory: Kill process \(pid) (x) score 9 or sacrifice child",
        at: index == lines.count - 1 ? 1_000_000 + distance : 1_000_000)
    }.joined()
    #expect(kills(in: log).count == count + (others >= 64 ? 1 : 0))
  }

  @Test("are so many parts of a report")
  func parts() throws {
    func many(_ words: String, _ count: Int) -> String {
      String(repeating: Self.line(words), count: count)
    }
    let log =
      Self.line(Self.invocation) + Self.line("Mem-Info:") + many("active_anon:1", 65)
      + many("Node 0 DMA free:4kB", 257) + Self.line("Unreclaimable slab info:")
      + many("x 4KB 8KB", 1025)
      + Self.line("Memory allocations:") + many("5 5 a.c:1 func:x", 65)
      + Self.line("memory: usage 4kB, limit 8kB, failcnt 3")
      + Self.line("Memory cgroup stats for /a:")
      + many("anon 4096", 129) + Self.line("[ pid ]   uid name") + many("[    9]     0 x", 32_769)
      + Self.line("Out of memory: Killed process 9 (x) total-vm:8kB")
    let report = try #require(kills(in: log).first?.report)
    #expect(report.memory.counters.count == 64)
    #expect(report.memory.zones.count == 256)
    #expect(report.slabs.count == 1024)
    #expect(report.allocations.count == 64)
    #expect(report.cgroup?.statistics.count == 128)
    #expect(report.tasks?.rows.count == 32_768)
    #expect(report.tasks?.count == 32_769)
  }

  @Test("is an entry of a mebibyte", arguments: [(1 << 20, 2), (1 << 20 + 1, 1)])
  func longEntries(width: Int, count: Int) {
    let message = "MESSAGE=Killed process 7 (x) total-vm:8kB\n_TRANSPORT=kernel\n"
    let entry = "__CURSOR=1\n\(message)"
    let padding = "X=" + String(repeating: "x", count: width - entry.utf8.count - 4) + "\n\n"
    let log = Array("\(entry)\(padding)__CURSOR=2\n\(message)\n".utf8)
    #expect(events(in: log, pieces: width - 1).kills.count >= count - 1)
    #expect(events(in: log).kills.count == 2)
  }

  @Test(
    "is the first 64 lines for finding out what a log is made of", arguments: [(63, 1), (64, 0)])
  func forms(lines: Int, count: Int) {
    let entry =
      "{\n\t\"_TRANSPORT\" : \"kernel\",\n\t\"MESSAGE\" : \"Killed process 9 (a) total-vm:4kB\"\n}\n"
    let log = Array((String(repeating: "x\n", count: lines) + entry).utf8)
    for size in [1, 7, .max] { #expect(events(in: log, pieces: size).kills.count == count) }
  }

  @Test(
    "is the first 32 entries, too, and some behind a kill", arguments: [(31, 3, 1), (32, 4, 0)])
  func entries(first: Int, closed: Int, count: Int) {
    func entry(_ message: String) -> String {
      "__CURSOR=1\n_TRANSPORT=kernel\nMESSAGE=\(message)\n\n"
    }
    func filler(_ count: Int) -> String { String(repeating: entry("x"), count: count) }
    #expect(events(in: filler(first) + entry(Self.panic) + filler(9)).incidents.count == count)
    let log = filler(40) + entry(Self.kill) + filler(closed) + entry(Self.panic) + filler(9)
    #expect(events(in: log).kills.map(\.line) == [161])
    #expect(events(in: log).incidents.map(\.line) == (count == 1 ? [165 + 4 * closed] : []))
  }

  @Test("is kept up by each row of a table, however long that is")
  func rows() {
    let rows = (1...5000).map {
      Self.line("[\($0)]     0  \($0)       99       50        0             0 x")
    }
    let log =
      Self.filler(40) + Self.line(Self.invocation)
      + Self.line("[ pid ]   uid  tgid total_vm      rss swapents oom_score_adj name")
      + rows.joined()
      + Self.line(Self.panic)
    let incidents = events(in: log).incidents
    #expect(incidents.map(\.outcome) == [.panic("System is deadlocked on memory")])
    #expect(incidents.map(\.report.tasks?.rows.count) == [5000])
  }

  @Test(
    "is the same in pieces, once nothing is looked at closely any more",
    arguments: [1, 7, 50, 4096])
  func pieces(size: Int) {
    let log = Array(
      (Self.filler(40) + Self.line(Self.kill) + Self.filler(40) + Self.line("x will")).utf8)
    #expect(events(in: log, pieces: size).kills.map(\.line) == [41])
    #expect(
      events(in: log + Self.line(Self.kill).utf8, pieces: size).kills.map(\.line) == [41, 83])
  }

  @Test("is a prefix of 399 bytes", arguments: [(399, 1), (400, 0)])
  func longPrefixes(width: Int, count: Int) {
    let host = "web-1" + String(repeating: "x", count: width - "web-1 kernel: ".utf8.count)
    #expect(kills(in: "\(host) kernel: \(Self.kill)\n").count == count)
  }

  @Test("goes on while a line is held that the next one may go on with")
  func holding() {
    var parser = KernelLogParser(live: true)
    var events: [LogEvent] = []
    #expect(!parser.isHolding)
    for line in [
      "[    1.000000] Out of memory: Killed process 7 (x) total-vm:8kB\n",
      "Nov 12 12:30:02 h earlyoom[5]: sending SIGTERM to process 1 uid 0 \"init\": badness 869, VmRSS 812 MiB\n",
    ] {
      let bytes = Array(line.utf8)
      parser.parse(bytes.span, into: &events)
      #expect(parser.isHolding, "\(line)")
      parser.settle(into: &events)
      #expect(!parser.isHolding)
    }
    #expect(events.count == 2)
  }

  @Test("is what follows the beginning of a line that is broken")
  func fragments() {
    let log =
      Self.filler(40) + Self.line("java invoked oom-killer:")
      + "gfp_mask=0xd0, order=0, oom_score_adj=0\n"
      + Self.line(Self.kill)
    #expect(kills(in: log).map(\.report.invoker?.name) == ["java"])
  }
}
