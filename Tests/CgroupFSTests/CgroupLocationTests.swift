import ProcFS
import TestSupport
import Testing

@testable import CgroupFS

@Suite("A group's path in a cgroup namespace")
struct CgroupLocationTests {
  @Test(
    "leads up and down",
    arguments: [
      ("/", 0, []), ("/a/b", 0, ["a", "b"]), ("/..", 1, []), ("/../../a", 2, ["a"]),
      ("/..a", 0, ["..a"]),
    ] as [(String, Int, [String])])
  func parts(path: String, ascent: Int, names: [String]) {
    let location = CgroupLocation(path)
    #expect(location.ascent == ascent && location.names == names)
    #expect(location.path == path)
  }

  @Test(
    "contains what is below it",
    arguments: [
      ("/", "/a", true), ("/", "/", true), ("/", "/../a", false), ("/a", "/ab", false),
      ("/..", "/", true), ("/..", "/a", true), ("/..", "/../b", true), ("/..", "/../../b", false),
      ("/../b", "/", false), ("/../b", "/../b/c", true), ("/../..", "/../b", true),
    ])
  func containment(path: String, other: String, isIn: Bool) {
    #expect(CgroupLocation(path).contains(CgroupLocation(other)) == isIn)
  }

  @Test("above the namespace is found by who is in it")
  func descent() throws {
    let tree = try FixtureTree([
      "a/x/cgroup.procs": "4\n", "b/x/cgroup.procs": "5\n", "b/y/cgroup.procs": "6\n",
      "b/x/memory.max": "4096\n", "b/memory.max": "8192\n", "memory.max": "max\n",
    ])
    var hierarchy = CgroupHierarchy(
      try Directory(path: tree.path), version: .two, top: "/../..")
    #expect(throws: ProcFSError.self) { try hierarchy.limits(of: "/") }
    try hierarchy.findDescent(by: ProcessID(5), of: "/")
    #expect(hierarchy.lineage(of: "/") == ["/", "/..", "/../.."])
    #expect(try hierarchy.limits(of: "/").memory == 4096)
    #expect(try hierarchy.limits(of: "/..").memory == 8192)
    #expect(try hierarchy.processes(in: "/../y") == [ProcessID(6)])
    #expect(throws: ProcFSError.self) { try hierarchy.limits(of: "/../../..") }
  }

  @Test(
    "has one above it",
    arguments: [("/a/b", "/a"), ("/a", "/"), ("/", "/.."), ("/..", "/../.."), ("/../a", "/..")])
  func parents(path: String, parent: String) {
    #expect(CgroupLocation(path).parent.path == parent)
  }

  @Test("leads to a folder only where the names between are known")
  func parts() throws {
    let tree = try FixtureTree([
      "a/x/cgroup.procs": "4\n", "a/x/in/cgroup.procs": "5\n", "b/y/cgroup.procs": "6\n",
    ])
    let hierarchy = { (top: String, id: Int32?, path: String) throws in
      var hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: .two, top: top)
      if let id { try hierarchy.findDescent(by: ProcessID(id), of: path) }
      return hierarchy
    }
    // In the group below the namespace's root.
    let inner = try hierarchy("/../..", 5, "/in")
    #expect(inner.part(of: "/in") == "a/x/in" && inner.part(of: "/") == "a/x")
    #expect(inner.part(of: "/..") == "a" && inner.part(of: "/../z") == "a/z")
    #expect(inner.part(of: "/../..") == "" && inner.part(of: "/../../b/y") == "b/y")
    #expect(inner.part(of: "/../../..") == nil && inner.part(of: "/a/../b") == nil)
    // Nobody's list names it, or it lies above.
    for (id, path) in [(9, "/"), (5, "/"), (4, "/in"), (4, "/..")] as [(Int32, String)] {
      #expect(try hierarchy("/../..", id, path).part(of: "/") == nil)
    }
    #expect(try hierarchy("/../..", nil, "/").part(of: "/../../b") == "b")
    // Where the mount begins elsewhere, nothing is searched.
    #expect(try hierarchy("/../b", 5, "/in").part(of: "/") == nil)
    #expect(try hierarchy("/", 4, "/").part(of: "/a") == "a")
  }
}
