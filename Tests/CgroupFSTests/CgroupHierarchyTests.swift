import ProcFS
import TestSupport
import Testing

@testable import CgroupFS

@Suite("A tree of memory cgroups")
struct CgroupHierarchyTests {
  private func limits(
    _ version: CgroupHierarchy.Version, _ files: [String: FixtureTree.Entry], top: String = "/",
    path: String = "/box"
  ) throws -> CgroupLimits {
    let tree = try FixtureTree(files)
    let hierarchy = CgroupHierarchy(
      try Directory(path: tree.path), version: version, top: top)
    return try hierarchy.limits(of: path)
  }

  @Test("has the limits of version 2")
  func versionTwo() throws {
    let limits = try limits(
      .two,
      [
        "box/memory.max": "52428800\n", "box/memory.swap.max": "max\n",
        "box/memory.oom.group": "1\n",
      ])
    #expect(limits.memory == 52_428_800)
    #expect(limits.swap == nil && limits.memoryAndSwap == nil && limits.swappiness == nil)
    #expect(limits.isKilledAsGroup && !limits.isKillDisabled && limits.isHierarchical)
  }

  @Test("has the limits of version 1, whose word for none is a number")
  func versionOne() throws {
    let limits = try limits(
      .one,
      [
        "box/memory.limit_in_bytes": "9223372036854771712\n",
        "box/memory.memsw.limit_in_bytes": "104857600\n", "box/memory.swappiness": "0\n",
        "box/memory.oom_control": "oom_kill_disable 1\nunder_oom 0\noom_kill 3\n",
        "box/memory.use_hierarchy": "0\n",
      ])
    #expect(limits.memory == nil)
    #expect(limits.memoryAndSwap == 104_857_600)
    #expect(limits.swappiness == 0)
    #expect(limits.isKillDisabled && !limits.isHierarchical && !limits.isKilledAsGroup)
  }

  @Test("has no limits where the kernel prints none")
  func nothing() throws {
    #expect(try limits(.two, ["box": .folder]) == CgroupLimits())
    #expect(try limits(.one, ["box": .folder]) == CgroupLimits())
  }

