import DaemonLog
import LogLines
import Testing

@testable import KernelLog

/// What looks like a kill and is none, or what else is said of a shortage.
@Suite struct OtherLinesTests {
  @Test(arguments: [
    "[   50.000000] OOM killer disabled.",
    "[   51.000000] OOM killer enabled.",
    "[   52.000000] PM: suspend entry (deep)",
    "[   53.000000] nginx: page allocation failure: order:4, mode:0x40dc0(GFP_KERNEL|__GFP_COMP)",
    "[   54.000000] Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF",
    "[   55.000000] VM: killing process httpd",
    "Nov 12 12:30:02 web-07 app[31]: java.lang.OutOfMemoryError: Java heap space",
    "Nov 12 12:30:02 web-07 app[31]: Killed process 99 (fake) total-vm:1kB, anon-rss:1kB, file-rss:1kB",
    "Nov 12 12:30:02 web-07 app: Out of memory: Killed process 99 (fake)",
    "Nov 12 12:30:02 web-07 systemd[1]: a.service: A process of this unit has been killed by the OOM killer.",
    "Nov 12 12:30:02 web-07 systemd[1]: a.service: Failed with result 'oom-kill'.",
    "Nov 12 12:30:02 web-07 kernel: audit: comm=\"Killed process 9 (a)\"",
    "<4>1 2019-11-12T12:30:02Z web-07 app 31 - - Killed process 99 (fake) total-vm:1kB",
    #"{"MESSAGE":"Killed process 9 (a)","_TRANSPORT":"syslog","SYSLOG_IDENTIFIER":"app"}"#,
    "__CURSOR=a\n_TRANSPORT=kernel\nSYSLOG_FACILITY=1\nMESSAGE=Killed process 9 (a) total-vm:4kB\n",
    "__CURSOR=a\n_TRANSPORT=kernel\nSYSLOG_FACILITY=1\nSYSLOG_IDENTIFIER=kernel\n"
      + "MESSAGE=Killed process 9 (a) total-vm:4kB\n",
    "__CURSOR=a\n_TRANSPORT=journal\nSYSLOG_IDENTIFIER=earlyoom\n_UID=1000\n"
      + "MESSAGE=sending SIGTERM to process 1 uid 0 \"init\": badness 869, VmRSS 812 MiB\n",
    "_TRANSPORT=stdout\nSYSLOG_IDENTIFIER=app\nMESSAGE=Killed process 9 (a)\n",
    "12,77,1000,-;app[31]: Killed process 9 (a)",
    "{\n\t\"_TRANSPORT\" : \"syslog\",\n\t\"MESSAGE\" : \"Killed process 9 (a)\"\n}",
    "{\n \"dmesg\": [\n {\n \"pri\": 12,\n \"msg\": \"Killed process 9 (a)\"\n }\n ]\n}",
    "{\n \"dmesg\": [\n {\n \"fac\": \"user\",\n \"msg\": \"Killed process 9 (a)\"\n }\n ]\n}",
    "Tue 2019-11-12 12:30:02 CET [s=1]\n    _TRANSPORT=stdout\n    MESSAGE=Killed process 9 (a)",
    "[   57.000000] Killed process group 9 (a)",
    "[   58.000000] Killed process nine (a)",
    "[   59.000000] Out of memory: Killed process",
    "[   60.000000] Out of memory: Killed process 9",
    "oom_score_adj of 9 was changed", "invoked oom-killer", "oom-kill:", "", "\0", "[",
  ])
  func `is no event`(line: String) {
    let found = events(in: "\(line)\n")
    #expect(found.kills.isEmpty)
    #expect(found.daemonKills.isEmpty)
    #expect(found.reapings.isEmpty)
  }

