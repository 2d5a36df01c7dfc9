import ProcFS
import TestSupport
import Testing

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

  @Test("lists the processes of a group in the kernel's order")
  func processes() throws {
    let tree = try FixtureTree(["box/cgroup.procs": "300\n20\n0\n1000\n"])
    let hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: .two)
    #expect(try hierarchy.processes(in: "/box").map(\.rawValue) == [300, 20, 1000])
  }
}
