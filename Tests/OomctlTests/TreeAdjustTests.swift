import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Changes
@testable import Core
@testable import Processes
@testable import oomctl

@Suite("A change of a process and its descendants")
struct TreeAdjustTests {
  @Test("takes along what they started, parents first")
  func descendants() throws {
    let tree = try FixtureMachine.server.tree()
    let result = run(["adjust", "--tree", "-n", "7", "1400", "--json"], on: tree)
    #expect(
      try result.rows == [
        "bash[1400] oom_score_adj 0 -> 7 done", "firefox[1500] oom_score_adj 100 -> 7 done",
        "Web Content[1501] oom_score_adj 300 -> 7 done",
      ])
    #expect(try tree.adjustment(of: 1200) == "0")
  }

  /// Makes the change in steps; between plan and second look others are born.
  private func changeTree(
    of name: String, born: [FixtureProcess], meanwhile: (FixtureTree) -> Void = { _ in }
  ) throws -> [String] {
    let tree = try FixtureMachine.server.tree()
    let world = try tree.world()
    var selection = SelectionOptions()
    selection.operands = [.name(name)]
    selection.withDescendants = true
    let context = try ProcessContext(CommonOptions(), selection: selection, in: world)
    let options = ChangeOptions()
    let request = AdjustmentRequest(amount: .absolute(700))
    var plan = AdjustmentPlan(
      request, try Targets(of: context, options, for: request, in: world), on: context.machine,
      in: world)
    var session = try ChangeSession(of: "adjust", in: world)
    for process in born {
      for (name, entry) in process.files(on: FixtureMachine.server) {
        try tree.add(entry, at: "proc/\(process.id)/\(name)")
      }
    }
    session.carryOut(&plan.changes, in: world)
    meanwhile(tree)
    plan.lookAgain(context, options, &session, in: world)
    #expect(session.notes.isEmpty)
    return plan.changes.map { "\($0.target) \($0.result.rawValue)" }
  }

  private static let first = ["bash[1400] done", "firefox[1500] done", "Web Content[1501] done"]

  private func process(_ id: Int, _ name: String, parent: Int, _ adjustment: Int) -> FixtureProcess
  {
    FixtureProcess(id, name, resident: 10).with {
      $0.parent = parent
      $0.adjustment = adjustment
    }
  }

  @Test("finds those that are born meanwhile, but not those that inherited the value")
  func bornMeanwhile() throws {
    let changes = try changeTree(
      of: "bash",
      born: [
        process(1600, "old", parent: 1501, 300), process(1601, "older", parent: 1600, 0),
        process(1602, "heir", parent: 1400, 700), process(1603, "other", parent: 1200, 0),
      ])
    #expect(changes == Self.first + ["old[1600] done", "older[1601] done"])
  }

  @Test("isn't confused by a child that bears the name asked for")
  func sameName() throws {
    let changes = try changeTree(of: "bash", born: [process(1600, "bash", parent: 1400, 0)])
    #expect(changes == Self.first + ["bash[1600] done"])
  }

  @Test("is told though all of them end meanwhile")
  func ended() throws {
    let changes = try changeTree(of: "bash", born: []) { tree in
      for id in [1400, 1500, 1501] { tree.remove("proc/\(id)") }
    }
    #expect(changes == Self.first)
  }

  @Test("misses no child of one that forks all the time", arguments: [700, 900])
  func forks(value: Int) throws {
    let script = "while :; do sh -c 'sleep 0.2; sleep 0.2' & sleep 0.02; done"
    let family = try Spawned("/bin/sh", ["-c", script], hasOwnGroup: true)
    defer { family.stop() }
    usleep(300_000)
    let journal = try FixtureTree()
    let result = run(
      ["adjust", "--tree", "-n", "\(value)", "\(family.id)", "--json"],
      in: .keepingJournal(in: journal))
    kill(-family.id, SIGSTOP)
    // Those that ended meanwhile couldn't be changed.
    let errors = result.errors.split(separator: "\n").filter { !$0.hasSuffix("it is the floor") }
    #expect(errors.allSatisfy { $0.hasSuffix(": has ended meanwhile") })
    #expect(try result.rows.count > 5)
    let living = try run(["list", "--tree", "\(family.id)", "--json"]).processes
    #expect(living.count > 5)
    for process in living { #expect(try process["oom_score_adj"] == .number("\(value)")) }
    #expect(run(["undo", "--list"], in: .keepingJournal(in: journal)).lines.count == 2)
  }
}
