import DaemonLog
import KernelLog
import TestSupport
import Testing

/// Each era's report in each wrapping: the same report is found.
@Suite struct StyleTests {
  @Test(arguments: LogStyle.allCases, Era.allCases)
  func `a shortage of the whole machine is read alike in each style`(style: LogStyle, era: Era) {
    check(Shortage(era), in: style)
  }

  @Test(arguments: LogStyle.allCases, Era.allCases.filter(\.hasCgroups))
  func `a cgroup at its limit is read alike in each style`(style: LogStyle, era: Era) {
    let place = Shortage.Place.cgroup("/user.slice", victim: "/user.slice/user@1000.service/app")
    check(Shortage(era, in: place), in: style)
  }

  @Test(arguments: LogStyle.allCases, Era.allCases.filter(\.hasGroupKills))
  func `a cgroup that dies as a whole is read alike in each style`(style: LogStyle, era: Era) {
    var shortage = Shortage(era, in: .cgroup("/batch/a", victim: "/batch/a"))
    shortage.group = [shortage.tasks[2], shortage.chosen]
    check(shortage, in: style)
  }

  @Test(
    arguments: [LogStyle.dmesg, .syslog, .kmsg, .journalExport, .wrapped],
    Era.allCases.filter(\.printsSelection))
  func `a child that was sacrificed is told from the chosen in each style`(
    style: LogStyle, era: Era
  ) {
    var shortage = Shortage(era)
    shortage.child = shortage.tasks[2]
    check(shortage, in: style)
  }

  @Test(arguments: LogStyle.allCases, Era.allCases)
  func `lines of others in between change nothing`(style: LogStyle, era: Era) {
    var records: [LogRecord] = []
    for (index, record) in ReportComposer.records(of: Shortage(era)).enumerated() {
      records.append(record)
      records.append(ForeignLines.record(index, at: record.microseconds + 3))
    }
    check(records, against: Shortage(era), in: style)
  }

  @Test(arguments: LogStyle.allCases, [Era.e0, .e1, .e4, .e7, .r6, .e10])
  func `reports that follow each other are told apart`(style: LogStyle, era: Era) {
    let first = Shortage(era)
    var second = first.naming(victim: "second")
    second.start += 30_000_000
    let records = [first, second].flatMap { ReportComposer.records(of: $0) }
    let kills = kills(in: style.log(of: records).bytes)
    #expect(kills.map(\.unwrapped) == first.expectedKills + second.expectedKills)
  }

  @Test(arguments: LogStyle.allCases)
  func `the reaper's lines are found in each style`(style: LogStyle) throws {
    var shortage = Shortage(.e9)
    shortage.isReaped = true
    let log = style.log(of: ReportComposer.records(of: shortage))
    let reapings = events(in: log.bytes).reapings
    try #require(reapings.map(\.pid) == [4711])
    #expect(reapings.map(\.name) == ["php-fpm"])
    #expect(reapings.map(\.left) == [316])
    #expect(reapings.map(\.isDone) == [true])
    let (last, line) = (log.lines[log.lines.count - 1], reapings[0].line)
    #expect(last.contains(line))
  }

