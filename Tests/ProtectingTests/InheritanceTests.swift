import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import Protecting

@Suite("Who inherits an adjustment")
struct InheritanceTests {
  private func sentence(on name: String, children: [String] = []) throws -> String? {
    let machine = FixtureMachine(
      processes: [FixtureProcess(10, name, resident: 100)]
        + children.enumerated().map { index, child in
          FixtureProcess(11 + index, child, resident: 100).with { $0.parent = 10 }
        })
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment())
    let subjects = try ProcessList(
      on: Machine(world, options: MachineOptions()), needs: .all, isScored: true, in: world.proc
    ).subjects
    let target = try #require(subjects.first { $0.id.rawValue == 10 })
    return Inheritance.sentence(on: target, among: subjects, changing: [target])
  }

  @Test(
    "is told of what starts others",
    arguments: [
      ("cron", "every job it starts"), ("gdm-session", "the sessions it starts"),
      ("containerd-shim", "containers it starts"), ("bash", "what is typed in it"),
      ("screen", "what is typed in it"), ("monit", "the services it starts"),
    ])
  func known(name: String, heirs: String) throws {
    #expect(
      try sentence(on: name)?.hasPrefix(
        "Inherit from \(name)[10] from now on: \(heirs)") == true)
  }

  @Test("is told of living children, which keep what they have")
  func living() throws {
    #expect(try sentence(on: "app") == nil)
    #expect(
      try sentence(on: "app", children: ["worker"])
        == "Inherit from app[10] from now on: new children; worker[11] keeps what it has.")
    #expect(
      try sentence(on: "app", children: ["one", "two"])?.hasSuffix(
        "keep what they have.") == true)
  }

  @Test("of a PostgreSQL server depends on its environment", arguments: ["postgres", "postmaster"])
  func postgres(name: String) throws {
    #expect(try sentence(on: name)?.contains("PG_OOM_ADJUST_FILE") == true)
  }

  @Test("isn't claimed by a name that only begins so", arguments: ["cronos", "shred", "bashful"])
  func alike(name: String) throws {
    #expect(try sentence(on: name) == nil)
  }
}
