import Badness
import DaemonLog
import Testing

@testable import KernelLog
@testable import KillReplay

@Suite("A remark on a replayed choice")
struct ReplayRemarkTests {
  private static let report = ComposedReport(
    release: "4.14.0", columns: ComposedReport.pmds,
    rows: [.init(7, "parent", 90_000), .init(8, "child", 100), .init(9, "other", 50_000)])

  @Test("tells that a child died in the chosen one's stead")
  func child() {
    let replay = Replay(of: Self.report.kill(8, selected: 7, score: 90))
    #expect(replay.verdict == .confirmed)
    #expect(replay.victimRank == 3)
    #expect(replay.reason == "parent[7] was chosen, and its child died in its stead")
    #expect(Replay(of: Self.report.kill(8, selected: 9, score: 50)).verdict.agrees == false)
  }

  @Test("tells that SysRq asked for it")
  func sysRq() {
    var invoker = Invoker()
    invoker.order = -1
    let replay = Replay(of: Self.report.with { $0.invoker = invoker }.kill(7, score: 90))
    #expect(replay.verdict == .confirmed)
    #expect(replay.reason == "asked for by SysRq")
  }

  @Test(
    "names the lowest score, by which before 5.9 the tiny die for the large",
    arguments: [("5.4.0", true), ("5.10.0", false)])
  func floor(release: String, isRaised: Bool) {
    let report = ComposedReport(
      release: release,
      rows: [
        .init(7, "database", 4_000_000, adjustment: -998), .init(8, "pause", 1, adjustment: -998),
      ], ram: 8_000_000, cgroup: .second(limit: 16_000_000, swap: 0), summary: .memoryCgroup())
    // Half of the machine against a limit of as much: both are below 0 in their cgroup.
    let replay = Replay(of: report.with { $0.rows[0].resident = 3_900_000 }.kill(8))
    guard isRaised else {
      #expect(replay.verdict.agrees == false)
      return
    }
    #expect(
      replay.verdict.text == "confirmed (tie, last of 2 in list order, all raised to 1 point)")
    #expect(
      replay.reason
        == "last of 2 in list order, all raised to 1 point; kernels before 5.9 raise all scores to 1, so protected processes all tie and a tiny one dies"
    )
  }

  @Test("names the rule that a distributor carried back")
  func rule() {
    // At -998 both are below 0, which kernels before 5.9 don't tell apart.
    let report = ComposedReport(
      release: "4.18.0-553.el8_10.x86_64",
      rows: [.init(7, "large", 9000, adjustment: -998), .init(8, "tiny", 1, adjustment: -998)],
      summary: Summary(constraint: "NONE"))
    #expect(Replay(of: report.kill(8)).scoring?.since == KernelVersion(4, 17))
    let newer = Replay(of: report.kill(7))
    #expect(newer.verdict == .confirmed)
    #expect(newer.scoring?.since == KernelVersion(5, 9))
    #expect(newer.reason == "follows the rule of 5.9")
  }

  @Test("gives both scores where the printed one isn't the computed one")
  func score() {
    let replay = Replay(of: Self.report.kill(7, score: 93))
    #expect(replay.verdict == .confirmed)
    #expect(replay.reason == "the kernel printed score 93, not 90")
    #expect(Replay(of: Self.report.kill(7, score: 92)).reason == nil)
  }

  @Test(
    "gives scores that differ by more than 2, to either side",
    arguments: [(87, true), (88, false), (90, false), (92, false), (93, true)])
  func tolerance(score: Int, isSaid: Bool) {
    // Without root's bonus, which could explain a lower one.
    let report = Self.report.with {
      $0.release = "4.19.0"
      $0.columns = ComposedReport.bytes
    }
    let replay = Replay(of: report.kill(7, score: score))
    #expect(replay.remarks == (isSaid ? [.score(printed: score, computed: 90)] : []))
    #expect(replay.printedScore == score && replay.computedScore == 90)
  }

  @Test("tells of SysRq alone", arguments: [nil, -1, 0, 1] as [Int?])
  func orders(order: Int?) {
    var invoker = Invoker()
    invoker.order = order
    let replay = Replay(of: Self.report.with { $0.invoker = invoker }.kill(7, score: 90))
    #expect(replay.remarks == (order == -1 ? [.sysRq] : []))
  }

  @Test("says nothing of a tie at another height", arguments: [(-998, true), (0, false)])
  func tieHeights(adjustment: Int, isAtFloor: Bool) {
    let report = ComposedReport(
      release: "5.4.0",
      rows: [
        .init(7, "a", 100, adjustment: adjustment), .init(8, "b", 100, adjustment: adjustment),
      ])
    let replay = Replay(of: report.kill(8))
    #expect(replay.remarks == (isAtFloor ? [.floor] : []))
    #expect(Replay(of: report.with { $0.release = "5.10.0" }.kill(8)).remarks == [])
  }
}
