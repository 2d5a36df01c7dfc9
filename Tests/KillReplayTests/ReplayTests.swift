import Badness
import DaemonLog
import KernelLog
import Testing

@testable import KillReplay

@Suite("A replayed choice")
struct ReplayTests {
  /// A report by one kernel, with its own form of table.
  struct Era: Sendable, CustomTestStringConvertible {
    let release: String
    let columns: [String]
    let scoring: KernelVersion
    var printsScore = false
    var testDescription: String { release }
  }

  static let eras = [
    Era(
      release: "2.6.36.4", columns: ComposedReport.processors, scoring: .init(2, 6, 36),
      printsScore: true),
    Era(
      release: "3.2.0-4-amd64", columns: ComposedReport.processors, scoring: .init(3, 2),
      printsScore: true),
    Era(
      release: "3.8.13", columns: ComposedReport.ptes, scoring: .init(3, 5), printsScore: true),
    Era(
      release: "3.16.0-4-amd64", columns: ComposedReport.ptes, scoring: .init(3, 14),
      printsScore: true),
    Era(release: "4.4.0", columns: ComposedReport.pmds, scoring: .init(4, 0), printsScore: true),
    Era(release: "4.9.0", columns: ComposedReport.pmds, scoring: .init(4, 8), printsScore: true),
    Era(release: "4.15.0", columns: ComposedReport.bytes, scoring: .init(4, 15), printsScore: true),
    Era(release: "4.19.0", columns: ComposedReport.bytes, scoring: .init(4, 17), printsScore: true),
    Era(release: "5.4.0-80-generic", columns: ComposedReport.bytes, scoring: .init(4, 17)),
    Era(release: "5.10.0", columns: ComposedReport.bytes, scoring: .init(5, 9)),
    Era(release: "6.12.7", columns: ComposedReport.kinds, scoring: .init(5, 9)),
    Era(release: "7.2.1", columns: ComposedReport.kinds, scoring: .init(5, 9)),
  ]

  /// The smaller process weighs more by its adjustment: 400 of 1000 against 300.
  private static let rows: [TaskTable.Row] = [
    .init(10, "sshd", 900, adjustment: -1000, uid: 0), .init(11, "big", 300_000),
    .init(12, "small", 100_000, adjustment: 300), .init(13, "idle", 100),
  ]

  @Test("is confirmed by the rule of its kernel", arguments: eras)
  func confirmed(era: Era) {
    let report = ComposedReport(release: era.release, columns: era.columns, rows: Self.rows)
    let replay = Replay(of: report.kill(12, score: era.printsScore ? 400 : nil))
    #expect(replay.verdict.text == "confirmed")
    #expect(replay.scoring?.since == era.scoring)
    #expect(replay.victimRank == 1)
    #expect(replay.agrees == true)
    #expect(replay.reason == nil)
    #expect(replay.points.map { Self.rows[$0.row].name } == ["small", "big", "idle"])
    #expect(replay.points.first?.points == (replay.scoring?.unit == .perMille ? 400 : 400_000))
    #expect(replay.computedScore == (era.printsScore ? 400 : nil))
  }

  @Test("is a mismatch where another one weighs more", arguments: eras)
  func mismatch(era: Era) {
    let report = ComposedReport(release: era.release, columns: era.columns, rows: Self.rows)
    let replay = Replay(of: report.kill(11, score: era.printsScore ? 300 : nil))
    let margin =
      replay.scoring?.unit == .perMille ? "100 thousandths of all memory" : "100000 pages"
    #expect(replay.verdict.text == "mismatch (top is small[12], \(margin) ahead)")
    #expect(replay.victimRank == 2)
    #expect(replay.agrees == false)
  }

  @Test("counts what is in swap, and page tables")
  func parts() {
    var report = ComposedReport(
      release: "6.1.0",
      rows: [.init(5, "a", 50_000), .init(6, "b", 20_000, swapped: 20_000, tables: 10_001)])
    #expect(Replay(of: report.kill(6)).verdict == .confirmed)
    report.rows[1].pageTableBytes = 9999 * 4096
    #expect(Replay(of: report.kill(5)).verdict == .confirmed)
  }

  @Test(
    "between equals follows the list's order",
    arguments: [
      ("3.8.0", ComposedReport.ptes, 21, "first"), ("4.9.0", ComposedReport.pmds, 21, "first"),
      ("4.8.0", ComposedReport.pmds, 23, "last"), ("5.4.0", ComposedReport.bytes, 23, "last"),
      ("6.1.0", ComposedReport.bytes, 23, "last"),
    ])
  func ties(release: String, columns: [String], victim: Int, place: String) {
    // Numbers may have come round: only the list tells who is older.
    let report = ComposedReport(
      release: release, columns: columns,
      rows: [.init(21, "a", 7000), .init(9, "b", 7000), .init(23, "c", 7000), .init(24, "d", 9)])
    let replay = Replay(of: report.kill(victim))
    #expect(replay.verdict.text == "confirmed (tie, \(place) of 3 in list order)")
    #expect(replay.victimRank == 1)
    #expect(replay.agrees == true)
  }

  @Test("inside a cgroup can't tell the order of equals before 5.3")
  func cgroupTies() {
    let report = ComposedReport(
      release: "4.9.0", columns: ComposedReport.pmds,
      rows: [.init(21, "a", 7000), .init(22, "b", 7000)],
      ram: nil, cgroup: .first(limit: 40_000, both: nil))
    #expect(
      Replay(of: report.kill(22)).verdict.text
        == "confirmed (tie, one of 2; the order within the cgroup isn't printed)")
  }

  @Test("takes a thread's row for its process")
  func threads() {
    var report = ComposedReport(
      release: "5.0.0", rows: [.init(30, "other", 10), .init(41, "worker", 9000)])
    report.rows[1].tgid = 40
    #expect(Replay(of: report.kill(40)).verdict == .confirmed)
    #expect(Replay(of: report.kill(41)).verdict == .confirmed)
  }

  @Test("never takes the machine's init")
  func initProcess() {
    let report = ComposedReport(
      release: "6.1.0", rows: [.init(1, "init", 90_000), .init(2000, "app", 10)])
    #expect(Replay(of: report.kill(2000)).verdict == .confirmed)
    #expect(Replay(of: report.kill(1)).verdict.text == "mismatch (init[1] can't be chosen)")
  }
}
