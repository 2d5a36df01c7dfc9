import TestSupport
import Testing

@testable import oomctl

@Suite("A protection that lasts")
struct PersistenceTests {
  private static let rules = "etc/oomctl/rules.conf"

  private func machine(cgroup: String) -> FixtureMachine {
    .server(1200) { $0.cgroup = "0::\(cgroup)\n" }
  }

  @Test(
    "is a drop-in for a service",
    arguments: [
      ("/system.slice/app.service", "app.service", "app.service"),
      ("/system.slice/app.service/worker", "app.service", "app.service"),
      (
        "/system.slice/system-postgresql.slice/postgresql@15-main.service",
        "postgresql@15-main.service", "postgresql@15-main.service"
      ),
      ("/system.slice/a\\x2db.service", "a\\x2db.service", "'a\\x2db.service'"),
      ("/system.slice/_cpu.service", "cpu.service", "cpu.service"),
      ("/a.slice/a-b.slice/x:1.service", "x:1.service", "x:1.service"),
    ])
  func dropIn(cgroup: String, unit: String, quoted: String) throws {
    let tree = try machine(cgroup: cgroup).tree()
    let protect = run(["protect", "java", "--persist", "--json"], on: tree)
    let path = "etc/systemd/system/\(unit).d/50-oomctl.conf"
    #expect(try protect.deeds == ["java[1200] 0 -> -900 done", "/\(path) done"])
    #expect(protect.status == .done)
    #expect(
      try tree.file(path) == """
        # Written by oomctl \(Version.current) (oomctl protect --persist).
        # To remove it: oomctl unprotect --unit \(quoted)
        # or delete this file and run: systemctl daemon-reload
        [Service]
        OOMScoreAdjust=-900

        """)
    #expect(try protect.json["changes"].elements[1]["target"] == .text(unit))
  }

  @Test(
    "is a rule for what is no service of the system's",
    arguments: [
      // A user's own manager may not lower adjustments.
      (
        "/user.slice/user-1000.slice/user@1000.service/app.slice/app.service", "/usr/bin/cached",
        "exe:/usr/bin/cached"
      ),
      ("/user.slice/user-1000.slice/session-2.scope", "/usr/bin/cached", "exe:/usr/bin/cached"),
      // A transient unit never starts again.
      ("/system.slice/run-u12.service", "/usr/bin/cached", "exe:/usr/bin/cached"),
      // A login's program isn't the server's.
      ("/system.slice/ssh.service", "/usr/bin/cached", "exe:/usr/bin/cached"),
      ("/", "/usr/bin/cached", "exe:/usr/bin/cached"),
      ("/docker/4f3a", "/usr/bin/cached (deleted)", "exe:/usr/bin/cached"),
      ("/", nil, "name:cached"),
      // An interpreter runs other programs too.
      ("/", "/usr/bin/python3.11", "match:^/usr/bin/cached -p 1\\.5$"),
      ("/", "/bin/bash", "match:^/usr/bin/cached -p 1\\.5$"),
      ("/system.slice/a b.service", "/usr/bin/cached", "exe:/usr/bin/cached"),
    ] as [(String, String?, String)])
  func rule(cgroup: String, program: String?, selector: String) throws {
    var machine = machine(cgroup: cgroup)
    machine[1200].name = Array("cached".utf8)
    machine[1200].words = ["/usr/bin/cached", "-p", "1.5"]
    machine[1200].program = program
    let tree = try machine.tree()
    let protect = run(["protect", "1200", "--persist", "--json"], on: tree)
    #expect(try protect.deeds == ["cached[1200] 0 -> -900 done", "/\(Self.rules) done"])
    #expect(
      try tree.file(Self.rules)
        == "# oomctl protect: unprotect removes this\n\(selector) = -900\n")
    #expect(try protect.hints.contains { $0.hasPrefix("A rule needs the guard:") })
    #expect(run(["guard", "--check-rules"], on: tree).status == .done)
    #expect(run(["unprotect", "1200"], on: tree).status == .done)
    #expect(!tree.has(Self.rules))
  }

  @Test("is no drop-in of a unit in which it only runs, as cron's jobs do")
  func guest() throws {
    let tree = try FixtureMachine.server.with { machine in
      machine.processes.append(
        FixtureProcess(70, "cron", resident: 300).with {
          $0.cgroup = "0::/system.slice/cron.service\n"
        })
      machine.processes.append(
        FixtureProcess(71, "backup", resident: 900).with {
          $0.parent = 70
          $0.cgroup = "0::/system.slice/cron.service\n"
        })
    }.tree()
    let protect = run(["protect", "backup", "--persist", "--json"], on: tree)
    #expect(try protect.deeds == ["backup[71] 0 -> -900 done", "/\(Self.rules) done"])
  }

  @Test("is refused where others look the same, unless they may come along")
  func lookalikes() throws {
    let twins = [80, 81].map { id in
      FixtureProcess(id, "twin", resident: 300).with { $0.cgroup = "0::/\n" }
    }
    let tree = try FixtureMachine.server.with { $0.processes += twins }.tree()
    let before = try tree.contents()
    let protect = run(["protect", "80", "--persist"], on: tree)
    #expect(protect.errors.hasPrefix("oomctl: twin[80]: no rule means it alone; others have its"))
    #expect(protect.status == .refused)
    #expect(try tree.changes(since: before).isEmpty)
    #expect(run(["protect", "80", "--persist", "--force"], on: tree).status == .done)
    #expect(try tree.file(Self.rules).hasSuffix("\nexe:/usr/bin/twin = -900\n"))
  }

  @Test("is one file for each unit, and one for all rules")
  func several() throws {
    let tree = try FixtureMachine.server.tree()
    let protect = run(["protect", "1200", "1300", "1400", "1500", "--persist", "--json"], on: tree)
    #expect(
      try protect.deeds.suffix(3) == [
        "/etc/systemd/system/app.service.d/50-oomctl.conf done",
        "/etc/systemd/system/td-agent.service.d/50-oomctl.conf done", "/\(Self.rules) done",
      ])
    let lines = try tree.file(Self.rules).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines == ["match:^-bash$ = -900", "match:^/usr/bin/firefox$ = -900"])
  }

  @Test(
    "is there only once, however often it's asked for", arguments: ["/", "/system.slice/a.service"])
  func again(cgroup: String) throws {
    let tree = try machine(cgroup: cgroup).tree()
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    let before = try tree.contents()
    let second = run(["protect", "java", "--persist", "--json"], on: tree)
    #expect(try second.deeds.allSatisfy { $0.hasSuffix(" unchanged") })
    #expect(second.status == .done)
    #expect(try tree.changes(since: before).isEmpty)
    let third = run(["protect", "java", "--never", "--persist", "--json"], on: tree)
    #expect(try third.deeds.allSatisfy { $0.hasSuffix(" done") })
    #expect(try tree.changes(since: before).count == 2)
  }

  @Test("touches nothing but what it names", arguments: ["/", "/system.slice/app.service"])
  func nothingElse(cgroup: String) throws {
    var machine = machine(cgroup: cgroup)
    machine.files["usr/lib/systemd/system/app.service"] = "[Service]\nExecStart=/usr/bin/java\n"
    machine.files["etc/systemd/system/app.service.d/10-a.conf"] = "[Service]\nNice=3\n"
    let tree = try machine.tree()
    let before = try tree.contents()
    let protect = run(["protect", "java", "--persist", "--json"], on: tree)
    let files = try tree.changes(since: before).filter {
      try !tree.contents()[$0, default: []].isEmpty
    }
    let named = try protect.json["changes"].elements.map { change in
      let file = try change["file"].string
      return file.hasPrefix(tree.path)
        ? String(file.dropFirst(tree.path.count + 1)) : String(file.dropFirst())
    }
    #expect(files == named.sorted())
  }
}
