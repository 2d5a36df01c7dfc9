import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Changes
@testable import Core
@testable import Processes
@testable import oomctl

@Suite("A remedy")
struct RemedyTests {
  private func remedy(_ child: borrowing Child, to adjustment: Int) throws -> String {
    let world = try World(root: nil, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    let processes = try ProcessList(
      of: [ProcessID(child.id)], on: machine, needs: [.stat, .adjustment], isScored: false,
      in: world.proc)
    let subject = try #require(processes.subjects.first)
    return subject.remedy("oomctl protect sshd", to: adjustment, on: machine, in: world)
  }

  @Test(
    "that needs what this root lacks says from where it works",
    .enabled(if: Ability.meetsFloor && geteuid() == 0, "adjustments can be lowered here"))
  func floor() throws {
    let child = try Child()
    #expect(
      try remedy(child, to: -900) == "oomctl protect sshd (on the host, or with CAP_SYS_RESOURCE)")
    #expect(try remedy(child, to: 900) == "oomctl protect sshd")
  }

  @Test("names process 1 so that it isn't refused")
  func firstProcess() throws {
    let tree = try FixtureMachine.healthy.with {
      $0.processes.removeAll { $0.id == 1 }
      $0.processes.append(
        FixtureProcess(1, "java", resident: 300_000).with {
          $0.parent = 0
          $0.adjustment = -1000
        })
    }.tree()
    let found = try run(["doctor", "--json"], on: tree).json["findings"].elements
    let remedies = try found.map { try $0["remedy"].string }
    let remedy = try #require(remedies.first { $0.contains("-900 is enough") })
    #expect(remedy.hasSuffix("oomctl adjust -n -900 --force 1"))
    #expect(run(["adjust", "-n", "-900", "--force", "1"], on: tree).status == .done)
  }

  @Test("names one listener of several by its number")
  func listeners() throws {
    let tree = try FixtureMachine.healthy.with {
      $0[400].adjustment = 0
      let listener = $0[400]
      $0.processes.append(listener.with { $0.id = 401 })
    }.tree()
    let found = try run(["doctor", "--json"], on: tree).json["findings"].elements
    let remedies = try found.filter { try $0["id"] == "sshd_unprotected" }.map {
      try $0["remedy"].string
    }
    #expect(remedies.sorted() == ["oomctl protect 400", "oomctl protect 401"])
    for remedy in remedies {
      let words = remedy.split(separator: " ").dropFirst().map(String.init)
      #expect(run(words, on: tree).status == .done)
    }
  }
}
