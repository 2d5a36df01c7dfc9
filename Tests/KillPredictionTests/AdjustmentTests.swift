import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("The highest adjustment with which another dies first")
struct AdjustmentTests {
  /// A thousandth of memory is a thousand pages.
  private func highest(
    _ resident: Int, behind other: Int, kernel: String = "6.1.0", isOlder: Bool = true,
    _ change: (inout FixtureProcess) -> Void = { _ in }
  ) throws -> Int? {
    var machine = FixtureMachine.two(resident, other, kernel: kernel)
    machine.ram = 1_000_000
    machine.swap = 0
    machine.processes = machine.processes.map { process in
      process.with {
        if $0.id == 10 {
          change(&$0)
          $0.startTicks = isOlder ? 50 : 150
        }
        $0.user = 1000
      }
    }
    return try machine.withMachine { machine, world in
      let all = try ProcessList(on: machine, needs: .all, isScored: true, in: world.proc)
      let subjects = all.subjects
      let one = try #require(subjects.first { $0.id == ProcessID(10) })
      let rival = try #require(subjects.first { $0.id == ProcessID(11) })
      return machine.highestAdjustment(of: one, behind: rival)
    }
  }

  @Test(
    "is as many thousandths as it is ahead or behind, and among equals age decides",
    arguments: [
      (9000, 5000, true, -4), (9000, 5000, false, -5), (9001, 5000, true, -5),
      (5000, 9000, true, 4),
      (5000, 9000, false, 3), (5000, 9001, false, 4), (5000, 5000, true, 0),
      (5000, 5000, false, -1), (1000, 900_000, true, 899),
    ])
  func pages(resident: Int, other: Int, isOlder: Bool, adjustment: Int) throws {
    // From 5.3 on the youngest goes first.
    #expect(try highest(resident, behind: other, isOlder: isOlder) == adjustment)
  }

  @Test("is the same whatever its own is, unless it can't be chosen at all")
  func own() throws {
    for adjustment in [-1000, -999, 0, 1000] {
      #expect(try highest(9000, behind: 5000) { $0.adjustment = adjustment } == -4)
    }
    #expect(try highest(9000, behind: 5000) { $0.memory = nil } == nil)
  }

  @Test(
    "is on the scale of its kernel",
    arguments: [("2.6.10", nil), ("2.6.11", -1), ("2.6.32", -1), ("2.6.36", -5)]
      as [(String, Int?)])
  func scale(kernel: String, adjustment: Int?) throws {
    #expect(try highest(9000, behind: 5000, kernel: kernel) == adjustment)
  }
}
