import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A finding about processes")
struct ProcessFindingTests {
  private func machine(_ id: Int, _ change: (inout FixtureProcess) -> Void) -> FixtureMachine {
    FixtureMachine.healthy.with { machine in
      var process = machine[id]
      change(&process)
      machine[id] = process
    }
  }

  @Test(
    "says when the way in isn't protected",
    arguments: [
      (-1000, []), (-900, []), (-899, ["sshd_unprotected warning"]),
      (0, ["sshd_unprotected warning"]), (500, ["sshd_unprotected warning"]),
    ])
  func shell(adjustment: Int, expected: [String]) throws {
    #expect(try ailments(machine(400) { $0.adjustment = adjustment }) == expected)
  }

  @Test("names the listener and its value")
  func words() throws {
    let found = try ailment(machine(400) { $0.adjustment = 0 })
    #expect(
      found.text
        == "sshd[400], which waits for logins, has oom_score_adj 0: the kernel may kill it, and with "
        + "it the way in")
    #expect(found.source == "ROOT/proc/400/oom_score_adj")
    #expect(found.remedy == "oomctl protect sshd")
  }

  @Test("says when logins have inherited from sshd, once, with what to raise")
  func sessions() throws {
    let machine = FixtureMachine.healthy.with {
      $0.processes += [
        .shell(410, "sshd: alice [priv]", adjustment: -1000),
        .shell(411, "sshd: alice@pts/0", parent: 410, adjustment: -1000),
      ]
      $0[1400].parent = 411
      $0[1400].adjustment = -1000
      // What has more would be lowered by it, which by a tree isn't done to a user's.
      for id in [1500, 1501] { $0[id].adjustment = 0 }
    }
    let found = try ailment(machine)
    #expect(
      found.text
        == "sshd[410] of a login session has oom_score_adj -1000, and whatever is started there "
        + "inherits it (and 2 more have as little)")
    #expect(found.source == "ROOT/proc/410/oom_score_adj")
    #expect(found.remedy.hasPrefix("oomctl adjust -n 0 --tree 410; new logins inherit"))
    #expect(try ailments(machine) == ["session_sheltered warning"])
    let tree = try machine.tree()
    #expect(run(["adjust", "-n", "0", "--tree", "410"], on: tree).status == .done)
    #expect(try run(["doctor", "--json"], on: tree).json["findings"].elements.isEmpty)
  }

  @Test(
    "says when a shell of a login is sheltered",
    arguments: [(-899, []), (-900, ["session_sheltered warning"])])
  func login(adjustment: Int, expected: [String]) throws {
    #expect(try ailments(machine(1400) { $0.adjustment = adjustment }) == expected)
  }

  @Test(
    "says when what isn't of the system is sheltered",
    arguments: [
      // firefox below a user's manager.
      (1000, -900, "/user.slice/user@1000.service/app.slice/firefox.service", "warning"),
      (1000, -899, "/user.slice/user@1000.service/app.slice/firefox.service", nil),
      (1000, -1000, "/", "warning"), (1000, -900, "/", "warning"), (999, -1000, "/", nil),
      (60_001, -1000, "/", "warning"), (61_184, -1000, "/", nil), (65_534, -1000, "/", nil),
      // A service of an ordinary user, as `oomctl protect` leaves it.
      (1000, -900, "/system.slice/firefox.service", "info"),
      (1000, -1000, "/system.slice/firefox.service", "warning"),
      // Kubernetes does so on purpose.
      (1000, -997, "/kubepods.slice/pod1", nil),
    ] as [(Int, Int, String, String?)])
  func users(user: Int, adjustment: Int, cgroup: String, expected: String?) throws {
    let machine = machine(1500) {
      $0.user = user
      $0.adjustment = adjustment
      $0.cgroup = "0::\(cgroup)\n"
    }
    #expect(try ailments(machine) == (expected.map { ["user_process_sheltered \($0)"] } ?? []))
  }

  @Test(
    "says when a server that can leak is immune",
    arguments: [
      "java", "postgres", "mysqld", "mariadbd", "mongod", "redis-server", "valkey-server",
    ])
  func servers(name: String) throws {
    let immune = FixtureMachine.healthy.with {
      $0.files["proc/sys/vm/overcommit_memory"] = "1\n"
      $0.files["etc/sysctl.d/10-x.conf"] = "vm.overcommit_memory = 1\n"
      $0.processes.append(
        FixtureProcess(600, name, resident: 3000).with {
          $0.user = 1000
          $0.adjustment = -1000
        })
    }
    #expect(try ailments(immune) == ["server_immune warning"])
    let found = try ailment(immune)
    #expect(found.text.hasPrefix("\(name)[600], a "))
    #expect(found.text.contains("oom_score_adj -1000"))
    #expect(found.source == "ROOT/proc/600/oom_score_adj")
    #expect(found.remedy.hasSuffix("-900 is enough: oomctl adjust -n -900 600"))
    #expect(found.remedy.contains("heap dump"))
    let sheltered = immune.with {
      $0[600].user = 110
      $0[600].adjustment = -900
    }
    #expect(try ailments(sheltered).isEmpty)
  }

  @Test("speaks of a database once, not of each of its processes")
  func family() throws {
    let machine = FixtureMachine.postgres(backends: 3).with {
      $0.files = FixtureMachine.healthy.files
      for id in 900...903 { $0[id].adjustment = -1000 }
    }
    #expect(try ailments(machine) == ["server_immune warning"])
  }

  @Test("goes by the old scale where there is no other")
  func legacy() throws {
    func machine(_ value: Int) -> FixtureMachine {
      self.machine(400) { $0.legacyAdjustment = value }.with {
        $0.kernel = "2.6.32"
        for id in [1200, 1300, 1500, 1501] { $0[id].legacyAdjustment = 0 }
        $0[900].legacyAdjustment = -15
      }
    }
    #expect(try ailments(machine(-17)).isEmpty)
    #expect(try ailments(machine(-15)).isEmpty)
    #expect(try ailments(machine(-14)) == ["sshd_unprotected warning"])
    #expect(try ailment(machine(0)).text.contains("has oom_adj 0"))
    #expect(try ailment(machine(0)).source == "ROOT/proc/400/oom_adj")
  }
}