  @Test(arguments: [
    "{\n\t\"_TRANSPORT\" : \"kernel\",\n\t\"MESSAGE\" : \"Killed process 9 (a) total-vm:4kB\"\n}",
    "{\n \"dmesg\": [\n {\n \"pri\": 4,\n \"msg\": \"Killed process 9 (a) total-vm:4kB\"\n }\n ]\n}",
    "{\n \"dmesg\": [\n {\n \"fac\": \"kern\",\n \"msg\": \"Killed process 9 (a) total-vm:4kB\"\n }\n ]\n}",
    "Tue 2019-11-12 12:30:02 CET [s=1]\n    _TRANSPORT=kernel\n    MESSAGE=Killed process 9 (a) total-vm:4kB",
    "-- Logs begin at Mon 2019-11-11 --\nTue 2019-11-12 12:30:02 CET [s=1]\n"
      + "    MESSAGE=Killed process 9 (a) total-vm:4kB\n    _TRANSPORT=kernel\n-- Boot 1 --",
    "-- Logs begin at Mon 2019-11-11 --\nKilled process 9 (a) total-vm:4kB",
  ])
  func `but the kernel's own is one, however its entry is written`(log: String) {
    let whole = events(in: "\(log)\n")
    #expect(whole.kills.map(\.victim.name) == ["a"])
    for size in 1...80 { #expect(events(in: Array("\(log)\n".utf8), pieces: size) == whole) }
  }

  @Test(arguments: [
    ("app=kernel ", "", 1), ("", "[    1.000000] ", 1), ("app=kernel ", "[    1.000000] ", 1),
    ("", "", 0),
    ("app=cron ", "[    1.000000] ", 0),
  ])
  func `what a key carries is a kill where its author or its time is the kernel's`(
    author: String, time: String, count: Int
  ) {
    let line = "ts=1 \(author)msg=\"\(time)Out of memory: Killed process 7 (x) total-vm:8kB\"\n"
    #expect(kills(in: line).count == count)
  }

  @Test func `what is indented behind an entry in JSON goes on with that`() {
    let kill = "[    1.000000] Out of memory: Killed process 7 (x) total-vm:8kB\n"
    for (margin, count) in [(13, 1), (14, 0)] {
      let log = "{\"MESSAGE\":\"a\"}\n" + String(repeating: " ", count: margin) + kill
      #expect(kills(in: log).count == count)
    }
  }

  @Test func `the memory's state after a failed allocation belongs to no kill`() {
    let log = """
      [   53.000000] nginx: page allocation failure: order:4, mode:0x40dc0(GFP_KERNEL|__GFP_COMP)
      [   53.000001] CPU: 1 PID: 77 Comm: nginx Not tainted 6.1.0 #1
      [   53.000002] Mem-Info:
      [   53.000003] Node 0 DMA free:684kB min:164kB low:204kB high:244kB present:15992kB
      [   53.000004] 49022 pages RAM
      [  153.000004] Out of memory: Killed process 9 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB

      """
    #expect(events(in: log).count == 1)
    #expect(kills(in: log).map(\.report.memory) == [MemoryState()])
  }

  @Test(arguments: [
    ("Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled", true),
    ("Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled", true),
    ("Kernel panic - not syncing: out of memory. panic_on_oom is selected", true),
    ("Kernel panic - not syncing: out of memory(memcg). panic_on_oom is selected.", true),
    ("Kernel panic - not syncing: out of memory from page fault. panic_on_oom is selected.", true),
    ("Kernel panic - not syncing: System is deadlocked on memory", true),
    ("Kernel panic - not syncing: Out of memory and no killable processes...", true),
    ("Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009", true),
    ("Kernel panic - not syncing: Attempted to kill init!", true),
    ("Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)", false),
  ])
  func `a panic for want of memory ends a report`(line: String, isFound: Bool) {
    let found = events(in: report(endingWith: line)).incidents
    let words = String(line.dropFirst("Kernel panic - not syncing: ".count))
    #expect(found.map(\.outcome) == [isFound ? .panic(words) : .cutOff])
    #expect(found.map(\.report.invoker?.name) == ["nginx"])
    #expect(found.map(\.report.tasks?.rows.count) == [1])
  }

  @Test(
    arguments: [
      ("Attempted to kill init! exitcode=0x00000009", 1),
      ("Attempted to kill init! exitcode=0x00000100", 0), ("Attempted to kill init!", 0),
    ])
  func `init that ends without a report was killed by SIGKILL, or ended by itself`(
    words: String, count: Int
  ) {
    let log = "[   12.000010] Kernel panic - not syncing: \(words)\n"
    #expect(events(in: log).incidents.count == count)
  }

  @Test func `nobody to kill ends a report`() {
    let log = report(endingWith: "Out of memory and no killable processes...")
    #expect(events(in: log).incidents.map(\.outcome) == [.noVictim])
  }

  @Test func `the panic that follows counts once`() {
    let log =
      report(endingWith: "Out of memory and no killable processes...")
      + "[   12.000010] Kernel panic - not syncing: System is deadlocked on memory\n"
    let found = events(in: log).incidents
    #expect(found.map(\.outcome) == [.panic("System is deadlocked on memory")])
    #expect(found.map(\.report.invoker?.name) == ["nginx"])
  }

  @Test func `a victim that was exiting ends a report`() {
    let log = report(
      endingWith: "Out of memory: OOM victim 9 (a) b) is already exiting. Skip killing the task")
    let found = events(in: log)
    #expect(found.count == 1)
    #expect(found.incidents.map(\.outcome) == [.wasExiting(pid: 9, name: "a) b")])
  }

  @Test func `a report without its end is an incident`() {
    let log = report(endingWith: "systemd-journald[300]: Missed 40 kernel messages")
    let found = events(in: log)
    #expect(found.count == 1)
    #expect(found.incidents.map(\.outcome) == [.cutOff])
    #expect(found.incidents.map(\.report.release) == ["6.1.0"])
  }

  @Test(arguments: [
    "oom_kill_process: 17 callbacks suppressed", "__ratelimit: 17 callbacks suppressed",
  ])
  func `what the kernel left out is counted`(line: String) {
    #expect(events(in: "[   12.000000] \(line)\n") == [.suppressed(17)])
  }

  @Test func `other callers' callbacks aren't`() {
    #expect(events(in: "[   12.000000] net_ratelimit: 17 callbacks suppressed\n").isEmpty)
  }

  @Test(arguments: [
    ("reaped process 9 (a b), now anon-rss:4kB, file-rss:2kB", true, 6),
    ("reaped process 9 (a b), now anon-rss:0kB, file-rss:0kB, shmem-rss:8kB", true, 8),
    ("unable to reap pid:9 (a b)", false, nil),
  ])
  func `the reaper says what it did`(words: String, isDone: Bool, left: Int?) throws {
    let log = "[   12.000000] oom_reaper: \(words)\n"
    let reaping = try #require(events(in: log).reapings.first)
    #expect(reaping.pid == 9)
    #expect(reaping.name == "a b")
    #expect(reaping.isDone == isDone)
    #expect(reaping.left == left.map { Kibibytes($0) })
    #expect(reaping.stamp.monotonic == 12_000_000)
  }

  @Test func `one that shares the victim's memory follows it`() {
    let log = report(
      endingWith: """
        Out of memory: Kill process 9 (a) score 5 or sacrifice child
        [   12.000006] Killed process 9 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB
        [   12.000007] Kill process 10 (b) sharing same memory
        """)
    #expect(kills(in: log).map(\.victim.pid) == [9])
  }

  private func report(endingWith line: String) -> String {
    """
    [   12.000000] nginx invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
    [   12.000001] CPU: 1 PID: 77 Comm: nginx Not tainted 6.1.0 #1
    [   12.000002] Tasks state (memory values in pages):
    [   12.000003] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
    [   12.000004] [      9]     0     9     1000      900    57344        0             0 a
    [   12.000005] \(line)

    """
  }
}
