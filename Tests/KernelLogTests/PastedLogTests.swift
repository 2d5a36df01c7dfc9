import DaemonLog
import KernelLog
import LogLines
import TestSupport
import Testing

/// What mail, forums and ticket systems leave of a log.
@Suite struct PastedLogTests {
  private let line =
    "Memory cgroup out of memory: Killed process 4711 (php-fpm) total-vm:12kB, anon-rss:7kB, "
    + "file-rss:2kB, shmem-rss:1kB, UID:33 pgtables:44kB oom_score_adj:-998"

  @Test(arguments: ["> ", "> > ", ">> ", "    ", "\t", "> \t", ">"])
  func `quotation marks and indents are taken off`(mark: String) {
    let kills = kills(in: "\(mark)[   12.000001] \(line)\n")
    #expect(kills.map(\.victim.adjustment) == [-998])
    #expect(kills.map(\.stamp.monotonic) == [12_000_001])
  }

  @Test func `a line may break at any blank, which stays or goes`() {
    let text = Array("[   12.000001] \(line)")
    for index in text.indices.dropFirst(40) where text[index] == " " {
      for keeps in [true, false] {
        let head = String(text[..<(keeps ? index + 1 : index)])
        let log =
          "[   12.000000] before\n\(head)\n\(String(text[(index + 1)...]))\n[   12.000002] a\n"
        let kills = kills(in: log)
        #expect(kills.map(\.victim.pid) == [4711], "\(log)")
        #expect(kills.map(\.victim.adjustment) == [-998], "\(log)")
        #expect(kills.map(\.line) == [2], "\(log)")
      }
    }
  }

  @Test func `entities stand for what they escape`() {
    let log =
      "&lt;4&gt;[   12.000001] Killed process 9 (&lt;a&gt; &amp; &quot;b&quot;) total-vm:4kB\n"
    #expect(kills(in: log).map(\.victim.name) == ["<a> & \"b\""])
  }

  @Test func `line ends of other systems are no part of a line`() {
    let log = ReportComposer.records(of: Shortage(.e9))
    let bytes = LogStyle.dmesg.log(of: log).bytes.flatMap { $0 == 10 ? [13, 10] : [$0] }
    #expect(kills(in: bytes).map(\.unwrapped) == Shortage(.e9).expectedKills)
  }

  @Test func `colours are no part of a line`() {
    let log = "\u{1B}[32m[   12.000001] \u{1B}[0m\u{1B}[31m\(line)\u{1B}[0m\n"
    #expect(kills(in: log).map(\.victim.pid) == [4711])
  }

  @Test func `a byte order mark is no part of a line`() {
    #expect(kills(in: "\u{FEFF}[   12.000001] \(line)\n").map(\.victim.pid) == [4711])
  }

  @Test func `a log can end without a line end`() {
    #expect(kills(in: "[   12.000001] \(line)").map(\.victim.adjustment) == [-998])
  }

  @Test func `a console can begin a report on a line of another's`() {
    let log = """
      Starting web server... [   12.000001][ T1234] tmux: server invoked oom-killer: gfp_mask=0xd0, \
      order=0, oom_score_adj=0
      [   12.000002][ T1234] \(line)

      """
    #expect(kills(in: log).map(\.report.invoker?.name) == ["tmux: server"])
    #expect(kills(in: log).map(\.report.began?.monotonic) == [12_000_001])
  }

  @Test func `a log with nothing in it has no events`() {
    #expect(events(in: "").isEmpty)
    #expect(events(in: "\n\n\n").isEmpty)
  }
}
