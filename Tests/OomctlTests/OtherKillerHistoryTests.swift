import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Kills by others")
struct OtherKillerHistoryTests {
  private static let oomd = """
    Nov 19 12:30:02 web-07 systemd-oomd[702]: Considered 21 cgroups for killing, top candidates were:
    Nov 19 12:30:02 web-07 systemd-oomd[702]: Killed /system.slice/x.service due to memory pressure for /system.slice \
    being 57.97% > 50.00% for > 20s with reclaim activity
    Nov 19 12:30:03 web-07 systemd[1]: x.service: systemd-oomd killed 61 process(es) in this unit.

    """
  private static let driver = """
    Nov 19 12:30:02 web-07 kernel: lowmemorykiller: Killing 'a' (4711), adj 529,   to free 512kB on behalf of 'b' (9) \
    because   cache 32kB is below limit 64kB for oom_score_adj 529   Free memory is 1kB above reserved

    """
  private static let escalation = """
    Nov 19 12:30:02 web-07 earlyoom[650]: low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%
    Nov 19 12:30:02 web-07 earlyoom[650]: sending SIGTERM to process 4711 uid 33 "a": badness 869, VmRSS 812 MiB
    Nov 19 12:30:12 web-07 earlyoom[650]: sending SIGKILL to process 4711 uid 33 "a": badness 869, VmRSS 812 MiB

    """

  private func history(_ log: String, _ words: [String]) throws -> Run {
    let machine = FixtureMachine.server.with {
      $0.files["var/log/syslog"] = .init(stringLiteral: log)
    }
    return try run(
      ["history", "--color", "never"] + words, on: machine.tree(), in: HistoryTests.environment)
  }

  @Test("have their reason, and the number of those who died and were considered")
  func oomd() throws {
    let kill = try history(Self.oomd, ["--json"]).json["kills"].elements[0]
    #expect(try kill["killer"] == "systemd-oomd")
    #expect(try kill["processes"] == 61)
    #expect(try kill["candidates"] == 21)
    #expect(try kill["reason"].string.hasPrefix("memory pressure for /system.slice being 57.97%"))
    let story = try history(Self.oomd, ["show"]).output
    #expect(story.contains("61 processes, one of 21 cgroups considered"))
  }

  @Test("by a driver have who asked for memory")
  func driver() throws {
    let kill = try history(Self.driver, ["--json"]).json["kills"].elements[0]
    #expect(try kill["killer"] == "lowmemorykiller")
    #expect(try kill["invoker"]["name"] == "b")
    #expect(try kill["invoker"]["pid"] == 9)
    #expect(try kill["victim"]["rss_bytes"] == 524_288)
    let story = try history(Self.driver, ["show"]).output
    #expect(story.contains("lowmemorykiller, a driver of the kernel, by its own rules"))
    #expect(story.contains("b[9]"))
  }

  @Test("of a process that got SIGTERM and then SIGKILL are one")
  func escalation() throws {
    let kills = try history(Self.escalation, ["--json"]).json["kills"].elements
    #expect(kills.count == 1)
    #expect(try kills[0]["signal"] == "SIGTERM")
    #expect(
      try kills[0]["reason"] == "low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%")
  }
}
