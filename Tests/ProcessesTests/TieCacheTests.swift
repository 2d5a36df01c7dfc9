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

@Suite("Pages that are remembered from look to look")
struct TieCacheTests {
  /// Of so many, from the highest number down, as a scan has them.
  private func places(_ ids: some Sequence<Int32>) -> [ScoreScan.Entry] {
    ids.sorted(by: >).map { ScoreScan.Entry(score: 5, id: ProcessID($0)) }
  }

  /// Looks at all: the numbers of those that have to be read.
  private func look(_ cache: inout TieCache, at places: [ScoreScan.Entry]) -> Set<Int32> {
    cache.begin()
    var read: Set<Int32> = []
    for place in places {
      let known = cache.pages(of: place)
      if known == nil { read.insert(place.id.rawValue) }
      if let known { #expect(known == Int(place.id.rawValue) * 3) }
      cache.note(Int(place.id.rawValue) * 3, of: place)
    }
    return read
  }

  @Test(
    "are read anew in parts: of 64 and more at once, in at most eight looks",
    arguments: [
      (1, 1), (63, 63), (64, 64), (127, 127), (128, 64), (192, 64), (512, 64), (576, 72),
      (1024, 128),
    ])
  func parts(count: Int32, read: Int) {
    var cache = TieCache()
    let places = places(1...count)
    #expect(look(&cache, at: places).count == Int(count))
    var all: Set<Int32> = []
    for _ in 0..<(Int(count) / read) {
      let now = look(&cache, at: places)
      #expect(now.count == read && now.isDisjoint(with: all))
      all.formUnion(now)
    }
    #expect(all.count == Int(count))
  }

  @Test("are no others': those that are new or have another score are read")
  func others() {
    var cache = TieCache()
    let even = places((1...256).lazy.map { $0 * 2 })
    _ = look(&cache, at: even)
    let all = look(&cache, at: places(1...512))
    #expect((1...256).allSatisfy { all.contains($0 * 2 - 1) })
    #expect(all.count < 512)
    let fewer = places((1...64).lazy.map { $0 * 8 })
    #expect(look(&cache, at: fewer).count <= 64)
    let changed = fewer.map { ScoreScan.Entry(score: 6, id: $0.id) }
    #expect(look(&cache, at: changed).count == changed.count)
  }
}
