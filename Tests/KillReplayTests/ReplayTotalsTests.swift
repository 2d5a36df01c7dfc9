import Badness
import Testing

@testable import KernelLog
@testable import KillReplay

@Suite("The totals for which a choice holds")
struct ReplayTotalsTests {
  /// The same numbers each time.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private static let kernels = [(3, 10), (3, 16), (4, 8), (4, 12), (5, 4), (6, 1)].map {
    KernelVersion($0.0, $0.1)
  }

  @Test("are the same as when all are tried", arguments: kernels, 0..<40)
  func bruteForce(kernel: KernelVersion, seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    let rows = (0..<6).map { pid in
      TaskTable.Row(
        10 + pid, "p", Int.random(in: 0...300, using: &dice),
        adjustment: Int.random(in: -6...6, using: &dice), uid: pid % 2)
    }
    let kill = ComposedReport(rows: rows).kill(10)
    let table = try #require(kill.report.tasks)
    let contest = try #require(
      ReplayTable(
        of: table, chosen: 0, on: kernel, report: kill.report,
        shortage: .system, pageSize: 4096))
    let range = Int.random(in: 0...40_000, using: &dice)...120_000
    let totals = contest.totals(in: range) { rows[$0].uid == 0 }
    for total in stride(from: range.lowerBound, through: range.upperBound, by: 500) {
      let own = try #require(contest.points(of: 0, total: total, isAdministrator: true))
      let holds = rows.indices.dropFirst().allSatisfy { row in
        let other = contest.points(of: row, total: total, isAdministrator: rows[row].uid == 0)
        return contest.prefersChosen(own, to: row, with: other)
      }
      #expect(totals.contains { $0.contains(total) } == holds, "\(total) in \(totals)")
    }
  }
}
