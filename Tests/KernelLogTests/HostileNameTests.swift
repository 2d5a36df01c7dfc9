import DaemonLog
import TestSupport
import Testing

@testable import KernelLog

/// A process chooses its name: 15 bytes of anything.
@Suite struct HostileNameTests {
  static let names = [
    "a b", " a", "(a)", "a (b)", ")", "(", "))))", ") total-vm:1kB", "x), UID 1, y", ") score 9 or",
    ",pid=1", ",uid=0,pid=2", ",task=x", "a=b,c", "[", "[1]", "[  1.000000] a", "runc:[2:INIT]",
    "tmux: server", "kernel:", "531", "-1", "0x1", "a.", "b).", "), now x", "\"quoted\"", "a\\x41b",
    "naïve ☃", "'", "<b>&amp;", "#012x", "kill process 1", "Killed process", "a\tb", "a\u{1B}[31mb",
  ]

  @Test(arguments: names, [Era.e1, .e3, .e7, .e8, .e9, .r6, .r7])
  func `is read as it is`(name: String, era: Era) {
    let shortage = Shortage(era, in: .cgroup("/a", victim: "/a/b")).naming(victim: name)
    let log = LogStyle.dmesgRaw.log(of: ReportComposer.records(of: shortage))
    let kills = kills(in: log.bytes)
    #expect(kills.map(\.victim.name) == [name])
    #expect(kills.map(\.victim.pid) == [4711])
    #expect(kills.map(\.victim) == shortage.expectedKills.map(\.victim))
    #expect(kills.map(\.selected) == shortage.expectedKills.map(\.selected))
    #expect(kills.map(\.report.summary) == shortage.expectedKills.map(\.report.summary))
    #expect(kills.map(\.report.tasks?.rows) == shortage.expectedKills.map(\.report.tasks?.rows))
  }

  @Test(
    arguments: names,
    [
      LogStyle.kmsg, .dmesgJSON, .journalJSON, .journalJSONBytes, .journalPretty, .journalExport,
    ])
  func `survives what a transport does to it`(name: String, style: LogStyle) {
    let shortage = Shortage(.e9).naming(victim: name)
    let log = style.log(of: ReportComposer.records(of: shortage))
    #expect(kills(in: log.bytes).map(\.unwrapped) == shortage.expectedKills)
  }

  @Test(arguments: ["\u{1B}[31m) Z 1", "\u{1}", "a b", ")", "x invoked", "[1]"])
  func `may be the invoker's`(name: String) {
    var shortage = Shortage(.e9)
    shortage.invoker = Shortage.Task(pid: 3000, name: name)
    let log = LogStyle.kmsg.log(of: ReportComposer.records(of: shortage))
    #expect(kills(in: log.bytes).map(\.report.invoker?.name) == [name])
  }

  @Test(
    arguments: [
      LogStyle.kmsg, .dmesgJSON, .journalJSON, .journalJSONBytes, .journalPretty, .journalVerbose,
      .journalExport,
    ])
  func `may hold a line end`(style: LogStyle) {
    let shortage = Shortage(.e9).naming(victim: "a\nKilled 9")
    let log = style.log(of: ReportComposer.records(of: shortage))
    #expect(kills(in: log.bytes).map(\.victim.name) == ["a\nKilled 9"])
  }

  @Test func `may be no text at all`() {
    let line =
      Array("Killed process 9 (ab".utf8) + [0xE2, 0x98, 0xFF] + Array(") total-vm:4kB\n".utf8)
    #expect(kills(in: line).map(\.victim.name) == ["ab\u{FFFD}\u{FFFD}"])
    #expect(kills(in: line).map(\.victim.totalVM) == [4])
  }

  @Test func `may be empty`() {
    let log = "Killed process 9 () total-vm:4kB, anon-rss:4kB, file-rss:4kB\n"
    #expect(kills(in: log).map(\.victim.name) == [""])
  }

  @Test(arguments: ["a", "a), now x", ")", "(x) y", "), now anon-rss"])
  func `doesn't confuse the reaper`(name: String) throws {
    let line = "oom_reaper: reaped process 9 (\(name)), now anon-rss:4kB, file-rss:0kB"
    let reaping = try #require(events(in: "[    1.000000] \(line)\n").reapings.first)
    #expect(reaping.pid == 9)
    #expect(reaping.name == name)
    #expect(reaping.left == 4)
  }
}
