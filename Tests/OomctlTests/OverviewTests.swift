import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The overview")
struct OverviewTests {
  @Test("shows how a machine stands")
  func screen() throws {
    let overview = try run([], on: FixtureMachine.server.tree())
    #expect(overview.errors.isEmpty)
    #expect(try overview.output == expectedText("overview.txt", recording: overview.output))
  }

  @Test(
    "says what happens on OOM",
    arguments: [
      ("0", "0", "kill the worst process"), ("0", "1", "kill the process that asks for memory"),
      ("1", "0", "panic, but in cgroups kill the worst process"), ("2", "0", "panic"),
      ("2", "1", "panic"),
    ])
  func policy(panic: String, task: String, expected: String) throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/sys/vm/panic_on_oom"] = "\(panic)\n"
      $0.files["proc/sys/vm/oom_kill_allocating_task"] = "\(task)\n"
    }
    let settings = "(panic_on_oom \(panic), oom_kill_allocating_task \(task))"
    let environment = Environment(terminalWidth: 100)
    let overview = try run([], on: machine.tree(), in: environment)
    let line = overview.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(line.contains("On OOM \(expected) \(settings)"))
  }

  @Test(
    "says whether the commit limit holds",
    arguments: [
      ("0", "not enforced (overcommit_memory 0)"), ("1", "not enforced (overcommit_memory 1)"),
      ("2", "enforced (overcommit_memory 2)"),
    ])
  func commitLimit(mode: String, expected: String) throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/sys/vm/overcommit_memory"] = "\(mode)\n"
    }
    let line = try #require(
      try run([], on: machine.tree()).lines.first { $0.hasPrefix("Committed") })
    #expect(line.hasSuffix("  \(expected)"))
  }

  @Test(
    "counts kills",
    arguments: [
      ("oom_kill 0\n", "none since boot"), ("oom_kill 2\n", "2 since boot: oomctl history"),
      ("nr_free_pages 9\n", "not counted by this kernel"),
    ])
  func kills(vmstat: String, expected: String) throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/vmstat"] = .init(stringLiteral: vmstat)
    }
    #expect(try run([], on: machine.tree()).lines.contains("Kills       \(expected)"))
  }

  @Test(
    "tells the age of the machine",
    arguments: [
      ("59.10 3.00\n", "up 0:00"), ("3661.10 3.00\n", "up 1:01"), ("86399.00 3.00\n", "up 23:59"),
      ("172800.00 3.00\n", "up 2 days"), ("3542400.00 3.00\n", "up 41 days"),
    ])
  func age(uptime: String, expected: String) throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/uptime"] = .init(stringLiteral: uptime)
    }
    let overview = try run([], on: machine.tree())
    #expect(overview.lines.first == "web-07   Linux 6.1.0-50-amd64   \(expected)")
  }

  @Test("names the next victim, and how far it is ahead")
  func victim() throws {
    let overview = try run([], on: FixtureMachine.server.tree())
    // (14000 + 400 + 60 + 500 x 1310) - (500000 + 100000 + 1300) = 68160 pages
    #expect(overview.lines.contains("Next victim  fluentd[1300], 266 MiB ahead of java[1200]"))
  }

  @Test(
    "tells no distance between equals, nor in points",
    arguments: [
      ("6.1.0", 14_500, "Next victim  two[60], just ahead of one[50]"),
      ("2.6.32", 14_500, "Next victim  one[50], then two[60]"),
      ("2.6.36", 90_000, "Next victim  two[60], then one[50]"),
    ])
  func distance(kernel: String, size: Int, expected: String) throws {
    let machine = FixtureMachine(
      kernel: kernel,
      processes: [
        .kernelThread(2, "kthreadd"), FixtureProcess(50, "one", resident: 14_500),
        FixtureProcess(60, "two", resident: size),
      ])
    #expect(try run([], on: machine.tree()).lines.contains(expected))
  }

  @Test("names a lone victim")
  func loneVictim() throws {
    let machine = FixtureMachine.server.with { $0.processes = [$0[1], $0[2], $0[1200]] }
    let overview = try run([], on: machine.tree())
    #expect(overview.lines.contains("Next victim  java[1200], the only one"))
  }

  @Test("says when nothing can be killed")
  func noVictim() throws {
    let machine = FixtureMachine.server.with { $0.processes = [$0[1], $0[2], $0[400]] }
    let overview = try run([], on: machine.tree())
    #expect(overview.lines.last == "Next victim  none: no process can be killed")
    #expect(overview.status == .done)
  }

  @Test("is one JSON object for programs")
  func json() throws {
    let json = try run(["--json"], on: FixtureMachine.server.tree()).json
    let keys = [
      "oomctl", "kernel", "complete", "uptime_seconds", "memory", "swap", "commit", "pressure",
      "policy", "oom_kills", "processes",
    ]
    #expect(try json.members.map(\.key) == keys)
    #expect(try json["oomctl"]["command"] == "overview")
    #expect(try json["oomctl"]["schema"] == 1)
    #expect(try json["kernel"] == "6.1.0-50-amd64")
    #expect(try json["complete"] == true)
    #expect(try json["memory"]["total_bytes"] == 4_294_967_296)
    #expect(try json["oom_kills"] == 2)
    #expect(try json["processes"].elements.first?["name"] == "fluentd")
  }
}
