import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A drill is refused")
struct DrillRefusalTests {
  @Test("on a captured tree")
  func captured() throws {
    let tree = try FixtureMachine.server.tree()
    for words in [["drill"], ["drill", "--dry-run"], ["drill", "--sysrq", "--yes", "java"]] {
      let result = run(words, on: tree)
      #expect(
        result.errors == """
          oomctl: a captured tree is no live machine: nobody can be killed there
          Whom its kernel would choose, oomctl predict says.

          """)
      #expect(result.status == .failed && result.output.isEmpty)
    }
  }

  @Test(
    "with words that contradict each other",
    arguments: [
      (["--adjust", "1,2", "--members", "1"], "2 adjustments for 1 processes"),
      (
        ["--members", "3", "--limit", "8M"],
        "--limit 8192K is too small for 3 processes: give 4M for each"
      ),
      (["--limit", "9223372036854775807", "--force"], "--limit may be 8192T at most"),
      (["--adjust", "-1000,-1000,-1000"], "with -1000 for all, nobody could be killed"),
      (["--yes", "java"], "--yes answers --sysrq's question only"),
      (
        ["--sysrq", "--members", "2"],
        "--members, --limit and --adjust have no meaning with --sysrq"
      ),
      (
        ["--members", "17"],
        "invalid value '17' for '--members': expected a whole number from 1 to 16"
      ),
    ])
  func usage(words: [String], message: String) {
    let result = run(["drill"] + words)
    #expect(result.errors == "oomctl: \(message)\nTry 'oomctl drill --help'.\n")
    #expect(result.status == .usage && result.output.isEmpty)
  }

  @Test(
    "where it would take too much of the machine",
    .enabled(if: RealCgroup.isPossible, "needs root and memory cgroups"))
  func tooMuch() {
    let result = run(["drill", "--limit", "4096T", "--dry-run"])
    #expect(result.errors.hasPrefix("oomctl: the drill takes 4.0 PiB, and the machine has only "))
    #expect(result.errors.hasSuffix("at most a quarter of that. --force does it nevertheless.\n"))
    #expect(result.status == .refused && result.output.isEmpty)
    #expect(run(["drill", "--limit", "4096T", "--dry-run", "--force"]).status == .done)
  }

  @Test(
    "to who may make no memory cgroup",
    .enabled(if: Executable.canRunAsNobody && RealCgroup.isPossible, "needs root and setpriv"))
  func nobody() throws {
    for words in [["drill"], ["drill", "--dry-run"]] {
      let result = try Executable.runAsNobody(words)
      #expect(result.errors.hasPrefix("oomctl: /sys/fs/cgroup"))
      #expect(result.errors.split(separator: "\n").count == 2)
      #expect(result.status == 1 && result.output.isEmpty)
    }
  }

  @Test(
    "on the whole system where there is no SysRq, but shows who would die",
    .enabled(if: unsafe access("/proc/sysrq-trigger", F_OK) != 0, "this kernel has SysRq"))
  func sysRq() {
    let forbidden = run(["drill", "--sysrq", "--yes", "nobody"])
    #expect(
      forbidden.errors == """
        oomctl: /proc/sysrq-trigger: no SysRq: the kernel was built without, or a container hides it
        oomctl drill without --sysrq needs none.

        """)
    #expect(forbidden.status == .failed && forbidden.output.isEmpty)
    let shown = run(["drill", "--sysrq", "--dry-run"])
    #expect(shown.lines.first?.hasPrefix("SysRq-f on the whole system") == true)
    #expect(shown.lines.last == "Nothing was done.")
    #expect(shown.errors.contains(forbidden.errors) && shown.status == .failed)
  }
}
