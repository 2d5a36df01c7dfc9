import DaemonLog
import KernelLog
import LogLines
import Testing

/// Killers in logs without their tag, in other forms, and what came of their kills.
@Suite struct OtherKillerTests {
  /// A kill as a log tells of it.
  struct Told: Sendable, CustomTestStringConvertible {
    var lines: [String]
    var killer: String
    var pid: Int?
    var name: String?
    var cgroup: String?
    var reason: String?
    var adjustment: Int?

    var testDescription: String { lines.last ?? "" }
  }

  @Test(arguments: [
    Told(
      lines: [
        "mem avail:  9500 of 12000 MiB (79 %), swap free:    0 of    0 MiB ( 0 %)",
        "mem avail:   910 of 12000 MiB ( 7 %), swap free:    0 of    0 MiB ( 0 %)",
        "low memory! at or below SIGTERM limits: mem 10 %, swap 10 %",
        "sending SIGTERM to process 4711 \"web: ui\": badness 209, VmRSS 812 MiB",
        "escalating to SIGKILL after 2.4 seconds", "process exited after 2.8 seconds",
      ], killer: "earlyoom", pid: 4711, name: "web: ui",
      reason: "mem avail: 910 of 12000 MiB ( 7 %), swap free: 0 of 0 MiB ( 0 %); "
        + "low memory! at or below SIGTERM limits: mem 10 %, swap 10 %"),
    Told(
      lines: [
        "low memory! at or below SIGKILL limits: mem  5.00%, swap  5.00%",
        "sending SIGKILL to process 4711 uid 33 \"web\": oom_score 869, oom_score_adj 300, VmRSS 812 MiB, cmdline \"w\"",
      ], killer: "earlyoom", pid: 4711, name: "web",
      reason: "low memory! at or below SIGKILL limits: mem 5.00%, swap 5.00%", adjustment: 300),
    Told(
      lines: [
        "Low Memory! At or below SIGTERM limits (mem: 10 %, swap: 10 %)",
        "mem avail: 910 of 12000 MiB (7 %), swap free: 0 of 0 MiB (0 %)",
        "killing process 4711 \"web\" with signal 15: badness 550, VmRSS 812 MiB",
        "process 4711 exited after 1.9 seconds",
      ], killer: "earlyoom", pid: 4711, name: "web",
      reason: "Low Memory! At or below SIGTERM limits (mem: 10 %, swap: 10 %); "
        + "mem avail: 910 of 12000 MiB (7 %), swap free: 0 of 0 MiB (0 %)"),
    Told(
      lines: [
        "Low memory! mem avail: 91 of 1200 MiB (7) % <= min 10 %, swap free: 0 of 0 MiB (0 %) <= min 10 %",
        "Killing process 4711 web ui",
      ], killer: "earlyoom", pid: 4711, name: "web ui",
      reason: "Low memory! mem avail: 91 of 1200 MiB (7) % <= min 10 %, "
        + "swap free: 0 of 0 MiB (0 %) <= min 10 %"),
    Told(
      lines: ["Out of memory! avail: 91 MiB < min: 120 MiB", "Killing process 4711 (web)"],
      killer: "earlyoom", pid: 4711, name: "web",
      reason: "Out of memory! avail: 91 MiB < min: 120 MiB"),
    Told(
      lines: [
        "Marked /a.slice/b.scope for killing due to memory used (16) / total (17) and swap used (8) / total (9) "
          + "being more than 90.00%"
      ], killer: "systemd-oomd", cgroup: "/a.slice/b.scope",
      reason: "memory used (16) / total (17) and swap used (8) / total (9) being more than 90.00%"),
    Told(
      lines: [
        "Killed /a.slice/b.scope due to memory pressure for /a.slice being 57,97% > 50,00% for > 20s with "
          + "reclaim activity"
      ], killer: "systemd-oomd", cgroup: "/a.slice/b.scope",
      reason: "memory pressure for /a.slice being 57,97% > 50,00% for > 20s with reclaim activity"),
  ])
  func `a daemon's own output names nobody`(told: Told) throws { try check(told) }

