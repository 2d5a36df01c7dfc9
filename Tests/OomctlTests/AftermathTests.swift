import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("What followed a kill, in history")
struct AftermathTests {
  /// Four kills of a unit, which is started again after each but the last.
  private static let log = (0..<4).map { turn in
    let (second, pid) = (10 + 8 * turn, 900 + turn)
    let group = "/system.slice/hog@7.service"
    let restart =
      "Nov 12 03:00:\(second + 2) web systemd[1]: hog@7.service: Scheduled restart job, restart "
      + "counter is at \(turn + 1).\n"
    return """
      Nov 12 03:00:\(second) web kernel: oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),\
      cpuset=/,mems_allowed=0,oom_memcg=\(group),task_memcg=\(group),task=hog,pid=\(pid),uid=0
      Nov 12 03:00:\(second) web kernel: Memory cgroup out of memory: Killed process \(pid) (hog) \
      total-vm:100000kB, anon-rss:60000kB, file-rss:0kB, shmem-rss:0kB
      Nov 12 03:00:\(second) web systemd[1]: hog@7.service: A process of this unit has been killed \
      by the OOM killer.
      Nov 12 03:00:\(second + 1) web systemd[1]: hog@7.service: Failed with result 'oom-kill'.

      """ + (turn < 3 ? restart : "")
  }.joined()

  private func history(_ words: [String]) throws -> Run {
    let tree = try FixtureTree(["log": .init(stringLiteral: Self.log)])
    return run(
      ["history", "--color", "never"] + words + [tree.path + "/log"], in: HistoryTests.environment)
  }

  @Test("kills of a unit that is started again each time are one line")
  func series() throws {
    let screen = try history([]).output.split(separator: "\n")
    #expect(screen[1].hasPrefix("1-4  "))
    #expect(screen[1].contains("hog[903], 4 kills in 24 s"))
    #expect(screen[2].hasPrefix("4 kernel kills"))
  }

  @Test("each has its own story, with the unit's fate and the series")
  func story() throws {
    let words = try history(["show", "2"]).output.split { $0 == " " || $0 == "\n" }
      .joined(separator: " ")
    #expect(words.hasPrefix("hog[902] killed"))
    #expect(
      words.contains(
        "Followed hog@7.service failed 1 s later: systemd ended all of it, by OOMPolicy= (result "
          + "oom-kill), and was started again 2 s later (restart 3) 4 kills of hog@7.service in "
          + "24 s (1-4): it was started again each time"))
    let last = try history(["show", "1"]).output
    #expect(last.contains("Followed"))
    #expect(!last.contains("(restart"))
  }

  @Test("JSON keeps each, and what followed it")
  func json() throws {
    let kills = try history(["--json", "-n", "9"]).json["kills"].elements
    #expect(kills.count == 4)
    let units = try kills.map { try $0["followed"]["units"].elements[0] }
    #expect(try units.map { try $0["result"].string } == Array(repeating: "oom-kill", count: 4))
    #expect(try units.prefix(3).map { try $0["restarts"].integer } == [1, 2, 3])
  }
}
