import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Who is protected hands it on")
struct ProtectHintTests {
  @Test(
    "as is said of what is known for it",
    arguments: [
      ("cron", "cron", "every job it starts"), ("crond", "crond", "every job it starts"),
      ("gdm3", "gdm3", "the sessions it starts, with all programs in them"),
      ("sddm", "sddm", "the sessions it starts, with all programs in them"),
      (
        "containerd-shim", "containerd-shim-runc-v2",
        "containers it starts, unless they are given an adjustment of their own"
      ),
      ("tmux: server", "tmux", "what is typed in it"), ("bash", "bash", "what is typed in it"),
      ("supervisord", "python3", "the services it starts"),
    ])
  func heirs(name: String, program: String, heirs: String) throws {
    let machine = FixtureMachine.server.with { machine in
      machine[500] = FixtureProcess(500, name, resident: 100).with {
        $0.program = "/usr/bin/\(program)"
      }
    }
    let protect = try run(["protect", "500", "--json"], on: machine.tree())
    #expect(try protect.hints == ["Inherit from \(name)[500] from now on: \(heirs)."])
  }

  @Test("but for those that live already, which keep what they have")
  func living() throws {
    let machine = FixtureMachine.server.with { machine in
      machine[500] = FixtureProcess(500, "crond", resident: 100)
      machine[501] = FixtureProcess(501, "job", resident: 100).with { $0.parent = 500 }
    }
    let one = try run(["protect", "crond", "--json"], on: machine.tree())
    #expect(
      try one.hints == [
        "Inherit from crond[500] from now on: every job it starts; job[501] keeps what it has."
      ])
    let unknown = try run(["protect", "1500", "--json"], on: FixtureMachine.server.tree())
    #expect(
      try unknown.hints == [
        "Inherit from firefox[1500] from now on: new children; Web Content[1501] keeps what it has."
      ])
  }

  @Test(
    "as PostgreSQL does, whose backends can be told otherwise",
    arguments: [
      (0, "."), (1, "; postgres[901] keeps what it has."),
      (2, "; postgres[901], postgres[902] keep what they have."),
      (4, "; its 4 living descendants keep what they have."),
    ])
  func postgres(backends: Int, rest: String) throws {
    let machine = FixtureMachine.postgres(backends: backends)
    let protect = try run(["protect", "postgres", "--json"], on: machine.tree())
    #expect(
      try protect.hints == [
        "postgres[900] hands its value on to each new backend, unless its environment says otherwise"
          + " (PG_OOM_ADJUST_FILE=/proc/self/oom_score_adj, PG_OOM_ADJUST_VALUE=0)" + rest
      ])
  }

  @Test("and nothing is said of what has no children and isn't known", arguments: [[], ["--tree"]])
  func nothing(words: [String]) throws {
    let protect = try run(["protect", "java", "--json"] + words, on: FixtureMachine.server.tree())
    #expect(try protect.hints.isEmpty)
  }

  @Test("and all of it falls silent with -q")
  func quiet() throws {
    let protect = try run(["protect", "postgres", "-q"], on: FixtureMachine.postgres().tree())
    #expect(protect.output.isEmpty && protect.errors.isEmpty && protect.status == .done)
  }
}
