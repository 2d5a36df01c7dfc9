import TestSupport

/// Good logs: each era's reports in each style.
enum Seeds {
  static let all: [[UInt8]] = LogStyle.allCases.flatMap { style in
    Era.allCases.map { era in style.log(of: records(era)).bytes }
  }

  private static func records(_ era: Era) -> [LogRecord] {
    var shortage = Shortage(era)
    shortage.isReaped = true
    if era.hasGroupKills {
      shortage.place = .cgroup("/a", victim: "/a/b,c=d")
      shortage.group = [shortage.tasks[2]]
    } else if era.printsSelection {
      shortage.child = shortage.tasks[2]
    }
    var records: [LogRecord] = []
    for (index, record) in ReportComposer.records(of: shortage).enumerated() {
      records.append(record)
      if index % 5 == 0 { records.append(ForeignLines.record(index, at: record.microseconds)) }
    }
    return records + daemons
  }

  private static let daemons = [
    LogRecord(
      "Killed /system.slice/x.service due to memory pressure for /system.slice being 65.15%"
    )
    .said(by: "systemd-oomd[702]"),
    LogRecord(
      "sending SIGTERM to process 4711 uid 33 \"a\": oom_score 869, VmRSS 812 MiB, cmdline \"a\""
    )
    .said(by: "earlyoom[650]"),
    LogRecord("  PID: 4711, name: php: fpm, badness: 849").said(by: "nohang[500]"),
    LogRecord("  Sending SIGTERM to the victim").said(by: "nohang[500]"),
    LogRecord("oomd kill: 50.85 49.35 30.53 a.slice 6905962496 ruleset:[a] killer:kill_by_swap v2"),
  ]
}
