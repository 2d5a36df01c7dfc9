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
    LogRecord("low memory! at or below SIGTERM limits: mem 10 %, swap 10 %"),
    LogRecord("sending SIGKILL to process 4711 \"a\": badness 209, VmRSS 812 MiB"),
    LogRecord("kill failed: Operation not permitted"),
    LogRecord("lowmemorykiller: Killing 'a' (4711), adj 1000,"),
    LogRecord("   to free 20784kB on behalf of 'kswapd0' (44) because"),
    LogRecord("   cache 32112kB is below limit 32384kB for oom_score_adj 1000"),
    LogRecord("lowmemorykiller: send sigkill to 4711 (a), oom_adj 12, score_adj 705, size 9"),
    LogRecord(
      "Kill 'a' (4711), uid 10123, oom_score_adj 900 to free 512kB rss, 64kB swap; reason: low"
    )
    .said(by: "lmkd"),
    LogRecord("[talos] Sending SIGKILL to cgroup {\"cgroup\": \"/sys/fs/cgroup/kubepods/a\"}"),
    LogRecord("[talos] victim processes: {\"processes\": [\"a\", \"b\"]}"),
    LogRecord("x.service: systemd-oomd killed 20 process(es) in this unit.").said(by: "systemd[1]"),
    LogRecord("oomd kill: 50.85 49.35 30.53 a.slice 6905962496 ruleset:[a] killer:kill_by_swap v2"),
  ]
}
