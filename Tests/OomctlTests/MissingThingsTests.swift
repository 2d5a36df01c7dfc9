import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("What isn't there")
struct MissingThingsTests {
  static let commands = [[], ["list"], ["rank"], ["explain", "1"], ["memory"]]

  @Test("may be the whole root", arguments: commands)
  func root(command: [String]) {
    let result = run(command + ["--root", "/nonexistent"])
    expectOneComplaint(result, "oomctl: /nonexistent: No such file or directory\n")
  }

  @Test("may be a folder at all", arguments: commands)
  func folder(command: [String]) throws {
    let tree = try FixtureTree(["file": ""])
    let result = run(command + ["--root", "\(tree.path)/file"])
    expectOneComplaint(result, "oomctl: \(tree.path)/file: Not a directory\n")
  }

  @Test("may be proc", arguments: commands)
  func proc(command: [String]) throws {
    let advice = "--root names a folder with a folder 'proc' in it, as a captured tree has."
    let result = try run(command, on: FixtureTree(["etc/passwd": ""]))
    expectOneComplaint(result, "oomctl: ROOT/proc: No such file or directory\n\(advice)\n")
  }

  @Test("may be a process", arguments: [["list"], ["rank"], ["explain"]])
  func process(command: [String]) throws {
    let result = try run(command + ["4000"], on: FixtureMachine.server.tree())
    expectOneComplaint(result, "oomctl: 4000: no such process\n")
  }

  @Test("may be a user", arguments: [["list"], ["rank"], ["explain"]])
  func user(command: [String]) throws {
    let result = try run(command + ["--user", "carol"], on: FixtureMachine.server.tree())
    expectOneComplaint(result, "oomctl: no user is called 'carol'\n")
  }

  @Test(
    "may be all processes",
    arguments: [
      (["list"], "oomctl: no process can be seen\n"), (["rank"], "oomctl: no process to rank\n"),
    ])
  func processes(command: [String], complaint: String) throws {
    let machine = FixtureMachine(processes: [])
    expectOneComplaint(try run(command, on: machine.tree()), complaint)
  }

  @Test("may be meminfo: scores are the kernel's then, and none is predicted")
  func meminfo() throws {
    let tree = try FixtureMachine.server.tree()
    tree.remove("proc/meminfo")
    let rank = run(["rank", "--json"], on: tree)
    #expect(try rank.numbers == [1300, 1200, 1501, 1500, 1400, 900])
    #expect(try rank.processes.allSatisfy { try $0["predicted_oom_score"] == nil })
    let explain = run(["explain", "java"], on: tree)
    #expect(
      explain.output.contains("Its badness can't be told: meminfo or the page size is missing."))
    #expect(!explain.output.contains("adjust"))
    #expect(run([], on: tree).lines.contains("Memory      -"))
  }

  @Test("may be the kernel's version, and is then asked for")
  func release() throws {
    let tree = try FixtureMachine.server.tree()
    tree.remove("proc/sys/kernel/osrelease")
    let explain = run(["explain", "java"], on: tree)
    #expect(explain.output.contains("the kernel's version is unknown, its rule is missing."))
    #expect(try run(["list", "--json"], on: tree).json["kernel"] == nil)
    try tree.add("Linux version 6.1.0-9 (gcc) #1 SMP\n", at: "proc/version")
    #expect(try run(["list", "--json"], on: tree).json["kernel"] == "6.1.0-9")
    #expect(try run(["explain", "java", "--json"], on: tree).explanation["agrees"] == true)
  }

  @Test("may be etc/passwd: users are numbers then")
  func users() throws {
    let tree = try FixtureMachine.server.tree()
    tree.remove("etc/passwd")
    #expect(try run(["list", "java", "--json"], on: tree).processes.first?["user"] == "120")
    #expect(try run(["list", "--user", "120", "--json"], on: tree).numbers == [1200])
  }

  @Test("may be the permission to look", .enabled(if: geteuid() != 0, "root may look at anything"))
  func permission() throws {
    let tree = try FixtureMachine.server.tree()
    try tree.add(.secret("972\n"), at: "proc/1200/oom_score")
    let rank = run(["rank", "--json"], on: tree)
    #expect(try rank.json["complete"] == false)
    #expect(try !rank.numbers.contains(1200))
    #expect(rank.errors.contains("hidden"))
    #expect(rank.status == .done)
  }

  private func expectOneComplaint(_ result: Run, _ complaint: String) {
    #expect(result.errors == complaint)
    #expect(result.output.isEmpty)
    #expect(result.status == .failed)
  }
}
