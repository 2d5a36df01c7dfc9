import ProgramSupport
import TestSupport
import Testing

@testable import Core
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
    #expect(try protect.actions == ["java[1200] 0 -> -900 done", "/\(path) done"])
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
    "is a rule for what is no service of the system's: its user, its unit where it has one, its program",
    arguments: [
      // A user's own manager may not lower adjustments.
      (
        "/user.slice/user-1000.slice/user@1000.service/app.slice/app.service", "/usr/bin/cached",
        "unit:app.service user:app exe:/usr/bin/cached"
      ),
      // A login's scope is called otherwise the next time.
      (
        "/user.slice/user-1000.slice/session-2.scope", "/usr/bin/cached",
        "user:app exe:/usr/bin/cached"
      ),
      // A transient unit never starts again.
      ("/system.slice/run-u12.service", "/usr/bin/cached", "user:app exe:/usr/bin/cached"),
      // A login's program isn't the server's.
      ("/system.slice/ssh.service", "/usr/bin/cached", "user:app exe:/usr/bin/cached"),
      ("/", "/usr/bin/cached", "user:app exe:/usr/bin/cached"),
      ("/", "/usr/bin/cached (deleted)", "user:app exe:/usr/bin/cached"),
      ("/batch/nightly", "/usr/bin/cached", "cgroup:/batch/nightly user:app exe:/usr/bin/cached"),
      ("/", nil, "user:app name:cached"),
      // An interpreter runs other programs too; its options don't matter.
      (
        "/", "/usr/bin/python3.11",
        "user:app exe:/usr/bin/python3.11 match:(^| )1\\.5( |$)"
      ),
      (
        "/user.slice/user-1000.slice/user@1000.service/app.slice/app.service", "/bin/bash",
        "unit:app.service user:app"
      ),
      (
        "/system.slice/a b.service", "/usr/bin/cached",
        "unit:a b.service user:app exe:/usr/bin/cached"
      ),
    ] as [(String, String?, String)])
  func rule(cgroup: String, program: String?, selectors: String) throws {
    var machine = machine(cgroup: cgroup)
    machine[1200].name = Array("cached".utf8)
    machine[1200].words = ["/usr/bin/cached", "-p", "1.5"]
    machine[1200].program = program
    let tree = try machine.tree()
    let protect = run(["protect", "1200", "--persist", "--json"], on: tree)
    #expect(try protect.actions == ["cached[1200] 0 -> -900 done", "/\(Self.rules) done"])
    #expect(
      try tree.file(Self.rules)
        == "# oomctl protect: unprotect removes this\n\(selectors) = -900\n")
    #expect(try protect.hints.contains { $0.hasPrefix("A rule needs the guard:") })
    #expect(run(["guard", "--check-rules"], on: tree).status == .done)
    #expect(run(["unprotect", "1200"], on: tree).status == .done)
    #expect(!tree.has(Self.rules))
  }

  @Test(
    "is refused where the next start would look otherwise, or others could look so",
    arguments: [
      ("/docker/4f3a", "/usr/bin/cached", ["/usr/bin/cached"], "runs in a container"),
      (
        "/system.slice/docker-\(String(repeating: "4f", count: 32)).scope", "/usr/bin/cached",
        ["/usr/bin/cached"], "runs in a container"
      ),
      ("/", "/bin/bash", ["-bash"], "its program is an interpreter"),
      ("/", "/usr/bin/python3.11", ["python3", "-c", "run()"], "its program is an interpreter"),
    ])
  func refusal(cgroup: String, program: String, words: [String], reason: String) throws {
    var machine = machine(cgroup: cgroup)
    machine[1200].program = program
    machine[1200].words = words
    let tree = try machine.tree()
    let protect = run(["protect", "1200", "--persist", "--json"], on: tree)
    #expect(protect.errors.hasPrefix("oomctl: java[1200]: \(reason)"))
    #expect(protect.status == .refused)
    // It is protected for now all the same.
    #expect(try protect.actions == ["java[1200] 0 -> -900 done", "/\(Self.rules) refused"])
    #expect(!tree.has(Self.rules))
  }

  @Test(
    "that is lower already stays so, as the process does",
    arguments: [
      ("/system.slice/app.service", "etc/systemd/system/app.service.d/50-oomctl.conf"),
      ("/", "etc/oomctl/rules.conf"),
    ])
  func lower(cgroup: String, file: String) throws {
    let tree = try machine(cgroup: cgroup).tree()
    let words = ["protect", "java", "--persist", "--json"]
    #expect(run(words + ["--never"], on: tree).status == .done)
    let lowest = try tree.file(file)
    let again = run(words, on: tree)
    #expect(try again.actions == ["java[1200] -1000 -> -1000 unchanged", "/\(file) unchanged"])
    #expect(again.status == .done)
    #expect(try tree.file(file) == lowest)
    // The other way it becomes lower.
    #expect(run(["unprotect", "java"], on: tree).status == .done)
    #expect(run(words, on: tree).status == .done)
    #expect(try run(words + ["--never"], on: tree).actions.last == "/\(file) done")
    #expect(try tree.file(file) == lowest)
  }

  @Test(
    "isn't raised above what a rule of the administrator's gives it",
    arguments: [
      ("name:java user:app = -1000", true), ("user:app = -950", true), ("user:app = -900", false),
      ("name:java = -1000\nuser:app = 0", false), ("name:other = -1000", false),
    ])
  func administrators(rules: String, isKept: Bool) throws {
    let tree = try machine(cgroup: "/").with {
      $0.files[Self.rules] = .file(Array("\(rules)\n".utf8))
    }.tree()
    let protect = run(["protect", "java", "--persist", "--json"], on: tree)
    #expect(try protect.actions.last == "/\(Self.rules) \(isKept ? "unchanged" : "done")")
    #expect(protect.status == .done)
    #expect(try (tree.file(Self.rules) == "\(rules)\n") == isKept)
  }

  @Test("is had for those that can have it, beside one that is refused")
  func besideRefused() throws {
    let tree = try FixtureMachine.server.tree()
    let protect = run(["protect", "sshd", "java", "--persist", "--json"], on: tree)
    #expect(
      try protect.actions.sorted() == [
        "/etc/systemd/system/app.service.d/50-oomctl.conf done",
        "/etc/systemd/system/ssh.service.d/50-oomctl.conf refused",
        "java[1200] 0 -> -900 done", "sshd[400] -1000 -> -1000 unchanged",
      ])
    #expect(protect.errors.hasPrefix("oomctl: sshd[400]: OOMScoreAdjust= in sshd's unit"))
    #expect(protect.status == .refused)
  }

  @Test("is no drop-in for an umbrella of other units, which is told by its name")
  func umbrella() throws {
    let machine = FixtureMachine.server.with {
      $0[900].cgroup =
        "0::/system.slice/system-postgresql.slice/postgresql@15-main.service\n"
      $0.files["lib/systemd/system/postgresql.service"] = """
        [Service]
        Type=oneshot
        ExecStart=/bin/true
        RemainAfterExit=on

        """
      $0.files["run/systemd/generator/postgresql.service.wants/postgresql@15-main.service"] =
        .link("/lib/systemd/system/postgresql@.service")
    }
    let tree = try machine.tree()
    let before = try tree.contents()
    let lasting = run(["protect", "--unit", "postgresql", "--persist"], on: tree)
    #expect(
      lasting.errors == """
        oomctl: postgresql.service: starts no process of its own: a drop-in for it can never help
        It stands for postgresql@15-main.service: protect that.

        """)
    #expect(lasting.status == .refused)
    #expect(try tree.changes(since: before).isEmpty)
    let json = run(["protect", "--unit", "postgresql", "--persist", "--json"], on: tree)
    #expect(
      try json.actions == ["/etc/systemd/system/postgresql.service.d/50-oomctl.conf refused"])
    let now = run(["protect", "--unit", "postgresql"], on: tree)
    #expect(now.errors.contains("postgresql.service starts postgresql@15-main.service."))
    #expect(now.status == .failed)
  }

  @Test("of a user's manager is a drop-in as of other services")
  func userManager() throws {
    let machine = FixtureMachine.server.with {
      $0.processes.append(
        FixtureProcess(1450, "systemd", resident: 900).with {
          $0.user = 1000
          $0.cgroup = "0::/user.slice/user-1000.slice/user@1000.service/init.scope\n"
        })
    }
    let tree = try machine.tree()
    let protect = run(["protect", "--unit", "user@1000", "--persist", "--json"], on: tree)
    #expect(
      try protect.actions.contains("/etc/systemd/system/user@1000.service.d/50-oomctl.conf done"))
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
    #expect(try protect.actions == ["backup[71] 0 -> -900 done", "/\(Self.rules) done"])
  }

  @Test("doesn't depend on what else happens to run")
  func lookalikes() throws {
    let twins = [80, 81].map { id in
      FixtureProcess(id, "twin", resident: 300).with { $0.cgroup = "0::/\n" }
    }
    let tree = try FixtureMachine.server.with { $0.processes += twins }.tree()
    #expect(run(["protect", "80", "--persist"], on: tree).status == .done)
    #expect(try tree.file(Self.rules).hasSuffix("\nuser:root exe:/usr/bin/twin = -900\n"))
  }

  @Test("is one file for each unit, and one for all rules")
  func several() throws {
    let tree = try FixtureMachine.server.tree()
    let protect = run(["protect", "1200", "1300", "1500", "1501", "--persist", "--json"], on: tree)
    #expect(
      try protect.actions.suffix(3) == [
        "/etc/systemd/system/app.service.d/50-oomctl.conf done",
        "/etc/systemd/system/td-agent.service.d/50-oomctl.conf done", "/\(Self.rules) done",
      ])
    let lines = try tree.file(Self.rules).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      lines == ["unit:firefox.service user:alice exe:/usr/lib/firefox/firefox-bin = -900"])
  }

  @Test(
    "is there only once, however often it's asked for", arguments: ["/", "/system.slice/a.service"])
  func again(cgroup: String) throws {
    let tree = try machine(cgroup: cgroup).tree()
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    let before = try tree.contents()
    let second = run(["protect", "java", "--persist", "--json"], on: tree)
    #expect(try second.actions.allSatisfy { $0.hasSuffix(" unchanged") })
    #expect(second.status == .done)
    #expect(try tree.changes(since: before).isEmpty)
    let third = run(["protect", "java", "--never", "--persist", "--json"], on: tree)
    #expect(try third.actions.allSatisfy { $0.hasSuffix(" done") })
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
