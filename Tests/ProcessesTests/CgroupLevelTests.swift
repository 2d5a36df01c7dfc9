import CgroupFS
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("The memory cgroups of a machine")
struct CgroupLevelTests {
  /// The files lie in `sys/fs/cgroup`, or for version 1 in its folder `memory`.
  private func tree(
    _ files: [String: FixtureTree.Entry], isVersionOne: Bool = false
  ) throws -> FixtureTree {
    var entries: [String: FixtureTree.Entry] = ["proc/version": ""]
    for (name, entry) in files {
      entries["sys/fs/cgroup/\(isVersionOne ? "memory/" : "")\(name)"] = entry
    }
    return try FixtureTree(entries)
  }

  private let two: [String: FixtureTree.Entry] = [
    "cgroup.procs": "", "a/memory.max": "9000\n", "a/memory.current": "500\n",
    "a/b/memory.max": "max\n", "a/b/memory.current": "400\n",
    "a/b/memory.stat": "inactive_file 30\nactive_file 5\n", "c/memory.max": "max\n",
  ]

  @Test("have a nearest limit, from a group up")
  func nearest() throws {
    let tree = try self.tree(two)
    let world = try tree.world()
    let hierarchy = try world.memoryCgroups()
    #expect(try hierarchy.limitedGroup(from: "/a/b") == "/a")
    #expect(try hierarchy.limitedGroup(from: "/a") == "/a")
    #expect(try hierarchy.limitedGroup(from: "/c") == nil)
    #expect(try hierarchy.limitedGroup(from: "/") == nil)
    #expect(try hierarchy.nearestLimit(from: "/a/b")?.bytes == 9000)
    #expect(throws: Failure.self) { try hierarchy.limitedGroup(from: "/none") }
    #expect(throws: Failure.self) { try hierarchy.limits(ofGroup: "/none") }
    #expect(try hierarchy.limits(ofGroup: "/a").memory == 9000)
    #expect(throws: ProcFSError.self) { try hierarchy.nearestLimit(from: "/..") }
  }

  @Test("of version 1 count above a group only where the hierarchy is used")
  func hierarchy() throws {
    for (use, path) in [("0", nil), ("1", "/a")] as [(String, String?)] {
      let files: [String: FixtureTree.Entry] = [
        "a/memory.limit_in_bytes": "9000\n", "a/memory.use_hierarchy": "\(use)\n",
        "a/b/memory.usage_in_bytes": "7\n", "a/b/memory.use_hierarchy": "\(use)\n",
      ]
      let tree = try self.tree(files, isVersionOne: true)
      let world = try tree.world()
      let hierarchy = try world.memoryCgroups()
      #expect(try hierarchy.limitedGroup(from: "/a/b") == path)
      #expect(try hierarchy.limitedGroup(from: "/a") == "/a")
      let levels = try CgroupLevel.all(from: "/a/b", in: hierarchy)
      #expect(levels.map(\.path) == (path == nil ? ["/a/b"] : ["/a/b", "/a"]))
      #expect(levels[0].source.hasSuffix("/a/b/memory.limit_in_bytes"))
      #expect(levels[0].controlSource.hasSuffix("/a/b/memory.oom_control"))
    }
  }

  @Test("are levels with usage and limits; the root of version 2 has neither")
  func levels() throws {
    do {
      let tree = try self.tree(two)
      let world = try tree.world()
      let hierarchy = try world.memoryCgroups()
      let levels = try CgroupLevel.all(from: "/a/b", in: hierarchy)
      #expect(levels.map(\.path) == ["/a/b", "/a"])
      #expect(levels.map(\.usage.memory) == [400, 500])
      #expect(levels.map(\.limits.memory) == [nil, 9000])
      #expect(levels.map(\.headroom) == [nil, 8500])
      #expect(levels[1].source.hasSuffix("/sys/fs/cgroup/a/memory.max"))
      #expect(try CgroupLevel.all(from: "/c", in: hierarchy).isEmpty)
    }
    let tree = try self.tree(["a/memory.max": "5\n", "b/memory.current": "5\n"])
    let world = try tree.world()
    let hierarchy = try world.memoryCgroups()
    #expect(try CgroupLevel.all(from: "/a", in: hierarchy).count == 1)
    #expect(try CgroupLevel.all(from: "/b", in: hierarchy).count == 1)
  }

