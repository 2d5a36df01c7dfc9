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
}
