import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("Processes behind the leaders")
struct OvertakersTests {
  /// Those that are found where only the first is known, which has so many pages of files.
  private func found(files: Int, scores: Int? = nil) throws -> [Int32] {
    var fixture = FixtureMachine.two(90_000, 40_000)
    fixture[10].memory?.file = files
    fixture[10].memory?.shared = 0
    fixture.processes.append(FixtureProcess(12, "tiny", resident: 10))
    let tree = try fixture.tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    let all = try PredictionInput(
      .system(#require(machine.capacity)), isWhole: true, count: 1, on: machine, in: world)
    let absences = ["11", "12"].compactMap { Selector(argument: $0) }
    let supposed = try WhatIf(
      Suppositions(absences: absences), among: all, users: Users(in: world), in: world)
    let reclaim = Reclaim(swapRoom: 0, swappable: 0)
    let leaders = try all.with(supposed).reclaimed(by: reclaim, count: 1, in: world)
    var overtakers = Overtakers(count: 1, of: leaders, reclaim)
    let scan = try scores.map { try ScoreScan(count: $0, in: world.proc) }
    try overtakers.find(by: scan, in: world)
    #expect(overtakers.subjects.allSatisfy { $0.explanation != nil && $0.record.score != nil })
    return overtakers.subjects.map(\.id.rawValue)
  }

  @Test("are found where they may come first once files are dropped, by whatever scores are known")
  func found() throws {
    #expect(try found(files: 80_000) == [11])
    #expect(try found(files: 49_000) == [])
    #expect(try found(files: 80_000, scores: 1) == [11])
    #expect(try found(files: 49_000, scores: 1) == [])
    #expect(try found(files: 80_000, scores: 99) == [11])
  }
}
