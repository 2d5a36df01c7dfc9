import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Diagnosis
@testable import Processes

@Suite("How far a process is kept from the OOM killer")
struct ShelterTests {
  @Test(
    "is complete where the kernel may never take it, and deep where it takes all others first",
    arguments: [
      ("6.1.0", -1000, true, true), ("6.1.0", -900, false, true), ("6.1.0", -899, false, false),
      ("6.1.0", 0, false, false), ("2.6.32", -17, true, true), ("2.6.32", -15, false, true),
      ("2.6.32", -14, false, false),
    ])
  func depths(kernel: String, value: Int, isComplete: Bool, isDeep: Bool) throws {
    var process = FixtureProcess(10, "app", resident: 100)
    if kernel == "2.6.32" { process.legacyAdjustment = value } else { process.adjustment = value }
    let tree = try FixtureMachine(kernel: kernel, processes: [process]).tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    let subjects = try ProcessList(on: machine, needs: .all, isScored: true, in: world.proc)
      .subjects
    let subject = try #require(subjects.first)
    let level = try #require(AdjustmentLevel(subject.record, on: machine))
    #expect(level.value == value)
    #expect(level.isComplete == isComplete)
    #expect(level.isDeep == isDeep)
  }
}
