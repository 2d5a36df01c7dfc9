import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A kill of which only traces are left")
struct LostKillTests {
  private static func log(_ lines: [String]) -> String {
    lines.enumerated().map { "Nov 12 12:30:0\($0) web \($1)\n" }.joined()
  }

  private func history(_ words: [String], of lines: [String]) throws -> Run {
    let tree = try FixtureTree(["log": .init(stringLiteral: Self.log(lines))])
    return run(
      ["history", "--color", "never"] + words + [tree.path + "/log"], in: HistoryTests.environment)
  }

  private static let lost =
    "systemd[1]: a.service: A process of this unit has been killed by the OOM killer."
  private static let failed = "systemd[1]: a.service: Failed with result 'oom-kill'."

  @Test(
    "fails the check, and is told",
    arguments: [
      (
        "kernel: oom_reaper: reaped process 268 (polkitd), now anon-rss:0kB, file-rss:0kB, "
          + "shmem-rss:0kB", "Reaped, but their kill lines are lost: polkitd[268]."
      ),
      (lost, "systemd tells of killed processes, but their kill lines are lost: a.service."),
      (failed, "systemd tells of killed processes, but their kill lines are lost: a.service."),
      (
        "kernel: Tasks in /13 are going to be killed due to memory.oom.group set",
        "Without a kill: once the log doesn't tell how a shortage ended."
      ),
      (
        "kernel: Task in /13 killed as a result of limit of /13",
        "Without a kill: once the log doesn't tell how a shortage ended."
      ),
      (
        "kernel: [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name",
        "Without a kill: once the log doesn't tell how a shortage ended."
      ),
    ])
  func traces(line: String, remark: String) throws {
    let run = try history(["--check"], of: [line])
    #expect(run.status == .failed)
    let words = run.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains(remark), "\(words)")
  }

  @Test("of a unit is none beside its kill line, nor where something else is asked for")
  func explained() throws {
    let kill =
      "kernel: Out of memory: Killed process 7 (hog) total-vm:4kB, anon-rss:4kB, file-rss:0kB"
    let json = try history(["--json", "-n", "9"], of: [kill, Self.lost, Self.failed]).json
    #expect(try json["units_without_kill"].elements.isEmpty)
    let alone = try history(["--json", "-n", "9"], of: [Self.lost, Self.failed]).json
    #expect(try alone["units_without_kill"].elements.map { try $0.string } == ["a.service"])
    #expect(try history(["--check", "--name", "x"], of: [Self.lost]).status == .done)
  }

  @Test("with an adjustment of old kernels isn't said to have one of new ones")
  func legacyAdjustment() throws {
    let lines = [
      "kernel: sshd invoked oom-killer: gfp_mask=0xd0, order=0, oomkilladj=-17",
      "kernel: Out of memory: kill process 7 (hog) score 4718 or a child",
      "kernel: Killed process 7 (hog)",
    ]
    let story = try history(["show", "1"], of: lines).output
    #expect(story.contains("oom_adj -17"))
    let json = try history(["show", "1", "--json"], of: lines).json["kills"].elements[0]
    #expect(try json["invoker"]["oom_adj"].integer == -17)
    #expect(try json["invoker"]["oom_score_adj"] == .null)
  }

  @Test("by SysRq is said to have been asked for, also where old kernels say so in a line before")
  func sysRq() throws {
    let story = try history(
      ["show", "1"],
      of: [
        "kernel: SysRq : Manual OOM execution",
        "kernel: kworker/0:1 invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0",
        "kernel: Out of memory: Kill process 7 (hog) score 900 or sacrifice child",
        "kernel: Killed process 7 (hog) total-vm:4kB, anon-rss:4kB, file-rss:0kB",
      ]
    ).output
    #expect(story.contains("SysRq-f"))
  }

  @Test("of two that asked for memory one after the other both are told")
  func twice() throws {
    let run = try history(
      ["--json", "-n", "9"],
      of: [
        "kernel: df invoked oom-killer: gfp_mask=0xd0, order=0, oomkilladj=0",
        "kernel: df invoked oom-killer: gfp_mask=0x40d0, order=1, oomkilladj=0",
      ])
    let incidents = try run.json["incidents"].elements
    #expect(try incidents.map { try $0["invoker"]["order"].integer } == [0, 1])
  }
}
