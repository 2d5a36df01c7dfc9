import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A selector")
struct SelectorTests {
  @Test(
    "chooses processes of its kind",
    arguments: [
      (["1200"], [1200]), (["1200", "900", "1200"], [900, 1200]), (["-p", "1200"], [1200]),
      (["--pid=900", "--pid", "1200"], [900, 1200]), (["java"], [1200]),
      (["java", "900"], [900, 1200]),
      (["--name", "Web Content"], [1501]), (["--name", "firefox-bin"], [1500, 1501]),
      (["--name", "firefox"], [1500, 1501]), (["--name", "-bash"], [1400]), (["Java"], [] as [Int]),
      (["--match", "shop\\.jar$"], [1200]),
      (["--match", "^/usr/bin/(java|fluentd)"], [1200, 1300]),
      (["--match", "-Xmx2g -jar"], [1200]), (["--exe", "/usr/bin/java"], [1200]),
      (["--exe", "java"], []), (["--user", "alice"], [1400, 1500, 1501]),
      (["--user", "120"], [1200]),
      (["--user", "app", "--user", "postgres"], [900, 1200]),
      (["--cgroup", "/system.slice"], [400, 900, 1200, 1300]),
      (["--cgroup", "system.slice/app.service/"], [1200]), (["--cgroup", "/system.slice/app"], []),
      (["--unit", "app"], [1200]), (["--unit", "ssh.service"], [400]),
      (["--unit", "session-2.scope"], [1400]), (["--unit", "firefox"], []),
      (["--unit", "firefox", "--user", "alice"], [1500, 1501]),
      (["--unit", "user@1000"], [1500, 1501]), (["--parent", "1400"], [1500]),
      (["1400", "--tree"], [1400, 1500, 1501]), (["1500", "--tree"], [1500, 1501]),
      (["2", "--tree"], [2, 30]),
    ])
  func kinds(words: [String], expected: [Int]) throws {
    let list = try run(["list", "--json"] + words, on: FixtureMachine.server.tree())
    #expect(try list.numbers == expected)
    #expect(list.errors.hasPrefix("oomctl: no process matches ") == expected.isEmpty)
    #expect(list.errors.isEmpty == !expected.isEmpty)
    #expect(list.status == (expected.isEmpty ? .failed : .done))
  }

  @Test(
    "of one kind must hold besides those of others",
    arguments: [
      (["--user", "alice", "--name", "bash"], [1400]), (["--user", "alice", "java"], [] as [Int]),
      (["--unit", "firefox", "--user", "alice", "--match", "contentproc"], [1501]),
      (["java", "firefox", "--user", "alice", "--user", "app", "--parent", "1"], [1200]),
      (["--user", "alice", "--parent", "1", "--tree"], [1400, 1500, 1501]),
      (["1400", "--unit", "ssh", "--tree"], []),
    ])
  func conjunction(words: [String], expected: [Int]) throws {
    let list = try run(["list", "--json"] + words, on: FixtureMachine.server.tree())
    #expect(try list.numbers == expected)
  }

  @Test(
    "of your own processes asks who you are",
    arguments: [(1000, [1400, 1500, 1501]), (110, [900])])
  func mine(user: Int, expected: [Int]) throws {
    let environment = Environment(userID: { UInt32(user) })
    let list = try run(
      ["list", "--mine", "--json"], on: FixtureMachine.server.tree(), in: environment)
    #expect(try list.numbers == expected)
  }

  @Test("means the same for every command", arguments: [["list"], ["rank"], ["explain"]])
  func commands(command: [String]) throws {
    let words = command + ["--user", "alice", "--match", "contentproc"]
    let result = try run(words, on: FixtureMachine.server.tree())
    #expect(result.output.contains("Web Content"))
    #expect(!result.output.contains("firefox\n"))
  }

  @Test("reads memory cgroups of version 1, and the unit from systemd's hierarchy")
  func hybridCgroups() throws {
    let machine = FixtureMachine.server.with {
      $0[1200].cgroup =
        "9:memory:/docker/4fa3\n4:cpu,cpuacct:/\n1:name=systemd:/system.slice/docker.service\n0::/x\n"
    }
    let tree = try machine.tree()
    #expect(try run(["list", "--cgroup", "/docker", "--json"], on: tree).numbers == [1200])
    #expect(try run(["list", "--unit", "docker", "--json"], on: tree).numbers == [1200])
    #expect(try run(["list", "--unit", "x", "--json"], on: tree).numbers == [])
  }

  @Test("that finds one process of two goes on", arguments: [["list"], ["rank"], ["explain"]])
  func missing(command: [String]) throws {
    let result = try run(command + ["9999", "java"], on: FixtureMachine.server.tree())
    #expect(result.errors == "oomctl: 9999: no such process\n")
    #expect(result.output.contains("java"))
    #expect(result.status == .failed)
  }

  @Test("can't name the pidfd of a captured process", arguments: [["list"], ["rank"], ["explain"]])
  func inode(command: [String]) throws {
    let result = try run(command + ["1200:4026"], on: FixtureMachine.server.tree())
    #expect(
      result.errors == "oomctl: a captured tree has no inodes of pidfds\nGive the number alone.\n")
    #expect(result.output.isEmpty)
    #expect(result.status == .failed)
  }
}
