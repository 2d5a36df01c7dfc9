import Badness
import Testing

@Suite("A kill")
struct KillRuleTests {
  @Test(
    "takes along whom that kernel takes along",
    arguments: [
      ("2.4.0", .none, .die, false), ("2.6.10", .none, .die, false),
      ("2.6.11", .firstChild, .die, false),
      ("2.6.35", .firstChild, .die, false), ("2.6.36", .worstChild, .live, false),
      ("2.6.37", .worstChild, .die, false), ("3.1", .worstChild, .die, false),
      ("3.2", .worstChild, .dieUnlessExempt, false),
      ("4.7", .worstChild, .dieUnlessExempt, false), ("4.8", .worstChild, .die, false),
      ("4.18", .worstChild, .die, false), ("4.19", .worstChild, .die, true),
      ("5.0.1", .worstChild, .die, true),
      ("5.1", .none, .die, true), ("7.2", .none, .die, true),
    ] as [(String, KillRule.Sacrifice, KillRule.Sharers, Bool)])
  func companions(
    release: String, sacrifice: KillRule.Sacrifice, sharers: KillRule.Sharers, groups: Bool
  ) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    let rule = try #require(KillRule.inForce(in: kernel))
    #expect(rule.sacrifice == sacrifice)
    #expect(rule.sharers == sharers)
    #expect(rule.killsGroups == groups)
  }

  @Test("has no rule before 2.4")
  func none() { #expect(KillRule.inForce(in: KernelVersion(2, 3, 99)) == nil) }
}
