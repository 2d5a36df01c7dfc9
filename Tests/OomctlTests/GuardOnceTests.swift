import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The guard that looks once")
struct GuardOnceTests {
  private func tree(_ rules: String) throws -> FixtureTree {
    try FixtureMachine.server.with { $0.files["etc/oomctl/rules.conf"] = .file(Array(rules.utf8)) }
      .tree()
  }

  @Test("applies the rules, and says only what it changed")
  func text() throws {
    let tree = try tree("java = 300\nfluentd = 500\nuser:root = 7\n")
    let before = try tree.contents()
    let once = run(["guard", "--once"], on: tree)
    #expect(
      once.lines.dropFirst().map { $0.split(separator: " ").joined(separator: " ") } == [
        "sshd[400] oom_score_adj -1000 7 done", "java[1200] oom_score_adj 0 300 done",
        "fluentd[1300] oom_score_adj 500 7 done",
      ])
    #expect(once.status == .done)
    #expect(
      try tree.changes(since: before)
        == [400, 1200, 1300].map { "proc/\($0)/oom_score_adj" }.sorted())
    let again = run(["guard", "--once"], on: tree)
    #expect(again.output.isEmpty)
    #expect(again.errors.isEmpty)
    #expect(again.status == .done)
  }

  @Test("tells in JSON also what was as it should be")
  func json() throws {
    let tree = try tree("java = 300\nfluentd = 500\n")
    #expect(
      try run(["guard", "--once", "--json"], on: tree).actions == [
        "java[1200] 0 -> 300 done", "fluentd[1300] 500 -> 500 unchanged",
      ])
  }

  @Test("writes nothing in a dry run, with or without 'once'", arguments: [["--once"], []])
  func dryRun(words: [String]) throws {
    let tree = try tree("java = 300\n")
    let before = try tree.contents()
    let dry = run(["guard", "--dry-run", "--json"] + words, on: tree)
    #expect(try dry.actions == ["java[1200] 0 -> 300 planned"])
    #expect(try tree.contents() == before)
  }

  @Test("keeps no journal")
  func journal() throws {
    let tree = try tree("java = 300\n")
    #expect(run(["guard", "--once"], on: tree).status == .done)
    #expect(try !tree.contents().keys.contains { $0.hasPrefix("var") })
  }

  @Test("does nothing by a file with one mistake")
  func brokenRules() throws {
    let tree = try tree("java = 300\nbash\n")
    let before = try tree.contents()
    let once = run(["guard", "--once"], on: tree)
    #expect(once.errors.hasPrefix("oomctl: /etc/oomctl/rules.conf:2:5: expected '='"))
    #expect(once.status == .failed)
    #expect(try tree.contents() == before)
  }

  @Test("leaves out what has ended, but for its parent")
  func zombie() throws {
    let machine = FixtureMachine.server.with {
      $0[77] = FixtureProcess(77, "java", resident: 0).with {
        $0.memory = nil
        $0.state = "Z"
      }
      $0.files["etc/oomctl/rules.conf"] = "java = 300\n"
    }
    #expect(
      try run(["guard", "--once", "--json"], on: machine.tree()).actions == [
        "java[1200] 0 -> 300 done"
      ])
  }

  @Test("fails where a living process can't be read, and adjusts the others")
  func unreadable() throws {
    let tree = try tree("unit:app = 300\nunit:td-agent = 400\n")
    tree.remove("proc/1200/cgroup")
    try tree.add(.folder, at: "proc/1200/cgroup")
    let once = run(["guard", "--once", "--json"], on: tree)
    #expect(once.status == .failed)
    #expect(once.errors == "oomctl: ROOT/proc/1200/cgroup: Is a directory\n")
    #expect(try once.json["complete"] == false)
    #expect(try once.actions == ["fluentd[1300] 500 -> 400 done"])
  }

  @Test(
    "reads each file of a process once, however many rules ask for it",
    .enabled(if: Executable.canBeTraced, "strace is there"))
  func reads() throws {
    let rules = (0..<40).map { "user:root unit:y exe:/x match:x\($0) = \($0)\n" }.joined()
    let tree = try tree(rules)
    let trace = "\(tree.path)/trace"
    let strace = try #require(Executable.tool("strace"))
    let program = try #require(Executable.path)
    let words = ["-f", "-e", "trace=openat,openat2,readlinkat", "-o", trace, program]
    let result = try Executable.run(
      strace, words + ["guard", "--once", "--dry-run", "--root", tree.path])
    #expect(result.status == 0)
    let calls = try TestSupport.text(at: trace).split(separator: "\n")
    // Process 1 is none of its business.
    let processes = FixtureMachine.server.processes.count - 1
    for name in ["cmdline", "cgroup", "exe", "oom_score_adj", "oom_adj"] {
      #expect(calls.count { $0.contains("\"\(name)\"") } == processes, "\(name)")
    }
    // These of one process also tell the page size, and whether process 1 is the system's.
    for name in ["stat", "status"] {
      #expect(calls.count { $0.contains("\"\(name)\"") } <= processes + 3, "\(name)")
    }
  }

  @Test("is the only one that a captured tree can have")
  func captured() throws {
    let guarded = run(["guard"], on: try tree("java = 300\n"))
    #expect(
      guarded.errors
        == "oomctl: a captured tree has nothing to guard\n--once applies the rules to it.\n")
    #expect(guarded.status == .failed)
  }
}
