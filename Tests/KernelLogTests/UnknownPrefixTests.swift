import DaemonLog
import LogLines
import Testing

@testable import KernelLog

@Suite("A prefix that no known form takes off")
struct UnknownPrefixTests {
  private static let verb = " invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0"

  @Test(
    "ends where a name can begin, behind a mark or at the last word",
    arguments: [
      ("a: b", 0, 3), ("x] b", 0, 3), ("x]b", 0, 2), ("x:b", 0, 0), ("x) b", 0, 3), ("x| b", 0, 3),
      ("x> b", 0, 3),
      ("x\" b", 0, 3), ("x; b", 0, 0), ("a: b: c", 0, 6), ("a: ", 0, 0), ("b", 0, 0),
      ("a: b", 2, 2), ("a: b", 3, 3),
      ("aaaaaaaaaaaaaaaaaaaa bbbb", 0, 21), ("aaaaaaaaaaaaaaa", 0, 0), ("aaaaaaaaaaaaaaaa", 0, 0),
      ("]aaaaaaaaaaaaaa", 0, 1), ("]aaaaaaaaaaaaaaa", 0, 1), ("aaaaaaa bbbbbbb", 0, 0),
      ("aaaaaaa bbbbbbbb", 0, 8), ("x: aaaaaaa bbbbbbb", 0, 3),
      ("x: aaaaaaaa bbbbbbb", 0, 12), ("a ]aaaaaaaaaaaaaaaa", 0, 2),
    ])
  func ends(text: String, known: Int, expected: Int) {
    let line = Array((text + Self.verb).utf8)
    #expect(KernelLogParser().messageStart(in: line.span, behind: known) == expected)
  }

  @Test("ends where the kernel's own words begin")
  func words() {
    let line = Array("a b Out of memory: Killed process".utf8)
    #expect(KernelLogParser().messageStart(in: line.span, behind: 0) == 4)
    #expect(KernelLogParser().messageStart(in: line.span, behind: 5) == nil)
  }

  @Test("before a killer's tag has 160 bytes at most", arguments: [(159, 1), (160, 0)])
  func longHeads(width: Int, count: Int) {
    let host =
      "12:30:02 web-1" + String(repeating: "x", count: width - "12:30:02 web-1 ".utf8.count)
    let words = "sending SIGTERM to process 7 uid 0 \"x\": badness 869, VmRSS 812 MiB"
    #expect(events(in: "\(host) earlyoom[5]: \(words)\n").daemonKills.count == count)
  }

  @Test(
    "stands before each further record of a line, however many", arguments: [2, 33, 34, 200])
  func records(records: Int) {
    let line = (1...records).map {
      "Nov 12 12:30:02 web kernel: Out of Memory: Killed process \($0) (a)."
    }
    #expect(kills(in: line.joined(separator: " ") + "\n").count == records)
  }
}
