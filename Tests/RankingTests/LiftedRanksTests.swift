import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import Ranking

@Suite("Ranks that an adjustment lifts")
struct LiftedRanksTests {
  /// Of processes by their pages and adjustments, the first one number 11.
  fileprivate func lifted(_ processes: [(pages: Int, adjustment: Int)]) throws -> (
    ids: [Int], legend: String?
  ) {
    let machine = FixtureMachine(
      processes: processes.enumerated().map { index, process in
        FixtureProcess(index + 11, "p\(index + 11)", resident: process.pages).with {
          $0.adjustment = process.adjustment
        }
      })
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment())
    let seen = Machine(world, options: MachineOptions())
    let processes = try ProcessList(on: seen, needs: .all, isScored: true, in: world.proc)
    var ranked = processes.subjects.sorted {
      ($0.record.score ?? 0, $1.id) > ($1.record.score ?? 0, $0.id)
    }
    for index in ranked.indices { ranked[index].rank = index + 1 }
    let lifted = LiftedRanks(ranked, among: ranked, on: seen)
    return (lifted.ranks.map { Int($0.id.rawValue) }, lifted.legend)
  }

  @Test("are told where others would come first without it")
  func one() throws {
    let found = try lifted([(200_000, 0), (1000, 500), (400_000, 0)])
    #expect(found.ids == [12])
    #expect(found.legend == "* ranks this high because of its adjustment (without it: 3rd).")
  }

  @Test("are a range where several have the score that it would have")
  func range() throws {
    let found = try lifted([(1000, 500), (1000, 0), (1000, 0)])
    #expect(found.ids == [11])
    #expect(found.legend == "* ranks this high because of its adjustment (without it: 1st to 3rd).")
  }

  @Test("aren't told of who would be first all the same, nor of who is lowered, nor of nobody")
  func none() throws {
    for processes in [[(400_000, 500), (1000, 0)], [(1000, -500), (2000, 0)], [(1000, 0)]] {
      let found = try lifted(processes)
      #expect(found.ids.isEmpty)
      #expect(found.legend == nil)
    }
  }
}

extension LiftedRanksTests {
  @Test("are named up to eight", arguments: [1, 8, 9])
  func many(count: Int) throws {
    // Each would rank behind one more of those that have no adjustment.
    let plain = (0..<count).map { (pages: 500_000 - $0 * 20_000, adjustment: 0) }
    let raised = (0..<count).map { (pages: 490_000 - $0 * 20_000, adjustment: 900) }
    let found = try lifted(plain + raised)
    let legend = try #require(found.legend)
    #expect(legend.split(separator: ",").count == min(count, 9))
    #expect(legend.contains("…") == (count > 8))
  }
}
