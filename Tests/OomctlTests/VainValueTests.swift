import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A value that selects nothing, beside one that does,")
struct VainValueTests {
  private static let machine = FixtureMachine.server.with {
    $0.processes.append(FixtureProcess(18416, "redis-server", resident: 900))
  }

  /// What is given beside the value that selects java; how the other one is named, and what comes near it.
  static let values: [(words: [String], named: String, advice: String?)] = [
    (["java", "nosuch"], "'nosuch'", nil), (["nosuch", "1200"], "'nosuch'", nil),
    (["java", "redis"], "'redis'", "redis-server[18416] is running."),
    (["--name", "java", "--name", "nosuch"], "'nosuch'", nil),
    (["java", "nosuch", "--name", "nosuch"], "'nosuch'", nil),
    (
      ["--unit", "app", "--unit", "ap"], "--unit ap.service", "app.service is running."
    ),
    (
      ["--exe", "/usr/bin/java", "--exe", "/opt/none"], "--exe /opt/none",
      "/opt/none: there is no such file."
    ),
    (["--user", "app", "--user", "nobody"], "--user nobody", nil),
    (["--cgroup", "/system.slice/app.service", "--cgroup", "/none"], "--cgroup /none", nil),
    (["--match", "shop", "--match", "no +such"], "--match 'no +such'", nil),
    (["--parent", "1", "--parent", "1200", "java"], "--parent 1200", nil),
    (["java", "--user", "app", "--user", "nobody"], "--user nobody", nil),
  ]

  private func tree() throws -> FixtureTree {
    let machine = Self.machine.with {
      $0.files["etc/passwd"] = """
        root:x:0:0:root:/root:/bin/bash
        nobody:x:500:500::/:/bin/false
        app:x:120:120::/srv/app:/usr/sbin/nologin

        """
    }
    return try machine.tree()
  }

  private func complaint(_ named: String, _ advice: String?) -> String {
    "oomctl: no process matches \(named)\n" + (advice.map { "\($0)\n" } ?? "")
  }

  @Test("is told, with what comes near it, and the rest is shown", arguments: values)
  func shown(words: [String], named: String, advice: String?) throws {
    for command in ["list", "rank", "explain"] {
      let result = try run([command, "--json"] + words, on: tree())
      #expect(result.errors == complaint(named, advice), "\(command)")
      #expect(result.output.contains("java"))
      #expect(result.status == .failed)
    }
  }

  @Test("is a row that has failed, and the rest is done", arguments: values)
  func changed(words: [String], named: String, advice: String?) throws {
    for command in [["adjust", "-n", "-900"], ["protect"]] {
      let tree = try tree()
      let result = run(command + ["--json"] + words, on: tree)
      #expect(result.errors == complaint(named, advice))
      #expect(try tree.adjustment(of: 1200) == "-900")
      let changes = try result.json["changes"].elements
      #expect(changes.count == 2)
      let row = try #require(changes.last)
      #expect(try row["result"] == "failed")
      #expect(try row["error"] == .text("no process matches \(named)"))
      #expect(
        try row["target"]
          == .text(named.hasPrefix("'") ? String(named.dropFirst().dropLast()) : named))
      #expect(try row["file"] == .null && row["old"] == .null)
      #expect(result.status == .failed)
    }
  }

  @Test("is a row of the table, too")
  func text() throws {
    let adjust = try run(["adjust", "-n", "5", "java", "nosuch", "9999"], on: tree())
    #expect(
      adjust.output == """
        TARGET      FILE           OLD  NEW  RESULT
        java[1200]  oom_score_adj    0    5  done
        9999        -                -    -  failed
        nosuch      -                -    -  failed

        """)
    #expect(
      adjust.errors == """
        oomctl: 9999: no such process
        oomctl: no process matches 'nosuch'

        """)
  }

  @Test("is no mistake where the kinds only exclude each other")
  func conjunction() throws {
    let list = try run(["list", "java", "bash", "--user", "app", "--json"], on: tree())
    #expect(try list.numbers == [1200] && list.errors.isEmpty && list.status == .done)
  }

  @Test("is no mistake of unprotect where it names what was kept protected")
  func unprotect() throws {
    let tree = try tree()
    #expect(run(["protect", "java", "redis-server", "--persist"], on: tree).status == .done)
    tree.remove("proc/18416")
    let result = run(["unprotect", "java", "redis-server"], on: tree)
    #expect(result.errors.isEmpty && result.status == .done)
    #expect(!tree.has("etc/oomctl/rules.conf"))
    let vain = run(["unprotect", "java", "nosuch"], on: tree)
    #expect(vain.errors.contains("no process matches 'nosuch'"))
    #expect(vain.status == .failed)
  }

  @Test(
    "is no mistake of protect where it is a unit that is to be protected from its next start on")
  func stopped() throws {
    let tree = try tree()
    try tree.add("[Service]\nExecStart=/bin/idle\n", at: "lib/systemd/system/idle.service")
    let words = ["protect", "--persist", "--json", "--unit", "idle"]
    let both = run(words + ["--unit", "app"], on: tree)
    #expect(both.errors.isEmpty && both.status == .done)
    let vain = run(words + ["--unit", "nosuch"], on: tree)
    #expect(vain.errors == "oomctl: no process matches --unit nosuch.service\n")
    #expect(vain.status == .failed)
    #expect(tree.has("etc/systemd/system/idle.service.d/50-oomctl.conf"))
  }

  @Test(
    "is refused where it selects only what nobody should change",
    arguments: ["kswapd0", "systemd"])
  func untouchable(name: String) throws {
    let adjust = try run(["adjust", "-n", "5", "java", name, "--json"], on: tree())
    let results = try adjust.json["changes"].elements.map { try $0["result"].string }
    #expect(results.sorted() == ["done", "refused"])
    #expect(adjust.status == .refused)
  }

  @Test("is refused where it selects only sessions of sshd")
  func sessions() throws {
    let machine = FixtureMachine.server.with {
      $0[400].words = ["sshd: alice [priv]"]
      $0[400].adjustment = 0
    }
    let tree = try machine.tree()
    let protect = run(["protect", "java", "sshd"], on: tree)
    #expect(protect.errors.hasPrefix("oomctl: no sshd that listens was found"))
    #expect(protect.status == .failed)
    #expect(try tree.adjustment(of: 1200) == "-900" && tree.adjustment(of: 400) == "0")
  }
}
