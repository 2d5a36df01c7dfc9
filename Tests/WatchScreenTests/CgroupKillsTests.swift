import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import WatchScreen

@Suite("Counts of kills in memory cgroups")
struct CgroupKillsTests {
  private let tree: FixtureTree

  init() throws {
    tree = try FixtureMachine(processes: []).tree()
    for group in 0..<80 { try set("g\(group)", to: 5) }
  }

  private func world() throws -> World {
    try World(root: tree.path, environment: Environment())
  }

  private func set(_ group: String, to kills: UInt64) throws {
    try tree.add("oom_kill \(kills)\n", at: "sys/fs/cgroup/\(group)/memory.events.local")
  }

  @Test(
    "tell each kill, but no more than can be shown",
    arguments: [
      (4, 0), (5, 0), (6, 1), (7, 2), (24, 19), (25, 20), (26, 20), (.max, 20),
    ] as [(UInt64, Int)])
  func rise(kills: UInt64, told: Int) throws {
    let world = try world()
    var groups = CgroupKills()
    groups.watch(["/g1"], in: world)
    try set("g1", to: kills)
    #expect(groups.found(in: world) == [String](repeating: "/g1", count: told))
    #expect(groups.found(in: world).isEmpty)
  }

  @Test("begin where a group stands when it is first watched")
  func beginning() throws {
    let world = try world()
    var groups = CgroupKills()
    #expect(groups.found(in: world).isEmpty)
    groups.watch(["/g1", "/g1", "/none"], in: world)
    try set("g1", to: 6)
    // Watching it again forgets nothing.
    groups.watch(["/g1", "/g2"], in: world)
    #expect(groups.found(in: world) == ["/g1"])
    try set("g1", to: 7)
    try set("g2", to: 7)
    #expect(groups.found(in: world) == ["/g2", "/g2", "/g1"])
    try set("g1", to: 3)
    #expect(groups.found(in: world).isEmpty)
    try set("g1", to: 4)
    #expect(groups.found(in: world) == ["/g1"])
  }

  @Test("forget a group that has gone, and make room for others")
  func removal() throws {
    let world = try world()
    var groups = CgroupKills()
    groups.watch((0..<80).map { "/g\($0)" }, in: world)
    for group in 0..<80 { try set("g\(group)", to: 6) }
    #expect(Set(groups.found(in: world)) == Set((0..<64).map { "/g\($0)" }))
    groups.watch(["/g70"], in: world)
    try set("g70", to: 7)
    #expect(groups.found(in: world).isEmpty)
    tree.remove("sys/fs/cgroup/g3")
    #expect(groups.found(in: world).isEmpty)
    try set("g3", to: 9)
    groups.watch(["/g70", "/g71"], in: world)
    for group in [3, 70, 71] { try set("g\(group)", to: 10) }
    #expect(groups.found(in: world) == ["/g70", "/g70", "/g70"])
  }
}
