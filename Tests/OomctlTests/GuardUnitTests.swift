import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The guard's unit file")
struct GuardUnitTests {
  private func unit(_ program: String) -> Run {
    run(["generate", "unit"], in: Environment(program: { program }))
  }

  @Test("is what is stored")
  func text() throws {
    let unit = unit("/usr/local/bin/oomctl")
    #expect(unit.status == .done)
    #expect(unit.errors.isEmpty)
    #expect(try unit.output == expectedText("oomctl-guard.service", recording: unit.output))
  }

  @Test(
    "runs the program that printed it, however it is called",
    arguments: [
      ("/opt/bin/oomctl", "/opt/bin/oomctl"), ("/opt/my tools/oomctl", "\"/opt/my tools/oomctl\""),
      ("/opt/100%/oomctl", "\"/opt/100%%/oomctl\""), ("/opt/$HOME/x", "\"/opt/$$HOME/x\""),
      ("/opt/a\"b\\c/x", "\"/opt/a\\\"b\\\\c/x\""), ("/opt/it's/x", "\"/opt/it's/x\""),
    ])
  func program(path: String, word: String) {
    let lines = unit(path).lines.filter { $0.hasPrefix("ExecStart=") }
    #expect(lines == ["ExecStart=\(word) guard"])
  }

  @Test(
    "comes with a warning where it hides its own program",
    arguments: [
      ("/tmp/x/oomctl", "/tmp"), ("/var/tmp/oomctl", "/var/tmp"),
      ("/home/alice/bin/oomctl", "/home"),
      ("/root/oomctl", "/root"), ("/usr/local/bin/oomctl", nil), ("/opt/tmp/oomctl", nil),
    ])
  func hidden(path: String, folder: String?) {
    for words in [["unit"], ["unit", "metrics"]] {
      let result = run(["generate"] + words, in: Environment(program: { path }))
      let warning = folder.map {
        "oomctl: \(path): systemd can't start it there, as the unit hides \($0)\n"
          + "Install it first, as with 'make install', and call that one.\n"
      }
      #expect(result.errors == warning ?? "")
      #expect(result.status == .done && !result.output.isEmpty)
    }
    #expect(
      run(["generate", "timer", "metrics"], in: Environment(program: { path })).errors.isEmpty)
  }

  @Test("is the real program's own path", .enabled(if: Executable.path != nil))
  func ownPath() throws {
    let path = try #require(Executable.path)
    let result = try Executable.run(["generate", "unit"], name: "elsewhere/oom")
    #expect(result.output == unit(path).output)
  }

  @Test("takes no shell, and is meant where no service is named")
  func shell() {
    #expect(run(["generate", "unit", "bash"]).status == .usage)
    #expect(run(["generate", "unit", "guard"]).output == run(["generate", "unit"]).output)
  }

  @Test(
    "is one that systemd finds nothing wrong with",
    .enabled(if: Executable.tool("systemd-analyze") != nil, "systemd is installed"))
  func verification() throws {
    let tree = try FixtureTree()
    // The program must be there.
    try write(unit("/bin/true").bytes, to: "\(tree.path)/oomctl-guard.service")
    let result = try Executable.run(
      try #require(Executable.tool("systemd-analyze")),
      ["verify", "--man=no", "\(tree.path)/oomctl-guard.service"])
    let complaints = (result.output + result.errors).split(separator: "\n")
      .filter { $0.contains("oomctl-guard") }
    #expect(complaints.isEmpty)
  }
}