  @Test(arguments: LogStyle.allCases, [Era.e0, .e3, .e7, .e10])
  func `the pieces in which a log comes change nothing`(style: LogStyle, era: Era) {
    var records = ReportComposer.records(of: Shortage(era))
    records += (0..<9).map { ForeignLines.record($0, at: 1_240_000_000 + $0) }
    records += ReportComposer.records(of: Shortage(era).naming(victim: "naïve ☃"))
    let bytes = style.log(of: records).bytes
    let whole = events(in: bytes)
    #expect(whole.kills.count == 2)
    for size in [1, 7, 4096] { #expect(events(in: bytes, pieces: size) == whole) }
  }

  @Test(
    arguments: [
      "Mem-", "Mem-Info:", "Kill", "Killed ", "oom", "oom_", "_oom", "fail", "failcnt ", "SIG",
      "SIGTERM", "MESSAGE\":[",
    ])
  func `nor do they where a line only seems to tell of a kill`(word: String) {
    // Behind a line like the first one only the next four are looked at whatever they hold.
    let quiet = "DMA:" + String(repeating: "\n", count: 5)
    for room in 0..<16 {
      let log =
        quiet + "[7.3]" + String(repeating: ".", count: room)
        + "\(word)\nx invoked oom-killer\n"
      let whole = events(in: log)
      for size in 1...64 { #expect(events(in: Array(log.utf8), pieces: size) == whole) }
    }
  }

  /// What happens to files on their way, before the first whole entry.
  enum Damage: CaseIterable {
    case lineEnds, mark, command, remark, emptyLine, cut

    func apply(to log: [UInt8]) -> [UInt8] {
      switch self {
      case .lineEnds: log.flatMap { $0 == 10 ? [13, 10] : [$0] }
      case .mark: Array("\u{FEFF}".utf8) + log
      case .command: Array("$ cat log\n".utf8) + log
      case .remark: Array("-- Logs begin at Mon 2019-11-11 10:00:00 CET. --\n".utf8) + log
      case .emptyLine: [10] + log
      case .cut: Array(log.dropFirst(50))
      }
    }
  }

  @Test(
    arguments: [
      LogStyle.dmesg, .syslog, .dmesgJSON, .journalPretty, .journalVerbose, .journalExport,
    ], Damage.allCases)
  func `nor does what happened to the log's beginning or its line ends`(
    style: LogStyle, damage: Damage
  ) {
    let records = [ForeignLines.record(0, at: 1_230_000_000)]
    // Of a message with line ends an export tells the length, which other line ends change.
    let shortage = Shortage(.e9, in: .cgroup("/a", victim: "/a/b"))
    let log = style.log(of: records + ReportComposer.records(of: shortage))
    let damaged = damage.apply(to: log.bytes)
    let whole = events(in: damaged)
    #expect(whole.kills.map(\.unwrapped) == shortage.expectedKills)
    for size in [1, 2, 13, 100] { #expect(events(in: damaged, pieces: size) == whole) }
  }

  private func check(_ shortage: Shortage, in style: LogStyle) {
    check(ReportComposer.records(of: shortage), against: shortage, in: style)
  }

  private func check(_ records: [LogRecord], against shortage: Shortage, in style: LogStyle) {
    let log = style.log(of: records)
    let events = events(in: log.bytes)
    let kills = events.kills
    #expect(events.count { if case .unit = $0 { false } else { true } } == kills.count)
    let expected = shortage.expectedKills
    for (kill, expected) in zip(kills, expected) {
      expectSame(kill.unwrapped, expected)
    }
    #expect(kills.count == expected.count)
    let places = records.indices.filter {
      records[$0].tag == "kernel" && records[$0].contains("Killed process")
    }
    for (kill, place) in zip(kills, places) {
      #expect(log.lines[place].contains(kill.line))
      if let stamp = style.stamp(of: records[place]) { #expect(kill.stamp == stamp) }
      if let stamp = style.stamp(of: records[0]) { #expect(kill.report.began == stamp) }
    }
  }
}

/// Part by part, so that a difference can be read.
func expectSame(
  _ kill: Kill, _ expected: Kill, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard kill != expected else { return }
  let (report, wanted) = (kill.report, expected.report)
  #expect(kill.victim == expected.victim, sourceLocation: sourceLocation)
  #expect(kill.message == expected.message, sourceLocation: sourceLocation)
  #expect(kill.selected == expected.selected, sourceLocation: sourceLocation)
  #expect(kill.isFollower == expected.isFollower, sourceLocation: sourceLocation)
  #expect(report.invoker == wanted.invoker, sourceLocation: sourceLocation)
  #expect(report.release == wanted.release, sourceLocation: sourceLocation)
  #expect(report.summary == wanted.summary, sourceLocation: sourceLocation)
  #expect(report.memory.counters == wanted.memory.counters, sourceLocation: sourceLocation)
  #expect(report.memory.zones == wanted.memory.zones, sourceLocation: sourceLocation)
  #expect(report.memory == wanted.memory, sourceLocation: sourceLocation)
  #expect(report.cgroup == wanted.cgroup, sourceLocation: sourceLocation)
  #expect(report.tasks?.columns == wanted.tasks?.columns, sourceLocation: sourceLocation)
  #expect(report.tasks?.rows == wanted.tasks?.rows, sourceLocation: sourceLocation)
  #expect(report.slabs == wanted.slabs, sourceLocation: sourceLocation)
  #expect(report.allocations == wanted.allocations, sourceLocation: sourceLocation)
  #expect(kill == expected, sourceLocation: sourceLocation)
}
