import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

/// What a kill's own line leaves out: it is taken from the lines around it, or said to be taken for granted.
@Suite struct UntoldTests {
  private static let kill =
    "Out of memory: Killed process 7 (redis) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB"

  private func history(_ words: [String], of log: String) throws -> Run {
    let tree = try FixtureTree(["log": .init(stringLiteral: log)])
    return run(
      ["history", "--color", "never"] + words + [tree.path + "/log"], in: HistoryTests.environment)
  }

  /// One call's words, on one line.
  private func words(_ words: [String] = [], of log: String) throws -> String {
    try history(words, of: log).output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  @Test(arguments: [
    ("2026-11-20T10:00:00+00:00 h kernel: ", false, false),
    ("Nov 20 10:00:00 h kernel: ", true, false),
    ("жжж 20 10:00:00 h kernel: ", true, true),
    ("[  100.000000] ", false, false),
  ])
  func `the year and the month are marked where the log doesn't tell them`(
    prefix: String, noYear: Bool, noMonth: Bool
  ) throws {
    let kill = try history(["--json"], of: prefix + Self.kill + "\n").json["kills"].elements[0]
    #expect(try kill["year_assumed"] == .flag(noYear))
    #expect(try kill["month_assumed"] == .flag(noMonth))
    let text = try words(of: prefix + Self.kill + "\n")
    #expect(
      text.contains("The log tells no year: the latest is shown that fits") == (noYear && !noMonth))
    #expect(text.contains("The log's months aren't understood") == noMonth)
  }

  private static let report = """
    [  100.000001] nginx invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0
    [  100.000002] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
    [  100.000003] [      7]   812     7    90000     5000    180224        0             0 redis
    """

  @Test func `size and user are the row's where the kill line has lost them`() throws {
    let log = Self.report + "\n[  100.000004] Out of memory: Killed process 7 (redis)\n"
    let kill = try history(["--json"], of: log).json["kills"].elements[0]
    #expect(try kill["victim"]["uid"].integer == 812)
    #expect(try kill["victim"]["rss_bytes"].integer == 5000 * 4096)
    #expect(
      try words(of: log).contains("redis[7] 19.5M") || words(of: log).contains("redis[7] 20M"))
    #expect(try words(["show", "1"], of: log).contains("redis[7], user 812, 20 MiB in RAM"))
  }

  @Test func `the user is the summary's before the row's, if it is of that process`() throws {
    func uid(_ pid: Int) throws -> Int? {
      let summary =
        "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,"
        + "task_memcg=/a,task=redis,pid=\(pid),uid=34"
      let log =
        Self.report
        + "\n[  100.000004] \(summary)\n[  100.000005] Out of memory: Killed process 7 (redis)\n"
      return try history(["--json"], of: log).json["kills"].elements[0]["victim"]["uid"].integer
    }
    #expect(try uid(7) == 34)
    #expect(try uid(8) == 812)
  }

  @Test func `a victim that is named again is counted once`() throws {
    let line =
      "Out of memory (oom_kill_allocating_task): Kill process 7 (redis) score 0 or sacrifice child"
    let log = (1...3).map { "[  10\($0).000000] \(line)\n" }.joined()
    let text = try words(of: log)
    #expect(text.contains(" 1 kernel kill in "))
  }
}