  @Test(arguments: [
    Told(
      lines: [
        "lowmemorykiller: Kill 'com.example.app' (4711), uid 10123, oom_score_adj 900 to free 51200kB rss, "
          + "1024kB swap; reason: device is low on swap (12kB < 34kB) and thrashing (30%)"
      ], killer: "lmkd", pid: 4711, name: "com.example.app",
      reason: "device is low on swap (12kB < 34kB) and thrashing (30%)", adjustment: 900),
    Told(
      lines: [
        "11-12 12:30:02.000   350   350 I lowmemorykiller: Kill 'com.example.app' (4711), uid 10123, oom_adj 900 to "
          + "free 51200kB; reason: min watermark is breached"
      ], killer: "lmkd", pid: 4711, name: "com.example.app", reason: "min watermark is breached",
      adjustment: 900),
    Told(
      lines: [
        "I/lowmemorykiller(  350): Kill 'com.example.app' (4711), uid 10123, oom_score_adj 0 to free 51200kB rss, "
          + "0kB swap"
      ], killer: "lmkd", pid: 4711, name: "com.example.app", adjustment: 0),
    Told(
      lines: [
        "11-12 12:30:02.000   350   350 I lowmemorykiller: Killing 'com.example.app' (4711), uid 10123, adj 906",
        "11-12 12:30:02.000   350   350 I lowmemorykiller:    to free 51200kB because system is under medium memory "
          + "pressure oom_adj 800",
      ], killer: "lmkd", pid: 4711, name: "com.example.app",
      reason: "system is under medium memory pressure oom_adj 800", adjustment: 906),
    Told(
      lines: [
        "<6>lowmemorykiller: Killing 'd.example.games' (4711), adj 1000,",
        "<6>   to free 20784kB on behalf of 'kswapd0' (44) because",
        "<6>   cache 32112kB is below limit 32384kB for oom_score_adj 1000",
        "<6>   Free memory is 17432kB above reserved",
      ], killer: "lowmemorykiller", pid: 4711, name: "d.example.games",
      reason: "cache 32112kB is below limit 32384kB for oom_score_adj 1000", adjustment: 1000),
    Told(
      lines: [
        "[   12.000001] lowmemorykiller: Killing 'it's' (4712) (tgid 4711), adj 15, score_adj 900,",
        "[   12.000001]    to free 20784kB (20KB 30KB) on behalf of 'a' (1) because' (44) because",
        "[   12.000001]    cache 32112kB is below limit 32384kB for oom_score_adj 529 (529)",
        "[   12.000001]    Free CMA is 0kB",
      ], killer: "lowmemorykiller", pid: 4711, name: "it's",
      reason: "cache 32112kB is below limit 32384kB for oom_score_adj 529 (529)", adjustment: 900),
    Told(
      lines: [
        "Nov 12 12:30:02 phone kernel: lowmemorykiller: Killing 'a' (4711), adj 529,   to free 512kB on behalf of "
          + "'b' (9) because   cache 32kB is below limit 64kB for oom_score_adj 529   Free memory is 1kB above reserved"
      ], killer: "lowmemorykiller", pid: 4711, name: "a",
      reason: "cache 32kB is below limit 64kB for oom_score_adj 529", adjustment: 529),
    Told(
      lines: ["<4>[   12.000001] send sigkill to 4711 (a) b), adj 15, size 1234"],
      killer: "lowmemorykiller", pid: 4711, name: "a) b", adjustment: 15),
    Told(
      lines: [
        "[   12.000001] lowmemorykiller: send sigkill to 4711 (a), oom_adj 12, score_adj 705, size 9"
      ],
      killer: "lowmemorykiller", pid: 4711, name: "a", adjustment: 705),
    Told(
      lines: ["[   12.000001] send sigkill to 4711 (a), score_adj 705,adj 12, size 9"],
      killer: "lowmemorykiller", pid: 4711, name: "a", adjustment: 705),
    Told(
      lines: ["[   12.000001] [SELECTED] send sigkill to 4711 (a), adj 12, size 4096 Byte(s)"],
      killer: "lowmemorykiller", pid: 4711, name: "a", adjustment: 12),
  ])
  func `Android's daemon and driver`(told: Told) throws { try check(told) }

