import Badness
import CgroupFS
import ProcFS
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("The group around a container")
struct ConfinementLevelTests {
  private func confinement(
    _ files: [String: String], from path: String, version: CgroupHierarchy.Version = .two
  ) throws -> Confinement? {
    let tree = try FixtureTree(
      Dictionary(uniqueKeysWithValues: files.map { ($0, .file(Array("\($1)\n".utf8))) }))
    let hierarchy = CgroupHierarchy(try Directory(path: tree.path), version: version)
    return try Confinement(from: path, of: hierarchy)
  }

  @Test("is the one with the least room, or none without a limit")
  func nearest() throws {
    let files = [
      "a/memory.max": "9000", "a/memory.current": "5000", "a/b/memory.max": "8000",
      "a/b/memory.current": "3000", "a/b/c/memory.current": "100", "d/memory.current": "5",
    ]
    let found = try #require(try confinement(files, from: "/a/b/c"))
    #expect(found.path == "/a" && found.limit == 9000 && !found.isLimitFromAbove)
    #expect(found.levels.map(\.path) == ["/a/b/c", "/a/b", "/a"])
    let other = try #require(
      try confinement(files.merging(["a/memory.current": "3000"]) { $1 }, from: "/a/b"))
    #expect(other.path == "/a/b" && other.limit == 8000)
    #expect(try confinement(files, from: "/d") == nil)
  }

  @Test("knows kills, and whose shortage they were for")
  func kills() throws {
    for (events, kills, hits, shortage) in [
      ("max 3\noom 1\noom_kill 2", 2, 3, .own), ("max 3\noom 0\noom_kill 2", 2, 3, .above),
      ("max 3\noom_kill 2", 2, 3, .unknown), ("low 1", nil, nil, .unknown),
    ] as [(String, UInt64?, UInt64?, Confinement.Shortage)] {
      let found = try #require(
        try confinement(["a/memory.max": "9", "a/memory.events": events], from: "/a"))
      #expect(found.kills == kills && found.limitHits == hits && found.shortage == shortage)
      #expect(found.killSource.hasSuffix("/a/memory.events"))
    }
  }

  @Test("adds up kills of version 1, whose hits alone say that the shortage was its own")
  func versionOne() throws {
    let files = [
      "a/memory.limit_in_bytes": "9000", "a/memory.failcnt": "1",
      "a/memory.oom_control": "oom_kill 2", "a/b/memory.oom_control": "oom_kill 3",
      "a/c/memory.oom_control": "under_oom 0",
    ]
    let found = try #require(try confinement(files, from: "/a", version: .one))
    #expect(found.kills == 5 && found.shortage == .own)
    #expect(found.killSource.hasSuffix("/a/memory.oom_control"))
    let others = files.merging(["a/memory.failcnt": "0"]) { $1 }
    #expect(try confinement(others, from: "/a", version: .one)?.shortage == .unknown)
    let none = ["a/memory.limit_in_bytes": "9000"]
    let quiet = try #require(try confinement(none, from: "/a", version: .one))
    #expect(quiet.kills == nil && quiet.shortage == .unknown)
  }

  @Test("may have its limit from above, where that is lower than all that is seen")
  func fromAbove() throws {
    for (limit, above, isFromAbove) in [
      ("9000", "8999", true), ("9000", "9000", false), ("9223372036854771712", "5000", true),
    ] {
      let files = [
        "a/memory.limit_in_bytes": limit, "a/memory.usage_in_bytes": "10",
        "a/memory.stat": "hierarchical_memory_limit \(above)",
      ]
      let found = try #require(try confinement(files, from: "/a", version: .one))
      #expect(found.isLimitFromAbove == isFromAbove && found.limit == Int(above))
      #expect(found.level.source.hasSuffix(isFromAbove ? "memory.stat" : "memory.limit_in_bytes"))
      #expect(found.levels.last?.limits.memory == Int(above))
    }
  }

  private func text(_ events: String) throws -> String {
    let found = try #require(
      try confinement(["a/memory.max": "9", "a/memory.events": events], from: "/a"))
    return GroupText(confinement: found, sizes: .binary).kills
  }

  @Test("is told with its kills, and how often the limit was met")
  func texts() throws {
    #expect(try text("max 0\noom 0\noom_kill 0") == "none in this group; limit never reached")
    #expect(try text("max 1\noom 0\noom_kill 0") == "none in this group; limit reached 1 time")
    #expect(try text("max 2\noom 1\noom_kill 1") == "1 in this group; limit reached 2 times")
    #expect(try text("max 2\noom 0\noom_kill 3") == "3 in this group, none by its own limit")
    #expect(try text("max 2\noom_kill 3") == "3 in this group")
    #expect(try text("max 2\noom_kill 0") == "none in this group; limit reached 2 times")
    #expect(try text("max 2\noom 1") == "not counted by this kernel; limit reached 2 times")
    #expect(try text("oom 1") == "not counted by this kernel")
  }

  @Test(
    "has a next victim in words",
    arguments: [
      (nil, nil, "a[1], the only one"), ("b[2]", 4096, "a[1], 4.0 KiB ahead of b[2]"),
      ("b[2]", 0, "a[1], just ahead of b[2]"), ("b[2]", nil, "a[1], then b[2]"),
    ] as [(String?, Int?, String)])
  func victims(second: String?, lead: Int?, text: String) {
    let phrase = VictimPhrase(first: "a[1]", second: second, lead: lead, sizes: .binary)
    #expect(phrase.fact == text)
    #expect(phrase.ofThoseSeen == "unknown, not all processes are seen; of those seen \(text)")
  }
}
