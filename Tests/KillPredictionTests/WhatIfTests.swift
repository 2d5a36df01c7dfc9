import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("What is supposed")
struct WhatIfTests {
  private func suppositions(
    set: [String] = [], grow: [String] = [], without: [String] = []
  ) -> Suppositions {
    Suppositions(
      adjustments: set.compactMap { SupposedAdjustment(argument: $0) },
      growths: grow.compactMap { SupposedGrowth(argument: $0) },
      absences: without.compactMap { Selector(argument: $0) })
  }

  private func changed(
    _ suppositions: Suppositions, on machine: FixtureMachine = .two()
  ) throws -> [ScoredProcess] {
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    let field = try PredictionInput(
      .system(#require(machine.capacity)), isWhole: true, count: 5, on: machine, in: world)
    let supposed = try WhatIf(
      suppositions, among: field, users: Users(in: world), in: world)
    return field.subjects.compactMap { supposed.changed($0, on: machine) }
  }

  @Test("is nothing, or something of each kind")
  func empty() {
    #expect(suppositions().isEmpty)
    #expect(!suppositions(set: ["x=1"]).isEmpty && !suppositions(grow: ["x=1"]).isEmpty)
    #expect(!suppositions(without: ["x"]).isEmpty)
    #expect(!Suppositions(limit: ByteCount(argument: "1")).isEmpty)
  }

  @Test("may be that some are gone")
  func absences() throws {
    let left = try changed(suppositions(without: ["big"]))
    #expect(left.map(\.id.rawValue) == [1, 2, 11])
  }

  @Test(
    "may be another adjustment, on both scales",
    arguments: [
      (0, 0), (1000, 17), (500, 8), (59, 1), (58, 0), (-58, 0), (-59, -1), (-999, -16),
      (-1000, -17),
    ])
  func adjustments(value: Int, legacy: Int) throws {
    let all = try changed(suppositions(set: ["big=\(value)"]))
    let one = try #require(all.first { $0.id == ProcessID(10) })
    #expect(one.record.adjustment == value && one.record.legacyAdjustment == legacy)
    #expect(one.candidate?.adjustment == value)
    #expect(all.first { $0.id == ProcessID(11) }?.record.adjustment == 0)
  }

  @Test(
    "may be more memory, in whole pages and kibibytes",
    arguments: [(4096, 501, 2004), (4095, 500, 2003), (8192, 502, 2008), (1023, 500, 2000)])
  func growth(bytes: Int, pages: Int, kibibytes: Int) throws {
    let one = try #require(
      try changed(suppositions(grow: ["big=\(bytes)"])).first { $0.id == ProcessID(10) })
    #expect(one.record.stat?.residentPages == pages && one.record.sizes?.totalPages == pages)
    #expect(one.record.sizes?.residentPages == pages)
    #expect(one.record.status?.resident?.count == kibibytes)
    #expect(one.record.status?.virtualSize?.count == kibibytes)
    #expect(one.record.status?.anonymous == nil)
    #expect(one.explanation?.badness == Int128(pages))
  }

  @Test("adds up where it is said twice, and stays within what numbers hold")
  func sums() throws {
    let twice = try changed(suppositions(grow: ["big=4096", "10=8192"]))
    #expect(twice.first { $0.id == ProcessID(10) }?.record.stat?.residentPages == 503)
    let huge = try changed(suppositions(grow: ["big=\(Int.max)", "big=\(Int.max)"]))
    let one = try #require(huge.first { $0.id == ProcessID(10) })
    #expect(one.record.status?.resident?.count == Int.max >> 10)
  }

  @Test(
    "can't contradict itself",
    arguments: [
      (["big=1", "10=2"], [], []), (["big=1"], [], ["10"]), ([], ["big=1"], ["10"]),
      (["none=1"], [], []), ([], [], ["99"]), ([], ["none=5"], []),
    ])
  func contradictions(set: [String], grow: [String], without: [String]) {
    #expect(throws: Failure.self) {
      try changed(suppositions(set: set, grow: grow, without: without))
    }
  }

  @Test("may be said twice alike")
  func alike() throws {
    let all = try changed(suppositions(set: ["big=1", "10=1"], without: ["small"]))
    #expect(all.map(\.id.rawValue) == [1, 2, 10])
  }
}

@Suite("A prediction's options")
struct PredictOptionsTests {
  private func isContradiction(_ change: (inout Predict) -> Void) -> Bool {
    var predict = Predict()
    change(&predict)
    return (try? predict.validate()) == nil
  }

  @Test("name one domain at most, and one end")
  func validate() throws {
    let cgroup = CgroupPath("/a")
    let pid = ProcessNumber(argument: "7")
    let nodes = NodeList("0")
    let size = ByteCount(argument: "5")
    #expect(!isContradiction { _ in })
    #expect(!isContradiction { $0.asksForSystem = true })
    #expect(isContradiction { ($0.asksForSystem, $0.cgroup) = (true, cgroup) })
    #expect(isContradiction { ($0.member, $0.nodes) = (pid, nodes) })
    #expect(isContradiction { ($0.policyNodes, $0.nodes) = (nodes, nodes) })
    #expect(isContradiction { $0.suppositions.limit = size })
    #expect(!isContradiction { ($0.suppositions.limit, $0.cgroup) = (size, cgroup) })
    #expect(!isContradiction { ($0.suppositions.limit, $0.member) = (size, pid) })
    #expect(isContradiction { ($0.suppositions.limit, $0.nodes) = (size, nodes) })
    #expect(isContradiction { ($0.goal, $0.count) = (size, RowCount(5)) })
    #expect(!isContradiction { $0.goal = size } && !isContradiction { $0.count = RowCount(5) })
    #expect(isContradiction { $0.goal = ByteCount(argument: "0") })
  }
}
