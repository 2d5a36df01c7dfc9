import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("Looks that follow one another")
struct RecollectionTests {
  private func machine(growing: Int? = nil) -> FixtureMachine {
    var machine = FixtureMachine(
      processes: (100..<600).map { id in
        FixtureProcess(id, "p\(id)", resident: id == growing ? 500 : 10 + id * 7 % 400)
      })
    machine.omitted = ["cmdline", "exe", "cgroup", "oom_adj"]
    return machine
  }

  private func leaders(
    _ cache: inout TieCache?, _ world: borrowing World, count: Int = 20
  ) throws -> [ProcessID] {
    let options = MachineOptions()
    let machine = Machine(world, options: options)
    return try FirstVictims(
      count: count, needs: [], isScored: true, recalling: &cache, on: machine, in: world.proc
    ).subjects.map(\.id)
  }

  @Test("find the same order among many equals as one that reads all")
  func order() throws {
    let tree = try machine().tree()
    let world = try World(root: tree.path, environment: Environment())
    var nothing: TieCache?
    let expected = try leaders(&nothing, world)
    var cache: TieCache? = TieCache()
    for _ in 0..<10 { #expect(try leaders(&cache, world) == expected) }
  }

  @Test("find as many as each asks for")
  func count() throws {
    let tree = try machine().tree()
    let world = try World(root: tree.path, environment: Environment())
    var cache: TieCache? = TieCache()
    for count in [21, 32, 44, 20, 500, 3] {
      #expect(try leaders(&cache, world, count: count).count == count)
    }
  }

  @Test("find within eight looks who has grown, though its score hasn't changed")
  func growth() throws {
    let tree = try machine().tree()
    let world = try World(root: tree.path, environment: Environment())
    var cache: TieCache? = TieCache()
    let quiet = try leaders(&cache, world)
    let small = (100..<600).map { ProcessID(Int32($0)) }.first { !quiet.contains($0) }
    let grown = try #require(small)
    let process = machine(growing: Int(grown.rawValue))[Int(grown.rawValue)]
    for (name, entry) in process.files(on: machine()) where ["stat", "status"].contains(name) {
      try tree.add(entry, at: "proc/\(grown)/\(name)")
    }
    var found: [ProcessID] = []
    for _ in 0..<8 { found = try leaders(&cache, world) }
    #expect(found.first == grown)
  }
}