@Suite("A finding about memory cgroups")
struct CgroupFindingTests {
  private func machine(java: Int, postgres: Int, limit: String = "1073741824") -> FixtureMachine {
    FixtureMachine.healthy.with {
      $0[1200].cgroup = "0::/pod/java\n"
      $0[1200].name = Array("app".utf8)
      $0[1200].program = "/usr/bin/app"
      $0[1200].words = ["app"]
      $0[1200].adjustment = java
      $0[1300].cgroup = "0::/pod/other\n"
      $0[1300].adjustment = postgres
      for group in ["pod", "pod/java", "pod/other"] {
        $0.files["sys/fs/cgroup/\(group)/memory.max"] = "max\n"
        $0.files["sys/fs/cgroup/\(group)/memory.current"] = "1000\n"
      }
      $0.files["sys/fs/cgroup/pod/memory.max"] = .file(Array("\(limit)\n".utf8))
    }
  }

  @Test("says when the biggest member of one above can't be killed")
  func unkillable() throws {
    let found = try ailment(machine(java: -1000, postgres: 0))
    #expect(
      found.text
        == "memory cgroup /pod is limited to 1.0 GiB, and its biggest member app[1200] (2.3 GiB) has "
        + "oom_score_adj -1000: when it is full others in it die in its place")
    #expect(found.source == "ROOT/sys/fs/cgroup/pod/memory.max")
    #expect(found.remedy == "oomctl adjust -n -900 1200")
    #expect(
      try ailment(machine(java: -1000, postgres: -1000)).text.hasSuffix(
        "when it is full nobody in it can be killed"))
  }

  @Test("is silent where it can be killed, is small, or nothing is limited")
  func harmless() throws {
    #expect(try ailments(machine(java: -999, postgres: 0)).isEmpty)
    #expect(try ailments(machine(java: 0, postgres: -1000)).isEmpty)
    #expect(try ailments(machine(java: -1000, postgres: 0, limit: "max")).isEmpty)
    let json = try run(["doctor", "--json"], on: machine(java: 0, postgres: 0).tree()).json
    #expect(try json["examined"]["limited_cgroups"] == 1)
  }
}
