import Badness
import DaemonLog
import Testing

@testable import KernelLog
@testable import KillReplay

@Suite("A choice that depends on what isn't printed")
struct ReplayConditionTests {
  private func replay(_ report: ComposedReport, _ pid: Int, score: Int? = nil) -> Replay {
    Replay(of: report.kill(pid, score: score))
  }

  /// A cgroup with 100 000 pages and any amount of swap.
  private static let group = ComposedReport(
    release: "6.1.0", ram: nil, cgroup: .second(limit: 400_000, swap: nil),
    summary: .memoryCgroup())

  @Test("states the least total at which an adjustment outweighs")
  func leastTotal() {
    let report = Self.group.with {
      $0.rows = [.init(7, "big", 90_000), .init(8, "small", 10_000, adjustment: 500)]
    }
    // 500 x 160 = 80 000, and the younger of equals dies.
    let choice = replay(report, 8)
    #expect(
      choice.verdict.text == "consistent if the limit plus swap is at least 160000 pages")
    #expect(choice.agrees == nil)
    #expect(choice.reason == "the limit plus swap is at least 160000 pages")
    #expect(
      replay(report, 7).verdict.text
        == "consistent if the limit plus swap is between 100000 and 159999 pages")
  }

  @Test("states it exactly: at the total it names the choice turns")
  func exactTotal() {
    var report = Self.group.with {
      $0.cgroup = nil
      $0.summary = nil
      $0.ram = 159_999
      $0.rows = [.init(7, "big", 90_000), .init(8, "small", 10_000, adjustment: 500)]
    }
    #expect(replay(report, 7).verdict == .confirmed)
    report.ram = 160_000
    #expect(replay(report, 8).verdict.agrees == true)
  }

  @Test("is confirmed where the total doesn't matter")
  func anyTotal() {
    let report = Self.group.with {
      $0.rows = [
        .init(7, "big", 90_000, adjustment: 10), .init(8, "small", 10_000, adjustment: -500),
        .init(9, "equal", 50, adjustment: 10),
      ]
    }
    #expect(replay(report, 7).verdict == .confirmed)
    #expect(replay(report, 9).verdict.text == "mismatch (top is big[7], 89950 pages ahead)")
  }

  @Test("states both ends where two others bound it")
  func bothEnds() {
    let report = Self.group.with {
      $0.rows = [
        .init(6, "one", 80_000), .init(7, "two", 40_000, adjustment: 200),
        .init(8, "three", 10_000, adjustment: 300),
      ]
    }
    // 40 000 beats 200 x q to 200; 100 x q beats 30 000 from 300 on.
    #expect(
      replay(report, 7).verdict.text
        == "consistent if the limit plus swap is between 200000 and 299999 pages")
  }

  @Test("takes the total from the printed score")
  func totalFromScore() {
    let report = ComposedReport(
      release: "4.9.0", columns: ComposedReport.pmds,
      rows: [.init(7, "big", 90_000), .init(8, "small", 10_000, adjustment: 500)], ram: nil,
      cgroup: .first(limit: 400_000, both: nil))
    // A score of 450 means 200 000 pages: then the smaller one should have died.
    #expect(replay(report, 7, score: 450).verdict.agrees == false)
    #expect(replay(report, 7, score: 900).verdict == .confirmed)
    // A score may be off by 2 to either side: from 161 000 pages on the smaller one weighs more.
    for (score, agrees, isSure) in [
      (556, false, false), (557, true, false), (561, true, false), (562, true, true),
    ] {
      let verdict = replay(report, 7, score: score).verdict
      #expect((verdict.agrees != false) == agrees && (verdict == .confirmed) == isSure, "\(score)")
    }
  }

  @Test("states that root had the bonus for it")
  func administrators() {
    let report = ComposedReport(
      release: "4.4.0", columns: ComposedReport.pmds,
      rows: [.init(7, "rootly", 51_000, uid: 0), .init(8, "userly", 50_000)])
    #expect(
      replay(report, 8, score: 50).verdict.text
        == "consistent if rootly[7] had CAP_SYS_ADMIN, which lowers a score")
    let other = report.with { $0.rows[0].uid = 33 }
    #expect(replay(other, 8, score: 50).verdict.text.hasPrefix("consistent if rootly[7] had 1001"))
    let larger = report.with { $0.rows[0].resident = 60_000 }
    #expect(replay(larger, 8, score: 50).verdict.agrees == false)
  }

  @Test("takes the victim's own bonus from the printed score")
  func ownBonus() {
    let report = ComposedReport(
      release: "3.16.0", columns: ComposedReport.ptes,
      rows: [.init(7, "rootly", 400_000, uid: 0), .init(8, "userly", 380_000)])
    let withBonus = replay(report, 7, score: 388)
    #expect(withBonus.verdict == .confirmed)
    #expect(withBonus.reason == "rootly[7] had CAP_SYS_ADMIN, as its score tells")
    let without = replay(report, 7, score: 400)
    #expect(without.verdict == .confirmed)
    #expect(without.reason == nil)
    let closer = report.with { $0.rows[1].resident = 395_000 }
    #expect(replay(closer, 7, score: 400).verdict == .confirmed)
    #expect(replay(closer, 7, score: 388).verdict.agrees == false)
  }

  @Test("states that the victim lacked the bonus where no score was printed")
  func noBonus() {
    let report = ComposedReport(
      release: "4.4.0", columns: ComposedReport.pmds,
      rows: [.init(7, "rootly", 400_000, uid: 0), .init(8, "userly", 395_000)])
    #expect(
      replay(report, 7).verdict.text
        == "consistent if rootly[7] hadn't CAP_SYS_ADMIN, which lowers a score")
    // Without it both ways.
    let clear = report.with { $0.rows[1].resident = 300_000 }
    #expect(replay(clear, 7).verdict == .confirmed)
    let user = report.with { $0.rows[0].uid = 33 }
    #expect(replay(user, 7).verdict == .confirmed)
  }

  @Test("takes a score that is too low for a total that isn't wholly printed as a larger total")
  func largerTotal() {
    let report = ComposedReport(
      release: "2.6.39", columns: ComposedReport.processors,
      rows: [.init(7, "big", 500_000), .init(8, "small", 1000)], swap: nil)
    let choice = replay(report, 7, score: 250)
    #expect(choice.verdict == .confirmed)
    #expect(choice.capacity?.range.lowerBound == 1_992_032)
    #expect(choice.reason == nil)
  }

  @Test("states what the victim hid in swap, which tables to 3.5 don't show")
  func hiddenParts() {
    let report = ComposedReport(
      release: "2.6.32-754.el6.x86_64", columns: ComposedReport.processors,
      rows: [.init(7, "big", 300_000), .init(8, "swapper", 100_000)],
      swap: 4_000_000, freeSwap: 0)
    #expect(
      replay(report, 8, score: 350).verdict.text
        == "consistent if swapper[8] had at least 600000 pages in swap or page tables, which the table doesn't show"
    )
    // Even hidden, it can't have been the worst with less than the other shows.
    #expect(replay(report, 8, score: 100).verdict.agrees == false)
    #expect(replay(report, 7, score: 150).verdict == .confirmed)
  }

  @Test("where neither score nor parts are printed states what the runner-up mustn't have hidden")
  func nothingHidden() {
    let report = ComposedReport(
      release: "3.2.0", columns: ComposedReport.processors,
      rows: [.init(7, "big", 300_000), .init(8, "other", 100_000)],
      swap: 4_000_000, freeSwap: 0)
    #expect(
      replay(report, 7).verdict.text
        == "consistent if other[8] had less than 202000 pages more in swap or page tables, which the table doesn't show"
    )
    #expect(replay(report.with { $0.freeSwap = 4_000_000 }, 7).verdict == .confirmed)
  }

  @Test("states that a process that weighs more was dying already")
  func dying() {
    let report = ComposedReport(
      release: "6.1.0",
      rows: [.init(7, "first", 90_000, adjustment: 100), .init(8, "second", 10_000)])
    #expect(replay(report, 8).verdict.agrees == false)
    #expect(
      Replay(of: report.kill(8), dying: [7]).verdict.text
        == "consistent if first[7] was dying already")
    let reaped = report.with { $0.rows[0].resident = 0 }
    #expect(replay(reaped, 8).verdict.text == "consistent if first[7] was dying already")
  }

  @Test("states that another grew while the table was printed, by a thousandth at most")
  func growth() {
    let report = ComposedReport(
      release: "6.1.0", rows: [.init(7, "steady", 90_000), .init(8, "growing", 91_000)])
    #expect(
      replay(report, 7).verdict.text
        == "consistent if growing[8] had 1001 pages less when the kernel chose than when it printed the table"
    )
    let more = report.with { $0.rows[1].resident = 91_001 }
    #expect(replay(more, 7).verdict.agrees == false)
  }

  @Test("states that no row that is missing weighs more")
  func lostRows() {
    let report = ComposedReport(
      release: "6.1.0", rows: [.init(7, "big", 90_000), .init(8, "small", 1)], lostRows: 3)
    #expect(
      replay(report, 7).verdict.text
        == "consistent if none of the 3 rows that are missing weighs more")
    #expect(replay(report, 8).verdict.agrees == false)
  }

  @Test(
    "states by how much another grew: where it would die at equal points it is one page more",
    arguments: [
      ("4.9.0", ComposedReport.pmds, 0, 500), ("4.9.0", ComposedReport.pmds, 1, 501),
      ("6.1.0", ComposedReport.bytes, 0, 501), ("6.1.0", ComposedReport.bytes, 1, 500),
    ])
  func growthByOrder(release: String, columns: [String], place: Int, pages: Int) {
    var rows: [TaskTable.Row] = [.init(8, "growing", 90_500)]
    rows.insert(.init(7, "steady", 90_000), at: place)
    let report = ComposedReport(release: release, columns: columns, rows: rows)
    #expect(
      replay(report, 7, score: release == "4.9.0" ? 90 : nil).verdict
        == .consistent(.grewLater("growing[8]", by: pages)))
  }

  @Test("isn't said of a table that hides parts, in which others may hide as much")
  func noGrowth() {
    let report = ComposedReport(
      release: "3.2.0", columns: ComposedReport.processors,
      rows: [.init(7, "steady", 90_000), .init(8, "growing", 91_500)])
    #expect(replay(report, 7, score: 90).verdict.agrees == false)
  }

  @Test(
    "states that those were dying which have no memory left, in RAM or swap",
    arguments: [(0, 0, true), (1, 0, false), (0, 1, false)])
  func reaped(resident: Int, swapped: Int, isDying: Bool) {
    let report = ComposedReport(
      release: "6.1.0",
      rows: [
        .init(7, "first", resident, adjustment: 100, swapped: swapped), .init(8, "second", 10_000),
      ])
    #expect(replay(report, 8).verdict.agrees == (isDying ? nil : false))
  }

  @Test("states that rows are missing only where they are", arguments: [-1, 0, 1])
  func missingRows(count: Int) {
    let report = ComposedReport(
      release: "6.1.0", rows: [.init(7, "big", 90_000), .init(8, "small", 1)], lostRows: count)
    #expect(replay(report, 7).verdict == (count > 0 ? .consistent(.rowsLost(1)) : .confirmed))
  }

  @Test("counts those with the same points, but no thread of its own")
  func equals() {
    var report = ComposedReport(
      release: "6.1.0", rows: [.init(6, "a", 900), .init(8, "b", 900), .init(9, "c", 900)])
    #expect(
      replay(report, 9).verdict
        == .confirmedTie(ReplayTie(count: 3, order: .last, isAtFloor: false)))
    var thread = TaskTable.Row(10, "thread", 900)
    thread.tgid = 9
    report.rows.append(thread)
    #expect(
      replay(report, 9).verdict
        == .confirmedTie(ReplayTie(count: 3, order: .last, isAtFloor: false)))
    report.rows.removeFirst(2)
    #expect(replay(report, 9).verdict == .confirmed)
  }

  @Test("where parts are hidden needs nothing more if nothing was in swap, or a score was printed")
  func unhidden() {
    let report = ComposedReport(
      release: "3.2.0", columns: ComposedReport.processors,
      rows: [.init(7, "big", 300_000), .init(8, "other", 100_000)],
      swap: 4_000_000, freeSwap: 3_999_996)
    #expect(replay(report, 7).verdict.agrees == nil)
    #expect(replay(report, 7, score: 150).verdict == .confirmed)
    #expect(replay(report.with { $0.freeSwap = 4_000_000 }, 7).verdict == .confirmed)
    #expect(
      replay(
        report.with {
          $0.swap = nil
          $0.freeSwap = nil
        }, 7
      ).verdict.agrees == nil)
    let lone = report.with { $0.rows.removeLast() }
    #expect(replay(lone, 7).verdict == .confirmed)
  }
}
