import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A process that ends meanwhile")
struct VanishingProcessTests {
  /// Files that are gone by the time they are read.
  @Test(
    "is left out",
    arguments: [
      [
        "stat", "status", "statm", "oom_score", "oom_score_adj", "oom_adj", "cgroup", "cmdline",
        "exe",
      ],
      ["stat", "status", "oom_score"],
    ])
  func isLeftOut(files: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    for file in files { tree.remove("proc/1200/\(file)") }
    for command in [["list"], ["rank"], ["rank", "--kernel", "3.10"], []] {
      let result = run(command + ["--json"], on: tree)
      #expect(result.errors.isEmpty, "\(command)")
      #expect(result.status == .done)
      #expect(try !result.numbers.contains(1200))
      #expect(try result.json["complete"] == true)
    }
  }

  @Test("after its score was read leaves its place to the next")
  func isReplaced() throws {
    let tree = try FixtureMachine.server.tree()
    for file in ["stat", "status"] { tree.remove("proc/1300/\(file)") }
    let rank = run(["rank", "-n", "2", "--json"], on: tree)
    #expect(try rank.numbers == [1200, 1501])
    #expect(try rank.processes.map { try $0["rank"] } == [1, 2])
  }

  @Test("is no such process when asked for", arguments: [["list"], ["rank"], ["explain"]])
  func isMissing(command: [String]) throws {
    let machine = FixtureMachine.server.with { $0.files["proc/77"] = .folder }
    let result = try run(command + ["77"], on: machine.tree())
    #expect(result.errors == "oomctl: 77: no such process\n")
    #expect(result.output.isEmpty)
    #expect(result.status == .failed)
  }
}
