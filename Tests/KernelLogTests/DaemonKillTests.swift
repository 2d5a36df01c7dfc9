import DaemonLog
import KernelLog
import LogLines
import Testing

/// Kills by programs that watch memory, in their own words.
@Suite struct DaemonKillTests {
  @Test(arguments: [
    "Killed /system.slice/x.service due to memory pressure for /system.slice being 65.15% > 50.00% "
      + "for > 20s with reclaim activity",
    "Killed /system.slice/x.service due to memory used (15449980928) / total (16437264384) and swap "
      + "used (14808154112) / total (16436412416) being more than 90.00%",
    "Marked /system.slice/x.service for killing due to memory pressure for /system.slice being "
      + "85.03% > 80.00% for > 2s with reclaim activity",
  ])
  func `systemd-oomd kills cgroups`(words: String) throws {
    let kill = try kill(by: "systemd-oomd[702]", words)
    #expect(kill.killer == "systemd-oomd")
    #expect(kill.cgroup == "/system.slice/x.service")
    let reason = try #require(kill.reason)
    #expect(words.hasSuffix(" due to \(reason)"))
    #expect(kill.pid == nil)
  }

  @Test(arguments: [
    ("sending SIGTERM to process 4711 uid 33 \"php: fpm\": badness 869, VmRSS 812 MiB", 33, nil),
    ("sending SIGKILL to process 4711 \"php: fpm\": badness 209, VmRSS 812 MiB", nil, nil),
    (
      "sending SIGTERM to process 4711 uid 33 \"php: fpm\": oom_score 869, VmRSS 812 MiB, "
        + "cmdline \"php-fpm: pool www\"", 33, nil
    ),
    (
      "sending SIGTERM to process 4711 uid 33 \"php: fpm\": oom_score 869, oom_score_adj -5, "
        + "VmRSS 812 MiB, cmdline \"VmRSS 1 MiB, oom_score_adj 9\"", 33, -5
    ),
    ("killing process 4711 \"php: fpm\" with signal 15: badness 550, VmRSS 812 MiB", nil, nil),
  ])
  func `earlyoom kills processes`(words: String, uid: Int?, adjustment: Int?) throws {
    let kill = try kill(by: "earlyoom[650]", words)
    #expect(kill.killer == "earlyoom")
    #expect(kill.pid == 4711)
    #expect(kill.name == "php: fpm")
    #expect(kill.uid == uid)
    #expect(kill.resident == Kibibytes(812 * 1024))
    #expect(kill.adjustment == adjustment)
  }

  @Test func `nohang says whom, then that it does`() throws {
    let lines = [
      ">>=== STARTING implement_corrective_action() ====>>",
      "Memory status that requires corrective actions:",
      "  MemAvailable [383 MiB, 5.0 %] <= soft_threshold_min_mem [384 MiB, 5.0 %]",
      "Found 9 tasks with non-zero oom_score (except init and self) in 2ms",
      "TOP printed in 1ms; process with highest badness:",
      "  PID: 4711, name: php: fpm, badness: 849",
      "Recheck memory levels...",
      "Victim status (found in 1ms):",
      "  PID:       4711, name: php: fpm, state: S (sleeping), EUID: 33, SID: 1 (systemd), lifetime: 5s",
      "  badness:   849, oom_score:  849, oom_score_adj:  -5",
      "  Vm, MiB:   Size: 900, RSS: 812 (Anon: 800, File: 10, Shmem: 2), Swap: 3",
      "  cgroup_v1: ",
      "  cgroup_v2: /system.slice/x.service",
      "Implementing a corrective action:",
      "  Sending SIGTERM to the victim",
      "OK; total response time: 12ms",
      "The victim died in 0.1s",
    ]
    let kills = events(in: log(by: "nohang[500]", lines)).daemonKills
    let kill = try #require(kills.first)
    #expect(kills.count == 1)
    #expect(kill.killer == "nohang")
    #expect(kill.pid == 4711)
    #expect(kill.name == "php: fpm")
    #expect(kill.line == 15)
  }