  @Test(
    "have as much room as the limit leaves, with the file cache",
    arguments: [
      (1000, 400, nil, 600), (1000, 400, 50, 650), (1000, 1400, 50, -350), (nil, 400, 5, nil),
      (1000, nil, 5, nil), (.max, -1, 5, .max),
    ] as [(Int?, Int?, Int?, Int?)])
  func headroom(limit: Int?, used: Int?, cache: Int?, room: Int?) throws {
    let tree = try self.tree(two)
    let world = try tree.world()
    let hierarchy = try world.memoryCgroups()
    var level = try CgroupLevel.all(from: "/a", in: hierarchy)[0]
    level.limits.memory = limit
    level.usage.memory = used
    level.usage.cache = cache
    #expect(level.headroom == room)
  }

  @Test("of version 1 may have tasks that wait, which is found from a process up")
  func standstill() throws {
    var record = ProcessSnapshot.named("x")
    record.cgroups = .lines("3:memory:/a/b\n")
    for (disabled, under, isFound) in [(1, 1, true), (1, 0, false), (0, 1, false)] {
      let files: [String: FixtureTree.Entry] = [
        "a/memory.usage_in_bytes": "5\n", "a/memory.use_hierarchy": "1\n",
        "a/memory.oom_control": "oom_kill_disable \(disabled)\nunder_oom \(under)\n",
        "a/b/memory.usage_in_bytes": "5\n", "a/b/memory.use_hierarchy": "1\n",
      ]
      let tree = try self.tree(files, isVersionOne: true)
      let world = try tree.world()
      #expect((CgroupLevel.standstill(of: record, in: world)?.id == "cgroup_waiting") == isFound)
      var other = record
      other.cgroups = nil
      #expect(CgroupLevel.standstill(of: other, in: world) == nil)
    }
    let tree = try self.tree(two)
    let world = try tree.world()
    #expect(CgroupLevel.standstill(of: record, in: world) == nil)
  }

  @Test("lie where they are mounted, else at the usual place, or nowhere")
  func places() throws {
    let mount = { (options: String) -> FixtureTree.Entry in
      .file(Array("30 20 0:1 \(options)\n".utf8))
    }
    let cases: [([String: FixtureTree.Entry], String?, CgroupHierarchy.Version)] = [
      (
        ["proc/self/mountinfo": mount("/ /mnt/cg rw - cgroup2 cgroup rw"), "mnt/cg/x": ""],
        "/mnt/cg", .two
      ),
      (
        ["proc/self/mountinfo": mount("/ /mnt/one rw - cgroup cgroup rw,memory"), "mnt/one/x": ""],
        "/mnt/one", .one
      ),
      (
        ["proc/self/mountinfo": mount("/ /mnt/cg rw - cgroup2 cgroup rw"), "sys/fs/cgroup/x": ""],
        "/sys/fs/cgroup", .two
      ),
      (["sys/fs/cgroup/memory/x": ""], "/sys/fs/cgroup/memory", .one),
      (["sys/fs/cgroup/x": ""], "/sys/fs/cgroup", .two), ([:], nil, .two),
    ]
    for (index, (files, folder, version)) in cases.enumerated() {
      let tree = try FixtureTree(files.merging(["proc/version": ""]) { $1 })
      let world = try tree.world()
      guard let folder else {
        let isKnown = world.knownMemoryCgroups != nil
        #expect(!isKnown)
        #expect(throws: Failure.self) { _ = try world.memoryCgroups() }
        continue
      }
      let hierarchy = try world.memoryCgroups()
      let (found, top, place) = (hierarchy.version, hierarchy.top, hierarchy.folder(of: "/"))
      #expect(found == version && top == "/" && place.hasSuffix(folder), "\(index)")
    }
  }

  @Test("lead down to the program's own where only more than that is mounted")
  func descent() throws {
    let files: [String: FixtureTree.Entry] = [
      "proc/self": .link("17"), "proc/17/cgroup": "0::/in\n",
      "proc/17/mountinfo": "30 20 0:1 /.. /sys/fs/cgroup rw - cgroup2 cgroup rw\n",
      "sys/fs/cgroup/a/in/cgroup.procs": "5\n", "sys/fs/cgroup/b/in/cgroup.procs": "17\n",
      "sys/fs/cgroup/b/in/memory.max": "77\n",
    ]
    let tree = try FixtureTree(files)
    let world = try tree.world()
    #expect(world.ownCgroup == "/in")
    #expect(try world.memoryCgroups().limits(of: "/in").memory == 77)
  }
}
