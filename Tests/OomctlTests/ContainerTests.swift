import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("Process 1")
struct ContainerTests {
  @Test("is the system's init where the kernel's own threads are seen")
  func initialNamespace() throws {
    let tree = try FixtureMachine.server.tree()
    #expect(try run(["list", "1", "--json"], on: tree).processes.first?["unkillable"] == "init")
    #expect(try !run(["rank", "-n", "99", "--json"], on: tree).numbers.contains(1))
  }

  @Test("of a container is one like others", arguments: [[1, 50], [1, 2]])
  func container(ids: [Int]) throws {
    let machine = FixtureMachine(
      processes: ids.map { FixtureProcess($0, "app", resident: 50_000).with { $0.score = 692 } })
    let tree = try machine.tree()
    let row = try #require(try run(["list", "1", "--json"], on: tree).processes.first)
    #expect(try row["unkillable"] == nil)
    #expect(try row["predicted_oom_score"] == row["oom_score"])
    #expect(try Set(run(["rank", "--json"], on: tree).numbers) == Set(ids))
  }

  @Test("that the kernel scores 0 is init, also where its threads aren't seen")
  func scored() throws {
    let machine = FixtureMachine(
      processes: [
        FixtureProcess(1, "init", resident: 900), FixtureProcess(9, "app", resident: 900),
      ])
    #expect(try run(["rank", "--json"], on: machine.tree()).numbers == [9])
  }
}
