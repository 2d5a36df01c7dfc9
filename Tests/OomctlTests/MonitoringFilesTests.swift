import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("For monitoring the program makes")
struct MonitoringFilesTests {
  private func page(_ words: [String]) -> Run {
    run(["generate"] + words, in: Environment(program: { "/usr/local/bin/oomctl" }))
  }

  @Test(
    "what is stored",
    arguments: [
      (["unit", "metrics"], "oomctl-metrics.service"), (["timer"], "oomctl-metrics.timer"),
      (["timer", "metrics"], "oomctl-metrics.timer"), (["alerts"], "oomctl.rules.yml"),
    ])
  func text(words: [String], file: String) throws {
    let page = page(words)
    #expect(page.status == .done && page.errors.isEmpty)
    #expect(try page.output == expectedText(file, recording: page.output))
  }

  @Test(
    "nothing from words that don't fit",
    arguments: [["timer", "guard"], ["timer", "zsh"], ["unit", "zsh"], ["alerts", "metrics"]])
  func wrong(words: [String]) {
    #expect(page(words).status == .usage)
  }

  @Test("rules that name only metrics that there are")
  func names() throws {
    let tree = try LowMemoryTests.machine.with {
      $0.files["proc/sys/vm/overcommit_memory"] = "2\n"
      $0.files["etc/oomctl/rules.conf"] = "name:web = 5\n"
    }.tree()
    let metrics = run(["metrics"], on: tree).output
    let letters = page(["alerts"]).output.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    let names = Set(
      letters.filter {
        $0.hasPrefix("oomctl_") && !["oomctl_committed", "oomctl_kills"].contains($0)
      })
    #expect(names.count > 8)
    for name in names { #expect(metrics.contains("# TYPE \(name) "), "\(name)") }
  }

  @Test(
    "units that systemd finds nothing wrong with",
    .enabled(if: Executable.tool("systemd-analyze") != nil, "systemd is installed"))
  func verification() throws {
    let tree = try FixtureTree()
    let unit = run(["generate", "unit", "metrics"], in: Environment(program: { "/bin/true" }))
    try write(unit.bytes, to: "\(tree.path)/oomctl-metrics.service")
    try write(page(["timer"]).bytes, to: "\(tree.path)/oomctl-metrics.timer")
    let result = try Executable.run(
      try #require(Executable.tool("systemd-analyze")),
      ["verify", "--man=no", "\(tree.path)/oomctl-metrics.timer"])
    let complaints = (result.output + result.errors).split(separator: "\n")
      .filter { $0.contains("oomctl-metrics") }
    #expect(complaints.isEmpty)
  }
}
