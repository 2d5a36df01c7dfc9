import ProcFS
import TestSupport
import Testing

@testable import CgroupFS

@Suite("A tree of memory cgroups")
struct CgroupChangesTests {
  @Test(
    "tells where limited groups can be made",
    arguments: [
      // Controllers, those enabled below, processes, whether it is the root.
      ("cpu memory", "cpu memory", "17\n", false, CgroupHierarchy.Accommodation.ready),
      ("cpu memory", "cpu", "", false, .afterEnabling),
      ("cpu memory", "", "17\n", false, nil),
      ("cpu memory", "", "17\n", true, .afterEnabling),
      ("cpu memory", "cpu", "", true, .afterEnabling), ("", "memory", "", true, nil),
      ("cpu", "", "", true, nil), ("memory_other", "", "", true, nil),
    ])
  func accommodation(
    controllers: String, enabled: String, processes: String, isRoot: Bool,
    expected: CgroupHierarchy.Accommodation?
  ) throws {
    var files: [String: FixtureTree.Entry] = [
      "cgroup.controllers": "\(controllers)\n", "cgroup.subtree_control": "\(enabled)\n",
      "cgroup.procs": "\(processes)",
    ]
    if !isRoot { files["cgroup.events"] = "populated 1\n" }
    let tree = try FixtureTree(files)
    let hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: .two)
    #expect(try hierarchy.accommodation(in: "/") == expected)
    #expect(try hierarchy.accommodation(in: "/nothing") == nil)
  }

  @Test("of version 1 takes a group wherever the folder can be written")
  func versionOne() throws {
    let tree = try FixtureTree(["a/tasks": ""])
    let hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: .one)
    #expect(try hierarchy.accommodation(in: "/a") == .ready)
  }

  @Test("tells nothing of a group without the files that show it")
  func scarce() throws {
    let files: [String: FixtureTree.Entry] = [
      "a/cgroup.controllers": "memory\n", "b/cgroup.controllers": "memory\n",
      "b/cgroup.procs": "", "b/cgroup.events": "", "c/cgroup.controllers": "memory\n",
      "c/cgroup.procs": "", "c/cgroup.subtree_control": "\n", "d/cgroup.controllers": "memory\n",
      "d/cgroup.events": "", "d/cgroup.subtree_control": "\n",
    ]
    let tree = try FixtureTree(files)
    let hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: .two)
    for path in ["/a", "/b", "/d"] { #expect(try hierarchy.accommodation(in: path) == nil) }
    #expect(try hierarchy.accommodation(in: "/c") == .afterEnabling)
  }

  @Test("writes into a group's files, and finds no folders among files and links")
  func writes() throws {
    let tree = try FixtureTree(["a/memory.max": "max\n", "link": .link("a"), "file": ""])
    let hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: .two)
    try hierarchy.write("4096", to: "memory.max", of: "/a")
    #expect(try hierarchy.limits(of: "/a").memory == 4096)
    #expect(try hierarchy.groups(below: "/") == ["a"])
    try hierarchy.makeGroup("a", below: "/")
    #expect(try hierarchy.removeGroup("none", below: "/"))
  }

  @Test("makes, lists and removes groups, but none that isn't empty")
  func groups() throws {
    let tree = try FixtureTree(["cgroup.procs": "1\n", "full/cgroup.procs": "17\n"])
    let hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: .two)
    try hierarchy.makeGroup("new", below: "/")
    #expect(try hierarchy.groups(below: "/").sorted() == ["full", "new"])
    #expect(try hierarchy.removeGroup("new", below: "/"))
    #expect(try !hierarchy.removeGroup("full", below: "/"))
    #expect(try hierarchy.groups(below: "/") == ["full"])
    #expect(throws: ProcFSError.self) { try hierarchy.groups(below: "/../..") }
  }

  @Test("counts kills, where the kernel does")
  func kills() throws {
    let tree = try FixtureTree([
      "two/memory.events": "low 0\nhigh 0\nmax 9\noom 2\noom_kill 1\noom_group_kill 0\n",
      "one/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n",
      "old/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\n",
    ])
    let two = CgroupHierarchy(try Directory(path: tree.path), version: .two)
    #expect(try two.kills(in: "/two") == 1)
    let one = CgroupHierarchy(try Directory(path: tree.path), version: .one)
    #expect(try one.kills(in: "/one") == 3)
    #expect(try one.kills(in: "/old") == nil)
  }

  @Test("is held by one at a time")
  func lock() throws {
    let tree = try FixtureTree(["cgroup.procs": "1\n"])
    let hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: .two)
    let lock = try hierarchy.lock("/", timeout: 0)
    #expect(throws: ProcFSError(path: "\(tree.path)/cgroup.procs", reason: .system(.again))) {
      _ = try hierarchy.lock("/", timeout: 0)
    }
    withExtendedLifetime(lock) {}
  }
}