  @Test func `nohang's first versions used other words`() throws {
    let lines = [
      "Process with highest badness (found in 590 ms):",
      "  PID: 4711, Name: php: fpm, badness: 572",
      "Implement a corrective action:",
      "  Send SIGTERM to the victim; total response time: 13246 ms",
    ]
    let kills = events(in: log(by: "nohang-desktop[500]", lines)).daemonKills
    #expect(kills.map(\.pid) == [4711])
    #expect(kills.map(\.name) == ["php: fpm"])
  }

  @Test(arguments: [
    "[   12.000001] ", "12,1,12000001,-;", "<12>[   12.000001] ", "user  :warn  : [   12.000001] ",
    "<4>[   12.000001] ", "Nov 12 12:30:02 web-07 kernel: ",
    "_TRANSPORT=kernel\nSYSLOG_FACILITY=1\nMESSAGE=",
  ])
  func `oomd writes into the kernel's log`(prefix: String) throws {
    let isExport = prefix.hasPrefix("_")
    let log = """
      \(isExport ? "__CURSOR=a\n" : "")\(prefix)oomd kill: 50.85 49.35 30.53 system.slice/x.service 6905962496 \
      ruleset:[low swap] detectorgroup:[free swap goes below 10 percent] killer:kill_by_swap_usage v2

      """
    let kill = try #require(events(in: log).daemonKills.first)
    #expect(kill.killer == "oomd")
    #expect(kill.cgroup == "/system.slice/x.service")
    #expect(kill.resident == Kibibytes(6_905_962_496 / 1024))
    #expect(kill.reason?.contains("free swap goes below 10 percent") == true)
  }

  @Test(arguments: ["", "[   12.000001] ", "user  :warn  : [   12.000001] "])
  func `oomd's line goes on with no other`(prefix: String) {
    let kernels = prefix.hasPrefix("user") ? "kern  :err   : [   12.000000] " : prefix
    let log = """
      \(kernels)Killed process 9 (a) total-vm:4kB, anon-rss:4kB, file-rss:4kB
      \(prefix)oomd kill: 50.85 49.35 30.53 a.slice 69 ruleset:[a] detectorgroup:[b] killer:x v2

      """
    let found = events(in: log)
    #expect(found.kills.map(\.victim.pid) == [9])
    #expect(found.daemonKills.map(\.cgroup) == ["/a.slice"])
    guard case .kill? = found.first else { return #expect(Bool(false), "\(found)") }
  }

  @Test(arguments: [
    ("systemd-oomd[702]", "Considered 19 cgroups for killing, top candidates were:"),
    ("systemd-oomd[702]", "Memory pressure for /system.slice is 85.03% > 80.00% for > 2s"),
    ("systemd[1]", "x.service: systemd-oomd killed 20 process(es) in this unit."),
    ("systemd[1]", "Killed /system.slice/x.service due to memory pressure for /system.slice"),
    ("earlyoom[650]", "low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%"),
    ("earlyoom[650]", "sending SIGTERM when mem <= 10.00% and swap <= 10.00%,"),
    ("earlyoom[650]", "escalating to SIGKILL after 2.4 seconds"),
    ("shell[9]", "sending SIGTERM to process 4711 uid 33 \"a\": badness 869, VmRSS 812 MiB"),
    ("nohang[500]", "  Sending SIGTERM to the victim"),
    ("kernel", "oomd kill: 50.85 49.35 30.53 a.slice 69 ruleset:[a] killer:(dry)kill_by_x v2"),
  ])
  func `what else they log is no kill`(tag: String, words: String) {
    #expect(events(in: log(by: tag, [words])).daemonKills.isEmpty)
  }

  private func kill(by tag: String, _ words: String) throws -> DaemonKill {
    let found = events(in: log(by: tag, ["before", words, "after"]))
    #expect(found.count == 1)
    let kill = try #require(found.daemonKills.first)
    #expect(kill.line == 2)
    #expect(kill.stamp.host == "web-07")
    return kill
  }

  private func log(by tag: String, _ lines: [String]) -> String {
    lines.map { "Nov 12 12:30:02 web-07 \(tag): \($0)\n" }.joined()
  }
}
