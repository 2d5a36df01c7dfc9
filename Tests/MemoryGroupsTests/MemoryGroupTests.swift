import CgroupFS
import ProcFS
import Processes
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import MemoryGroups

@Suite("A memory cgroup")
struct MemoryGroupTests {
  /// Amounts in bytes of a group with a limit of 1000 of its own, and the state that follows.
  struct Told: Sendable, CustomTestStringConvertible {
    var used = 0
    var cache = 0
    var limit: Int? = 1000
    var owner = "/g"
    var high: Int?
    var throttled: UInt64? = 1
    var isWaiting = false
    var state: MemoryGroup.State

    var testDescription: String {
      "\(used) - \(cache) of \(limit ?? -1), high \(high ?? -1): \(state)"
    }

    var group: MemoryGroup {
      var figures = CgroupFigures()
      (figures.usage.memory, figures.usage.cache) = (used, cache)
      figures.limits.memory = owner == "/g" ? limit : nil
      (figures.limits.isKillDisabled, figures.limits.isUnderOOM) = (isWaiting, isWaiting)
      (figures.high, figures.events.high) = (high, throttled)
      let left = limit.map { $0 - used + cache }
      return MemoryGroup(
        path: "/g", figures: figures,
        limit: limit.map { MemoryGroup.Limit(owner: owner, bytes: $0, left: left) })
    }
  }

  @Test(
    "is near its limit, full, throttled, or waits",
    arguments: [
      Told(used: 899, state: .fine), Told(used: 900, state: .near), Told(used: 949, state: .near),
      Told(used: 950, state: .full), Told(used: 1000, state: .full),
      // File cache is dropped before anybody is killed.
      Told(used: 1000, cache: 101, state: .fine), Told(used: 1000, cache: 100, state: .near),
      // That is the state of the group above.
      Told(used: 999, owner: "/", state: .fine), Told(used: 999, limit: nil, state: .fine),
      Told(used: 494, limit: nil, high: 500, state: .fine),
      Told(used: 495, limit: nil, high: 500, state: .throttled),
      Told(used: 600, limit: nil, high: 500, state: .throttled),
      Told(used: 600, cache: 200, limit: nil, high: 500, state: .fine),
      // It may be there for the first time: nothing was held back yet.
      Told(used: 600, limit: nil, high: 500, throttled: 0, state: .fine),
      Told(used: 600, limit: nil, high: 500, throttled: nil, state: .fine),
      Told(limit: nil, high: 0, state: .throttled),
      Told(used: 900, high: 900, state: .throttled), Told(used: 950, high: 900, state: .full),
      Told(used: 1, isWaiting: true, state: .waiting),
    ])
  func state(told: Told) {
    #expect(told.group.state == told.state)
  }

  @Test("needs what it uses, less file cache")
  func needed() {
    #expect(Told(used: 10, cache: 3, state: .fine).group.needed == 7)
    #expect(Told(used: 3, cache: 10, state: .fine).group.needed == 0)
    #expect(MemoryGroup(path: "/", figures: CgroupFigures(), limit: nil).needed == nil)
  }

  @Test("is found by what is left, not by whose limit is lower")
  func tightest() throws {
    let tree = try FixtureTree([
      "proc/version": "", "sys/fs/cgroup/cgroup.procs": "",
      "sys/fs/cgroup/a/memory.max": "1000\n", "sys/fs/cgroup/a/memory.current": "990\n",
      "sys/fs/cgroup/a/b/memory.max": "500\n", "sys/fs/cgroup/a/b/memory.current": "100\n",
      "sys/fs/cgroup/a/c/memory.max": "500\n", "sys/fs/cgroup/a/c/memory.current": "495\n",
      "sys/fs/cgroup/d/memory.max": "max\n",
    ])
    let world = try World(root: tree.path, environment: Environment())
    let hierarchy = try world.memoryCgroups()
    let reader = GroupReader(of: hierarchy, in: world)
    func owner(_ path: String) -> String? { reader.groups.first { $0.path == path }?.limit?.owner }
    #expect(owner("/a") == "/a")
    #expect(owner("/a/b") == "/a")
    #expect(owner("/a/c") == "/a/c")
    #expect(owner("/d") == nil)
    #expect(reader.nearestFirst.map(\.path).prefix(2) == ["/a", "/a/c"])
  }

  @Test(
    "comes before others without a limit by what it needs, which may not be known; then by its path"
  )
  func order() throws {
    let tree = try FixtureTree([
      "proc/version": "", "sys/fs/cgroup/cgroup.procs": "",
      "sys/fs/cgroup/a/memory.current": "0\n", "sys/fs/cgroup/b/memory.max": "max\n",
      "sys/fs/cgroup/c/memory.current": "0\n", "sys/fs/cgroup/d/memory.max": "max\n",
      "sys/fs/cgroup/e/memory.current": "1\n", "sys/fs/cgroup/f/memory.current": "2\n",
    ])
    let world = try World(root: tree.path, environment: Environment())
    let reader = try GroupReader(of: world.memoryCgroups(), in: world)
    let paths = reader.nearestFirst.map(\.path).filter { $0 != "/" }
    #expect(paths == ["/f", "/e", "/a", "/b", "/c", "/d"])
  }
}