  @Test func `Android's kills have their sizes and who asked`() throws {
    let log = """
      <6>lowmemorykiller: Killing 'a' (4711), adj 1000,
      <6>   to free 20784kB on behalf of 'kswapd0' (44) because
      lowmemorykiller: Kill 'b' (4712), uid 10123, oom_score_adj 900 to free 51200kB rss, 1024kB swap
      <4>send sigkill to 4713 (c), adj 15, size 1234

      """
    let kills = events(in: log).daemonKills
    #expect(kills.map(\.resident) == [20784, 51200, 4936].map { Kibibytes($0) })
    #expect(kills.map(\.swapped) == [nil, Kibibytes(1024), nil])
    #expect(kills[0].invoker?.name == "kswapd0")
    #expect(kills[0].invoker?.pid == 44)
    #expect(kills.map(\.uid) == [nil, 10123, nil])
  }

  @Test(
    arguments: [
      ("", nil), ("[   12.000001] ", nil),
      ("user: warning: [2026-01-12T20:27:31.913975631Z]: ", nil),
      ("10.5.0.2: user: warning: [2026-01-12T20:27:31.913975631Z]: ", "10.5.0.2"),
      ("worker-1: user: warning: [2026-01-12T20:27:31.913975631Z]: ", "worker-1"),
    ] as [(String, String?)])
  func `Talos kills cgroups`(prefix: String, host: String?) throws {
    let log = """
      \(prefix)[talos] OOM controller triggered {"component": "controller-runtime"}
      \(prefix)[talos] Sending SIGKILL to cgroup {"component": "controller-runtime", "controller": \
      "runtime.OOMController", "cgroup": "/sys/fs/cgroup/kubepods/burstable/pod77"}
      \(prefix)[talos] victim processes: {"component": "controller-runtime", "processes": ["/bin/a [x, y]", "b"]}

      """
    let kill = try #require(events(in: log).daemonKills.first)
    #expect(kill.killer == "talos")
    #expect(kill.cgroup == "/kubepods/burstable/pod77")
    #expect(kill.processes == 2)
    #expect(kill.line == 2)
    if prefix.contains("user") { #expect(kill.stamp.clock != nil) }
    #expect(kill.stamp.host == host)
  }

  @Test func `Talos' own form has the kernel's lines, too`() throws {
    let prefix = "kern:    info: [2026-01-12T20:27:31.913975631Z]: "
    let other = "kern:     err: [2026-01-12T20:27:31.913975631Z]: "
    for prefix in [prefix, other, "kern: err: [2026-01-12T20:27:31.913Z]: ", "10.5.0.2: " + prefix]
    {
      let log =
        prefix + "Out of memory: Killed process 9 (a) total-vm:4kB, anon-rss:4kB, file-rss:4kB\n"
      let kill = try #require(kills(in: log).first)
      #expect(kill.victim.pid == 9)
      #expect(kill.stamp.clock != nil)
    }
  }

  @Test(arguments: [
    [
      "systemd-oomd[702]: " + killed,
      "systemd[1]: b.scope: systemd-oomd killed 61 process(es) in this unit.",
    ],
    [
      "systemd[999]: b.scope: systemd-oomd killed 61 process(es) in this unit.",
      "systemd-oomd[702]: " + killed,
    ],
  ])
  func `the service manager counts for systemd-oomd`(lines: [String]) throws {
    let before = "systemd-oomd[702]: Considered 21 cgroups for killing, top candidates were:"
    let log = ([before] + lines).map { "Nov 12 12:30:02 web-07 \($0)\n" }.joined()
    let kills = events(in: log).daemonKills
    #expect(kills.map(\.cgroup) == ["/a.slice/b.scope"])
    #expect(kills.map(\.processes) == [61])
    #expect(kills.map(\.candidates) == [21])
  }

  private static let killed =
    "Killed /a.slice/b.scope due to memory pressure for /a.slice being 57.97% > 50.00% for > 20s with reclaim activity"

  @Test(arguments: [
    "апр 28 01:23:30 web-07 ", "12月 17 10:04:41 web-07 ", "févr. 17 10:04:41 web-07 ",
    "17 2月 10:04:41 web-07 ", "Sep 10, 2026 9:54:23 PM web-07 ", "2026/09/10 21:54:23 web-07 ",
    "10.09.2026 21:54:23 web-07 ", "Thu Sep 10 21:54:23 2026 web-07 ",
    "2026 Sep 10 21:54:23 web-07 ",
  ])
  func `a killer's tag is enough behind any time`(prefix: String) throws {
    let log = "\(prefix)systemd-oomd[702]: \(Self.killed)\n"
    let kill = try #require(events(in: log).daemonKills.first)
    #expect(kill.cgroup == "/a.slice/b.scope")
    #expect(kill.stamp.host == "web-07")
  }

  @Test(arguments: [
    (
      "earlyoom[650]",
      [
        "sending SIGTERM to process 4711 \"a\": badness 869, VmRSS 812 MiB",
        "kill failed: Operation not permitted",
      ]
    ),
    (
      "earlyoom[650]",
      [
        "sending SIGTERM to process 4711 \"a\": badness 869, VmRSS 812 MiB",
        "dryrun, not actually sending any signal",
      ]
    ),
    (
      "earlyoom[650]",
      ["Killing process 4711 a", "Could not kill process: Operation not permitted"]
    ),
    (
      "nohang[500]",
      [
        "PID: 4711, name: a, badness: 849", "Sending SIGTERM to the victim",
        "Cannot send a signal: PermissionError",
      ]
    ),
    ("lowmemorykiller", ["Killing 'a' (4711), uid 10123, adj 906", "kill(4711): errno=1"]),
    (
      "systemd-oomd[702]",
      [
        "Marked /a.slice/b.scope for killing due to memory pressure",
        "Nothing killed when attempting to kill /a.slice/b.scope",
      ]
    ),
  ])
  func `an attempt that failed is no kill`(tag: String, lines: [String]) {
    let log = lines.map { "Nov 12 12:30:02 web-07 \(tag): \($0)\n" }.joined()
    #expect(events(in: log).daemonKills.isEmpty)
    // Were it not for the last line.
    let attempt = lines.dropLast().map { "Nov 12 12:30:02 web-07 \(tag): \($0)\n" }.joined()
    #expect(events(in: attempt).daemonKills.count == 1)
  }

  @Test func `a failure elsewhere takes no kill back`() {
    let log = [
      "Marked /a.slice/b.scope for killing due to memory pressure",
      "Failed to kill any cgroup(s) under /c.slice based on pressure: No such process",
    ].map { "Nov 12 12:30:02 web-07 systemd-oomd[702]: \($0)\n" }.joined()
    #expect(events(in: log).daemonKills.map(\.cgroup) == ["/a.slice/b.scope"])
  }

  @Test func `a container's name is a tag`() {
    let words = "sending SIGTERM to process 4711 \"a\": badness 869, VmRSS 812 MiB"
    #expect(events(in: "earlyoom-1  | \(words)\n").daemonKills.map(\.pid) == [4711])
    #expect(events(in: "web-1  | \(words)\n").daemonKills.isEmpty)
  }

  @Test func `waiting in vain for the end of a process is no failure`() {
    let log = """
      sending SIGKILL to process 4711 "a": badness 869, VmRSS 812 MiB
      kill failed: Timer expired

      """
    #expect(events(in: log).daemonKills.map(\.pid) == [4711])
  }

  @Test(arguments: [
    "Nov 12 12:30:02 web-07 app[9]: lowmemorykiller: Killing 'a' (4711), adj 15,",
    "Nov 12 12:30:02 web-07 app[9]: earlyoom[650]: sending SIGTERM to process 4711 \"a\": badness 9, VmRSS 8 MiB",
    "Nov 12 12:30:02 web-07 app: [talos] Sending SIGKILL to cgroup {\"cgroup\": \"/sys/fs/cgroup/a\"}",
    "апр 28 01:23:30 web-07 app[9]: systemd-oomd[702]: \(killed)",
    "I saw systemd-oomd: \(killed)",
    "[   12.000001] sending SIGTERM to process 4711 \"a\": badness 209, VmRSS 812 MiB",
    "Nov 12 12:30:02 web-07 kernel: sending SIGTERM to process 4711 \"a\": badness 209, VmRSS 812 MiB",
    "sending SIGTERM to process 4711", "sending SIGTERM to process 4711 \"a\": badness 209",
    "sending SIGHUP to process 4711 \"a\": badness 209, VmRSS 812 MiB",
    "killing process 4711 with signal 9", "Killing process 4711 a", "Killing 'a' (4711)",
    "Killed /a.slice/b.scope due to memory pressure", "Marked /a for killing due to boredom",
    "Killed /tmp/a due to memory used (1) / total (2)", "Kill 'a' (4711), uid 10123",
    "b.scope: systemd-oomd killed 61 process(es) in this unit.",
    "[   12.000001] lowmemorykiller: lowmem_shrink 128,200da, ofree 1 2, ma 529",
    "[   12.000001] select 4711 (a), adj 15, size 1234, to kill",
    "05-12 12:30:02.000  9  9 I app: lowmemorykiller: Kill 'a' (1), uid 1, oom_score_adj 9 to free 5kB rss, 1kB swap",
  ])
  func `other words, and other authors, tell of no kill`(line: String) {
    #expect(events(in: "before\n\(line)\nafter\n").daemonKills.isEmpty)
  }

  /// Lines of others between don't part what a killer says of one kill, and the order stays that of the log.
  @Test func `a kill comes before what was found behind it`() {
    let log = """
      Nov 12 12:30:02 web-07 earlyoom[650]: sending SIGTERM to process 4711 "a": badness 869, VmRSS 812 MiB
      Nov 12 12:30:02 web-07 kernel: Out of memory: Killed process 9 (a) total-vm:4kB, anon-rss:4kB, file-rss:4kB
      Nov 12 12:30:03 web-07 app[9]: nothing

      """
    let found = events(in: log)
    #expect(found.count == 2)
    guard case .daemonKill? = found.first, case .kill? = found.last else {
      return #expect(Bool(false), "\(found)")
    }
  }

  /// Wherever the pieces end that a log comes in.
  @Test func `a kill is found far from the beginning of a log`() throws {
    let filler = String(repeating: "nothing to see here\n", count: 2000)
    for words in [
      "sending SIGTERM to process 4711 uid 33 \"a\": badness 869, VmRSS 812 MiB",
      "killing process 4711 \"a\" with signal 15: badness 550, VmRSS 812 MiB",
      "lowmemorykiller: Kill 'a' (4711), uid 10123, oom_score_adj 900 to free 512kB rss, 10kB swap",
      "<6>lowmemorykiller: Killing 'a' (4711), adj 15,",
      "<6>send sigkill to 4711 (a), adj 15, size 9",
      "user: warning: [2026-01-12T20:27:31.9Z]: [talos] Sending SIGKILL to cgroup {\"cgroup\": \"/sys/fs/cgroup/a\"}",
      Self.killed, "Nov 12 12:30:02 web-07 earlyoom[650]: Killing process 4711 a",
    ] {
      #expect(events(in: filler + words + "\n" + filler).daemonKills.count == 1, "\(words)")
    }
  }

  /// Whatever is cut off, or left out, of what they say.
  @Test func `torn lines do no harm`() {
    let lines = [
      "Killing process 12 with badness 5", "Killing process 12 (", "Killing process 12 ()",
      "Kill ' (12), uid 1, oom_score_adj 9 to free 1kB", "Killing ' (12), adj 15", "Killing '",
      "send sigkill to 12 (),", "to free 1kB on behalf of '' (", "to free 1kB on behalf of ' (",
      "[talos] Sending SIGKILL to cgroup {\"cgroup\": \"",
      "[talos] victim processes: {\"processes\": [\"\\",
      ": systemd-oomd killed 1 process(es) in this unit.",
      "Killed / due to ", "Marked / for killing due to ", "sending SIGTERM to process 1 \"",
      "sending SIGTERM to process 1 \"\": badness ", "oomd kill: 1.0 1.0 1.0 ruleset:[",
      "PID: 1, name: , badness: 2", "New victim is cached victim 1 (",
    ]
    for tag in [
      "", "earlyoom[1]: ", "lowmemorykiller: ", "systemd-oomd[1]: ", "nohang[1]: ", "systemd[1]: ",
    ] {
      let prefix = tag.isEmpty ? "" : "Nov 12 12:30:02 web-07 " + tag
      for line in lines {
        for end in 0...line.utf8.count {
          _ = events(in: prefix + String(decoding: line.utf8.prefix(end), as: UTF8.self) + "\n")
        }
      }
    }
  }

  private func check(_ told: Told) throws {
    let kills = events(in: told.lines.joined(separator: "\n") + "\n").daemonKills
    let kill = try #require(kills.first)
    #expect(kills.count == 1)
    #expect(kill.killer == told.killer)
    #expect(kill.pid == told.pid)
    #expect(kill.name == told.name)
    #expect(kill.cgroup == told.cgroup)
    #expect(kill.reason == told.reason)
    #expect(kill.adjustment == told.adjustment)
  }
}
