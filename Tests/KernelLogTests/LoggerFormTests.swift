import DaemonLog
import KernelLog
import LogLines
import TestSupport
import Testing

/// Each era's report in each form that loggers give it: the same report is found.
@Suite struct LoggerFormTests {
  @Test(arguments: LoggerForm.all, Era.allCases)
  func `a shortage of the whole machine is read alike in each form`(form: LoggerForm, era: Era) {
    check(Shortage(era), in: form)
  }

  @Test(arguments: LoggerForm.all, Era.allCases.filter(\.hasCgroups))
  func `a cgroup at its limit is read alike in each form`(form: LoggerForm, era: Era) {
    let place = Shortage.Place.cgroup("/user.slice", victim: "/user.slice/user@1000.service/app")
    check(Shortage(era, in: place), in: form)
  }

  /// Less than a page's worth of lines doesn't show that they have run together.
  @Test(arguments: LogPacking.all, Era.allCases.filter(\.printsTasks))
  func `a shortage of the whole machine is read alike in each packing`(
    packing: LogPacking, era: Era
  ) {
    let shortage = Shortage(era)
    check(kills(in: packing.log(of: ReportComposer.records(of: shortage))), against: shortage)
  }

  @Test(arguments: LogPacking.all, [Era.e3, .e6, .e9, .r7])
  func `a cgroup at its limit is read alike in each packing`(packing: LogPacking, era: Era) {
    let place = Shortage.Place.cgroup("/user.slice", victim: "/user.slice/user@1000.service/app")
    let shortage = Shortage(era, in: place)
    check(kills(in: packing.log(of: ReportComposer.records(of: shortage))), against: shortage)
  }

  private func check(_ shortage: Shortage, in form: LoggerForm) {
    check(kills(in: form.log(of: ReportComposer.records(of: shortage))), against: shortage)
  }

  private func check(_ kills: [Kill], against shortage: Shortage) {
    let expected = shortage.expectedKills
    for (kill, expected) in zip(kills, expected) { expectSame(kill.unwrapped, expected) }
    #expect(kills.count == expected.count)
  }
}

/// What others say of kills is theirs, whatever stands before it.
@Suite struct OthersWordsTests {
  private static let kill =
    "Out of memory: Killed process 700 (java) total-vm:100kB, anon-rss:50kB, file-rss:0kB, shmem-rss:0kB"

  @Test(
    arguments: [
      "2019-11-12 12:30:02,123 ERROR [main] com.x.Y - ", "2019-11-12 12:30:02 ERROR ", "ERROR: ",
      "Nov 12 12:30:02 web-07 myapp: ", "Nov 12 12:30:02 web-07 myapp[700]: ",
      "myapp[700]: [   12.345678] ", "12:30:02 web-07 sshd[99]: kernel: ", "Yesterday it said ",
      "Nov 12 12:30:02 we saw that ", "I think that host kernel: ", "10.1.2.3 - - \"GET /",
      "  \"", "printk(\"", "12:30:02 daemon.warn ", "12:30:02 user.notice web-07 ",
      "time=\"2019-11-12\" level=info msg=\"", "app.service: [   12.345678] ",
      "{\"program\":\"myapp\",\"message\":\"", "2019 Nov 12 12:30:02 web-07 logger: ",
      "node-1 | myapp: ", "> Mark wrote: ",
    ])
  func `a line that somebody else may have written is no kill`(prefix: String) {
    let end = prefix.hasSuffix("\"") ? "\"" : ""
    let close = prefix.hasPrefix("{") ? "}" : ""
    #expect(kills(in: "\(prefix)\(Self.kill)\(end)\(close)\n").isEmpty)
  }

  @Test(
    arguments: [
      ("ERROR: ", 1), ("2019-11-12 12:30:02 ERROR ", 1), ("  \"", 1), ("web.example.org - ", 1),
      ("myapp[700]: ", 0), ("Yesterday it said ", 0), ("Nov 12 12:30:02 web-07 myapp: ", 0),
      ("", 0),
    ])
  func `a form that isn't understood is said, unless it names another or is a sentence`(
    prefix: String, expected: Int
  ) {
    let events = events(in: "\(prefix)\(Self.kill)\n")
    let unread = events.count { if case .unread = $0 { true } else { false } }
    #expect(unread == expected)
    #expect(events.count == (prefix.isEmpty ? 1 : expected))
  }

  @Test func `a sentence about who asked for memory is no incident`() {
    let words = "bash invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0"
    #expect(events(in: "Yesterday on my machine \(words)\n").isEmpty)
    #expect(events(in: "\(words)\n").count == 1)
  }

  @Test(arguments: [("an ab cd: worke", 1), ("an ab cd: worker", 0)])
  func `what fits into a name may be the name of who asked`(name: String, count: Int) {
    let found = events(
      in: "\(name) invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0\n")
    #expect(found.incidents.map(\.report.invoker?.name) == Array(repeating: name, count: count))
    #expect(found.count == count)
  }

  @Test(
    arguments: [
      ("host kernel: Out of Memory: Killed process 2592 (mysql).", 2592, "mysql"),
      ("> > > kernel: Out of memory: Kill process 5 (a b) score 9 or sacrifice child", 5, "a b"),
      ("12:30:02 host kernel: Killed process 7 (x)", 7, "x"),
    ] as [(String, Int?, String?)])
  func `the kernel's tag is enough, without a time`(line: String, pid: Int?, name: String?) {
    let kills = kills(in: line + "\n")
    #expect(kills.first?.victim.pid == pid)
    #expect(kills.first?.victim.name == name)
  }

  @Test func `records that run together on a line are several`() {
    let record = "Nov 12 12:30:02 web-07 kernel: Out of Memory: Killed process"
    let kills = kills(in: "\(record) 1 (a). \(record) 2 (b).  \(record) 3 (c).\n")
    #expect(kills.map(\.victim.pid) == [1, 2, 3])
    #expect(kills.map(\.victim.name) == ["a", "b", "c"])
  }
}
