import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("What unprotect leaves alone")
struct VainUnprotectTests {
  @Test(
    "is nothing of what others wrote",
    arguments: [
      (UnprotectTests.path, "[Service]\nOOMScoreAdjust=-900\n"),
      ("etc/systemd/system/app.service.d/10.conf", UnprotectTests.written),
      ("usr/lib/systemd/system/app.service.d/50-oomctl.conf", UnprotectTests.written),
      (UnprotectTests.rules, "java = -900\nname:java = -900\nunit:app.service = -900\n"),
    ] as [(String, FixtureTree.Entry)])
  func others(path: String, entry: FixtureTree.Entry) throws {
    let tree = try FixtureMachine.server(1200) { $0.adjustment = -900 }
      .with { $0.files[path] = entry }.tree()
    let before = try tree.contents()
    for words in [["java"], ["--unit", "app"]] {
      let unprotect = run(["unprotect"] + words, on: tree)
      #expect(
        unprotect.errors == """
          oomctl: nothing here was protected by oomctl
          'oomctl adjust -n 0' sets an ordinary adjustment, whoever set another.

          """)
      #expect(unprotect.status == .failed)
      #expect(try tree.contents() == before)
    }
  }

  @Test("is no value that another has set since")
  func setByAnother() throws {
    let tree = try FixtureMachine.server.tree()
    #expect(run(["protect", "java"], on: tree).status == .done)
    try tree.add("-500\n", at: "proc/1200/oom_score_adj")
    #expect(run(["unprotect", "java"], on: tree).status == .failed)
    #expect(try tree.adjustment(of: 1200) == -500)
  }

  @Test("is such a value also where a drop-in is taken back", arguments: [500, -500, -950])
  func setByAnotherBesideDropIn(value: Int) throws {
    let tree = try FixtureMachine.server.tree()
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    try tree.add("\(value)\n", at: "proc/1200/oom_score_adj")
    let unprotect = run(["unprotect", "java", "--json"], on: tree)
    #expect(try unprotect.actions == ["/\(UnprotectTests.path) done"])
    #expect(try tree.adjustment(of: 1200) == value)
  }

  @Test("is no process that bears the number since")
  func otherProcess() throws {
    let machine = FixtureMachine.server
    let tree = try machine.tree()
    #expect(run(["protect", "java"], on: tree).status == .done)
    let other = machine[1200].with {
      $0.startTicks = 101
      $0.adjustment = -900
    }
    for (name, entry) in other.files(on: machine) { try tree.add(entry, at: "proc/1200/\(name)") }
    #expect(run(["unprotect", "java"], on: tree).status == .failed)
    #expect(try tree.adjustment(of: 1200) == -900)
  }

  @Test(
    "is told of one of several, and the rest is done",
    arguments: [
      (["java", "fluentd"], "fluentd", "'fluentd'"), (["1200", "1300"], "1300", "1300"),
      (["--name", "java", "--name", "fluentd"], "fluentd", "'fluentd'"),
    ])
  func oneOfSeveral(words: [String], target: String, named: String) throws {
    let tree = try FixtureMachine.server.with { $0[1300].adjustment = 0 }.tree()
    #expect(run(["protect", "java"], on: tree).status == .done)
    let result = run(["unprotect", "--json"] + words, on: tree)
    let rows = try result.json["changes"].elements
    #expect(try rows.map { try $0["result"].string } == ["done", "failed"])
    #expect(try rows[1]["target"] == .text(target))
    #expect(
      try rows[1]["error"] == .text("\(named): nothing here was protected by oomctl"))
    #expect(result.status == .failed)
    #expect(try tree.adjustment(of: 1200) == 0)
  }

  @Test("is once taken back done with")
  func twice() throws {
    let tree = try FixtureMachine.server.tree()
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    #expect(run(["unprotect", "java"], on: tree).status == .done)
    #expect(run(["unprotect", "java"], on: tree).status == .failed)
  }

  @Test("is of all that a name means nothing, where those are several")
  func ambiguous() throws {
    let tree = try FixtureMachine.server(1400) {
      $0.name = Array("java".utf8)
    }.tree()
    #expect(run(["unprotect", "java"], on: tree).status == .refused)
  }
}
