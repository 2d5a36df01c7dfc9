import ProcFS
import TestSupport
import Testing

@Suite("An adjustment")
struct AdjustmentTests {
  @Test("is raised, and goes back to where it was")
  func raises() throws {
    let child = try Child()
    let process = try child.process()
    let start = try process.adjustment
    let raised = max(start, 500)
    try process.setAdjustment(raised)
    #expect(try process.adjustment == raised)
    #expect(try text(at: "/proc/\(child.id)/oom_score_adj") == "\(raised)\n")
    try process.setAdjustment(1000)
    #expect(try process.adjustment == 1000)
    try process.setAdjustment(start)
    #expect(try process.adjustment == start)
  }

  @Test(
    "goes below its floor by nobody without the capability",
    .enabled(if: !Ability.lowering && Ability.adjustment ?? -1000 > -1000))
  func isRefused() throws {
    let child = try Child()
    let process = try child.process()
    let start = try process.adjustment
    let error = #expect(throws: ProcFSError.self) { try process.setAdjustment(-1000) }
    #expect(error?.errno == .accessDenied && error?.errno?.meansForbidden == true)
    #expect(error?.description == "/proc/\(child.id)/oom_score_adj: Permission denied")
    #expect(try process.adjustment == start)
  }

  @Test("goes anywhere with the capability", .enabled(if: Ability.lowering))
  func lowers() throws {
    let child = try Child()
    let process = try child.process()
    for value in [-1000, 0, -500, 1000, -1000] {
      try process.setAdjustment(value)
      #expect(try process.adjustment == value)
    }
  }

  @Test("is at most a thousand either way", arguments: [1001, -1001, 1 << 31 - 1])
  func isInvalid(value: Int) throws {
    let child = try Child()
    let process = try child.process()
    let start = try process.adjustment
    let error = #expect(throws: ProcFSError.self) { try process.setAdjustment(value) }
    #expect(error?.errno == .invalidArgument)
    #expect(error?.description == "/proc/\(child.id)/oom_score_adj: Invalid argument")
    #expect(try process.adjustment == start)
  }

  @Test("can be set by its old name", .enabled(if: Ability.legacyAdjustment))
  func legacy() throws {
    let child = try Child()
    let process = try child.process()
    try process.setLegacyAdjustment(15)
    #expect(try process.adjustment == 1000 && process.legacyAdjustment == 15)
    let error = #expect(throws: ProcFSError.self) { try process.setLegacyAdjustment(16) }
    #expect(error?.description == "/proc/\(child.id)/oom_adj: Invalid argument")
  }

  @Test("is written into a copied tree too", arguments: [0, 5, 1000, -1000])
  func copied(value: Int) throws {
    let tree = try FixtureTree(["17/oom_score_adj": "-500\n", "17/oom_adj": "-10\n"])
    let process = try tree.process()
    try process.setAdjustment(value)
    try process.setLegacyAdjustment(7)
    #expect(try process.adjustment == value && process.legacyAdjustment == 7)
    #expect(try text(at: tree.path + "/17/oom_score_adj") == "\(value)")
  }

  @Test("isn't written where there is no such file")
  func missing() throws {
    let tree = try FixtureTree(["17/oom_score_adj": "0\n"])
    let process = try tree.process()
    let error = #expect(throws: ProcFSError.self) { try process.setLegacyAdjustment(0) }
    #expect(error?.description == "\(tree.path)/17/oom_adj: No such file or directory")
  }
}
