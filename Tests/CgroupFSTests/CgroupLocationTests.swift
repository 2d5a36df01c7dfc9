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
}