  @Test(
    "says that a group isn't there",
    arguments: ["/nothing", "/box/../box", "/other", "/docker"])
  func missing(path: String) throws {
    let error = #expect(throws: ProcFSError.self) {
      try limits(.two, ["box/memory.max": "1\n"], top: "/docker/1", path: path)
    }
    #expect(error?.errno == .noSuchFile)
  }

  @Test("knows groups by their whole path, where only a part is mounted")
  func partial() throws {
    let files: [String: FixtureTree.Entry] = ["memory.max": "1\n", "box/memory.max": "2\n"]
    #expect(try limits(.two, files, top: "/docker/1", path: "/docker/1").memory == 1)
    #expect(try limits(.two, files, top: "/docker/1", path: "/docker/1/box").memory == 2)
  }

  @Test("tells what a group of version 2 uses, and what of it is file cache")
  func usageOfVersionTwo() throws {
    let usage = try usage(
      .two,
      [
        "box/memory.current": "52428800\n",
        "box/memory.stat": "anon 1\nfile 9\ninactive_file 4096\nactive_file 8192\nslab 5\n",
      ])
    #expect(usage.memory == 52_428_800 && usage.cache == 12_288)
  }

  @Test("tells what a group of version 1 uses with those below it")
  func usageOfVersionOne() throws {
    let usage = try usage(
      .one,
      [
        "box/memory.usage_in_bytes": "52428800\n",
        "box/memory.stat": "inactive_file 1\ntotal_inactive_file 4096\ntotal_active_file 8192\n",
      ])
    #expect(usage.memory == 52_428_800 && usage.cache == 12_288)
  }

  @Test(
    "tells no more of a group than is there",
    arguments: [
      ([:], nil, nil), (["memory.current": "7\n"], 7, nil),
      (["memory.current": "7\n", "memory.stat": ""], 7, nil),
      (["memory.stat": "inactive_file x\nactive_file 5"], nil, 5),
      (
        ["memory.stat": "inactive_file 18446744073709551615\nactive_file 9223372036854775807\n"],
        nil, .max
      ),
    ] as [([String: FixtureTree.Entry], Int?, Int?)])
  func scarceUsage(files: [String: FixtureTree.Entry], memory: Int?, cache: Int?) throws {
    let box = Dictionary(uniqueKeysWithValues: files.map { ("box/\($0)", $1) })
    let usage = try usage(.two, box.merging(["box": .folder]) { $1 })
    #expect(usage.memory == memory && usage.cache == cache)
  }

  private func usage(
    _ version: CgroupHierarchy.Version, _ files: [String: FixtureTree.Entry]
  ) throws -> CgroupUsage {
    let tree = try FixtureTree(files)
    return try CgroupHierarchy(try Directory(path: tree.path), version: version).usage(of: "/box")
  }

  @Test("names a group's folder", arguments: [("/", ""), ("/box/a", "/box/a"), ("box", "/box")])
  func folders(path: String, expected: String) throws {
    let tree = try FixtureTree([:])
    let hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: .two)
    #expect(hierarchy.folder(of: path) == tree.path + expected)
  }

  @Test("lists the processes of a group in the kernel's order")
  func processes() throws {
    let tree = try FixtureTree(["box/cgroup.procs": "300\n20\n0\n1000\n"])
    let hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: .two)
    #expect(try hierarchy.processes(in: "/box").map(\.rawValue) == [300, 20, 1000])
  }

  private func open(
    _ tree: FixtureTree, _ version: CgroupHierarchy.Version, top: String = "/"
  ) throws -> CgroupHierarchy {
    CgroupHierarchy(try Directory(path: tree.path), version: version, top: top)
  }

  @Test(
    "has limits from the number on that stands for none",
    arguments: [
      ("0", 0), ("1", 1), ("9223372036853727230", 9_223_372_036_853_727_230),
      ("9223372036853727231", nil), ("9223372036854771712", nil), ("18446744073709551615", nil),
      ("max", nil),
    ] as [(String, Int?)])
  func amounts(text: String, bytes: Int?) throws {
    #expect(try limits(.two, ["box/memory.max": .file(Array("\(text)\n".utf8))]).memory == bytes)
  }

  @Test("says that a limit is none of the kernel's", arguments: ["", "x", "maximum", "-1"])
  func malformed(text: String) throws {
    #expect(throws: ProcFSError.self) {
      try limits(.two, ["box/memory.max": .file(Array("\(text)\n".utf8))])
    }
  }

  @Test(
    "has switches of version 1 and 2, on at 1 alone",
    arguments: [("0", false), ("1", true), ("2", false)])
  func switches(text: String, isOn: Bool) throws {
    let two = try limits(.two, ["box/memory.oom.group": .file(Array(text.utf8))])
    #expect(two.isKilledAsGroup == isOn)
    let control = "oom_kill_disable \(text)\nunder_oom \(text)\noom_kill 1\n"
    let one = try limits(
      .one,
      [
        "box/memory.oom_control": .file(Array(control.utf8)),
        "box/memory.use_hierarchy": .file(Array(text.utf8)),
      ])
    #expect(one.isKillDisabled == isOn && one.isUnderOOM == isOn && one.hasWaiting == isOn)
    #expect(one.isHierarchical == (text != "0"))
  }

  @Test("has tasks that wait only where none is killed for one without memory")
  func waiting() {
    for (isDisabled, isUnder) in [(true, false), (false, true), (false, false), (true, true)] {
      var limits = CgroupLimits()
      limits.isKillDisabled = isDisabled
      limits.isUnderOOM = isUnder
      #expect(limits.hasWaiting == (isDisabled && isUnder))
    }
  }

  @Test(
    "counts kills, hits and shortages in a group of version 2, and kills apart from those below")
  func eventsOfVersionTwo() throws {
    let files: [String: FixtureTree.Entry] = [
      "a/memory.events": "low 1\nhigh 2\nmax 3\noom 4\noom_kill 5\noom_group_kill 6\n",
      "a/memory.events.local": "max 7\noom 8\noom_kill 9\n", "b/memory.events": "oom_kill 5\n",
      "c": .folder,
    ]
    let tree = try FixtureTree(files)
    let hierarchy = try open(tree, .two)
    #expect(try hierarchy.kills(in: "/a") == 5 && hierarchy.limitHits(in: "/a") == 3)
    #expect(try hierarchy.shortages(in: "/a") == 4 && hierarchy.ownKills(in: "/a") == 9)
    #expect(try hierarchy.ownKills(in: "/b") == 5 && hierarchy.limitHits(in: "/b") == nil)
    #expect(try hierarchy.kills(in: "/c") == nil && hierarchy.shortages(in: "/c") == nil)
    #expect(try hierarchy.limitFromAbove(of: "/a") == nil)
  }

  @Test("counts hits of both limits of version 1, and no shortages")
  func eventsOfVersionOne() throws {
    let files: [String: FixtureTree.Entry] = [
      "a/memory.failcnt": "3\n", "a/memory.memsw.failcnt": "4\n", "b/memory.failcnt": "3\n",
      "a/memory.oom_control": "under_oom 0\noom_kill 5\n", "c": .folder,
      "a/memory.events.local": "oom_kill 9\n", "a/memory.events": "oom 9\n",
    ]
    let tree = try FixtureTree(files)
    let hierarchy = try open(tree, .one)
    #expect(try hierarchy.limitHits(in: "/a") == 7 && hierarchy.limitHits(in: "/b") == 3)
    #expect(try hierarchy.limitHits(in: "/c") == nil && hierarchy.shortages(in: "/a") == nil)
    #expect(try hierarchy.kills(in: "/a") == 5 && hierarchy.ownKills(in: "/a") == 5)
  }

  @Test("has a limit from above only where version 1 tells of one")
  func limitFromAbove() throws {
    let files: [String: FixtureTree.Entry] = [
      "a/memory.stat": "cache 5\nhierarchical_memory_limit 4096\n",
      "b/memory.stat": "hierarchical_memory_limit 9223372036854771712\n", "c": .folder,
      "d/memory.stat": "hierarchical_memsw_limit 4096\n",
    ]
    let tree = try FixtureTree(files)
    do {
      let hierarchy = try open(tree, .one)
      #expect(try hierarchy.limitFromAbove(of: "/a") == 4096)
      for path in ["/b", "/c", "/d"] { #expect(try hierarchy.limitFromAbove(of: path) == nil) }
    }
    do {
      let hierarchy = try open(tree, .two)
      #expect(try hierarchy.limitFromAbove(of: "/a") == nil)
    }
  }

  @Test("counts processes that a PID namespace doesn't show")
  func unseen() throws {
    let files: [String: FixtureTree.Entry] = ["a/cgroup.procs": "0\n20\n0\n", "b": .folder]
    let tree = try FixtureTree(files)
    do {
      let hierarchy = try open(tree, .two)
      #expect(try hierarchy.unseenCount(in: "/a") == 2)
      #expect(throws: ProcFSError.self) { try hierarchy.unseenCount(in: "/b") }
    }
    do {
      let hierarchy = try open(tree, .one)
      #expect(try hierarchy.unseenCount(in: "/a") == nil)
    }
  }

  @Test("tells what of a group is in swap")
  func swapped() throws {
    let files: [String: FixtureTree.Entry] = [
      "a/memory.swap.current": "50\n", "a/memory.memsw.usage_in_bytes": "90\n",
      "a/memory.usage_in_bytes": "70\n", "b/memory.usage_in_bytes": "70\n",
      "c/memory.memsw.usage_in_bytes": "60\n", "d/memory.memsw.usage_in_bytes": "60\n",
      "d/memory.usage_in_bytes": "70\n",
    ]
    do {
      let tree = try FixtureTree(files)
      let hierarchy = try open(tree, .two)
      #expect(try hierarchy.swapped(by: "/a") == 50 && hierarchy.swapped(by: "/b") == nil)
    }
    let tree = try FixtureTree(files)
    let hierarchy = try open(tree, .one)
    #expect(try hierarchy.swapped(by: "/a") == 20 && hierarchy.swapped(by: "/d") == 0)
    #expect(try hierarchy.swapped(by: "/b") == nil && hierarchy.swapped(by: "/c") == nil)
  }

  @Test("tells whether a group has a controller of its own, and its folder's number")
  func controllers() throws {
    let files: [String: FixtureTree.Entry] = [
      "a/cgroup.controllers": "cpu memory io\n", "b/cgroup.controllers": "cpu memory_x\n",
      "c": .folder, "d/cgroup.controllers": "\n",
    ]
    let tree = try FixtureTree(files)
    let hierarchy = try open(tree, .two)
    #expect(try hierarchy.controlsMemory(in: "/a") == true)
    #expect(try hierarchy.controlsMemory(in: "/b") == false)
    #expect(try hierarchy.controlsMemory(in: "/c") == nil)
    #expect(try hierarchy.controlsMemory(in: "/d") == false)
    #expect(try hierarchy.inode(of: "/a") != hierarchy.inode(of: "/b"))
    #expect(try hierarchy.inode(of: "/a") == hierarchy.inode(of: "a/"))
  }

  @Test(
    "has groups above one and below it",
    arguments: [
      ("/", ["/"]), ("/a", ["/a", "/"]), ("/a/b", ["/a/b", "/a", "/"]), ("/..", []),
    ])
  func lineage(path: String, lineage: [String]) throws {
    let tree = try FixtureTree(["a/b/c/x": ""])
    let hierarchy = try open(tree, .two)
    #expect(hierarchy.lineage(of: path) == lineage)
  }

  @Test("has a lineage only as far as it is mounted")
  func mountedLineage() throws {
    let tree = try FixtureTree(["x": ""])
    let hierarchy = try open(tree, .two, top: "/a/b")
    #expect(hierarchy.lineage(of: "/a/b/c") == ["/a/b/c", "/a/b"])
    #expect(hierarchy.lineage(of: "/a").isEmpty && hierarchy.lineage(of: "/a/bc").isEmpty)
    #expect(hierarchy.folder(of: "/a/b") == hierarchy.folder(of: "/elsewhere"))
    #expect(hierarchy.folder(of: "/a/b/c") == hierarchy.folder(of: "/a/b") + "/c")
  }

  @Test(
    "has a subtree, parents first, up to a number",
    arguments: [
      (9, ["/", "/a", "/c", "/a/b"]), (4, ["/", "/a", "/c", "/a/b"]), (3, ["/", "/a", "/c"]),
      (1, ["/"]),
    ])
  func subtree(most: Int, paths: [String]) throws {
    let tree = try FixtureTree(["a/b/x": "", "c/x": "", "file": ""])
    let hierarchy = try open(tree, .two)
    let found = try hierarchy.subtree(of: "/", most: most)
    #expect(found.first == "/" && found.count == min(most, 4))
    if most >= 3 { #expect(found.sorted() == paths.sorted()) }
    #expect(try hierarchy.subtree(of: "/a", most: 9) == ["/a", "/a/b"])
    #expect(try hierarchy.subtree(of: "/none", most: 9) == ["/none"])
  }
}
