import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("What unprotect takes back")
struct UnprotectTests {
  static let path: String = "etc/systemd/system/app.service.d/50-oomctl.conf"
  static let rules: String = "etc/oomctl/rules.conf"
  static let written: FixtureTree.Entry =
    "# Written by oomctl 1.0 (oomctl protect --persist).\n[Service]\nOOMScoreAdjust=-900\n"

  @Test(
    "is the value that was there before", arguments: [0, 300, -17, -899],
    [[], ["--never"], ["--persist"]])
  func value(old: Int, words: [String]) throws {
    let tree = try FixtureMachine.server(1200) { $0.adjustment = old }.tree()
    let before = try tree.changes(since: [:])
    #expect(run(["protect", "java"] + words, on: tree).status == .done)
    let unprotect = run(["unprotect", "java", "--json"], on: tree)
    let new = words == ["--never"] ? -1000 : -900
    #expect(try unprotect.actions.first == "java[1200] \(new) -> \(old) done")
    #expect(unprotect.status == .done)
    #expect(try tree.adjustment(of: 1200) == old)
    #expect(
      try tree.changes(since: [:]).filter { !$0.hasPrefix("etc/systemd") } == before)
  }

  @Test("is the value before all protections, also where there were several")
  func severalTimes() throws {
    let tree = try FixtureMachine.server(1200) { $0.adjustment = 300 }.tree()
    #expect(run(["protect", "java"], on: tree).status == .done)
    #expect(run(["protect", "java", "--never"], on: tree).status == .done)
    let unprotect = run(["unprotect", "java", "--json"], on: tree)
    #expect(try unprotect.actions == ["java[1200] -1000 -> 300 done"])
  }

  @Test("is the drop-in, and its folder if nothing else is in it", arguments: [true, false])
  func dropIn(hasOther: Bool) throws {
    let tree = try FixtureMachine.server.tree()
    let other = "etc/systemd/system/app.service.d/10-a.conf"
    if hasOther { try tree.add("[Service]\nNice=3\n", at: other) }
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    let unprotect = run(["unprotect", "java", "--json"], on: tree)
    #expect(try unprotect.actions == ["java[1200] -900 -> 0 done", "/\(Self.path) done"])
    #expect(!tree.has(Self.path))
    #expect(try (tree.contents()["etc/systemd/system/app.service.d"] != nil) == hasOther)
    #expect(tree.has(other) == hasOther)
  }

  @Test(
    "is the rule, and the file if nothing else is in it", arguments: ["", "# mine\njava = 5\n"])
  func rule(others: String) throws {
    let tree = try FixtureMachine.server(1200) { $0.cgroup = "0::/\n" }.tree()
    if !others.isEmpty { try tree.add(.file(Array(others.utf8)), at: Self.rules) }
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    let unprotect = run(["unprotect", "java", "--json"], on: tree)
    #expect(try unprotect.actions == ["java[1200] -900 -> 0 done", "/\(Self.rules) done"])
    #expect(try (tree.has(Self.rules) ? tree.file(Self.rules) : "") == others)
  }

  @Test(
    "is for a service that was started anew what its files say without oomctl",
    arguments: [nil, 250])
  func startedAnew(own: Int?) throws {
    let machine = FixtureMachine.server(1200) { $0.adjustment = -900 }.with {
      $0.files[Self.path] = Self.written
      if let own {
        $0.files["lib/systemd/system/app.service"] = "[Service]\nOOMScoreAdjust=\(own)\n"
      }
    }
    let tree = try machine.tree()
    let unprotect = run(["unprotect", "java", "--json"], on: tree)
    #expect(
      try unprotect.actions == ["java[1200] -900 -> \(own ?? 0) done", "/\(Self.path) done"])
  }

  @Test(
    "is also what belongs to nothing that runs",
    arguments: [["--unit", "backup"], ["backup"], ["backup.service"], ["--name", "backup"]])
  func stopped(words: [String]) throws {
    let path = "etc/systemd/system/backup.service.d/50-oomctl.conf"
    let tree = try FixtureMachine.server.with { $0.files[path] = Self.written }.tree()
    let unprotect = run(["unprotect", "--json"] + words, on: tree)
    #expect(try unprotect.actions == ["/\(path) done"])
    #expect(unprotect.status == .done)
    #expect(unprotect.errors.isEmpty)
    #expect(!tree.has(path))
  }

  @Test(
    "is also a rule for nothing that runs",
    arguments: [
      (["backup"], "name:backup"), (["--exe", "/opt/b"], "exe:/opt/b"),
      (["--unit", "b"], "unit:b.service"), (["--name", "x y"], "name:x y"),
    ])
  func stoppedRule(words: [String], selector: String) throws {
    let tree = try FixtureMachine.server.tree()
    try tree.add(
      "a = 1\n# oomctl protect: x\n\(selector) = -900\n# oomctl protect: y\nz = -900\n",
      at: Self.rules)
    let unprotect = run(["unprotect", "--json"] + words, on: tree)
    #expect(try unprotect.actions == ["/\(Self.rules) done"])
    #expect(try tree.file(Self.rules) == "a = 1\n# oomctl protect: y\nz = -900\n")
  }
}
