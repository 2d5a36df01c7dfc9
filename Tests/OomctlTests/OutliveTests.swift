import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("The adjustment to outlive the first victim")
struct OutliveTests {
  static let kernels = ["2.6.36", "3.2.0", "3.10.0", "4.4.0", "4.19.0", "5.4.0", "6.1.0", "7.2.0"]

  @Test("does it, and one more does not", arguments: kernels, [1200, 1300, 1400, 1500, 900])
  func isTheHighest(kernel: String, id: Int) throws {
    let machine = FixtureMachine.server.with { $0.kernel = kernel }
    let tree = try machine.tree()
    let rival = try #require(try run(["rank", "--json"], on: tree).numbers.first { $0 != id })
    let adjustment = try run(["explain", "\(id)", "--json"], on: tree)
      .explanation["to_outlive"].integer

    for (applied, order) in [(adjustment, [rival, id]), (adjustment + 1, [id, rival])] {
      let files = machine[id].with { $0.adjustment = applied }.files(on: machine)
      for (name, entry) in files { try tree.add(entry, at: "proc/\(id)/\(name)") }
      let ranked = try run(["rank", "-n", "99", "--json"], on: tree).numbers
      #expect(ranked.filter([id, rival].contains) == order, "at \(applied)")
    }
  }

  @Test("is found for what is exempt now")
  func exempt() throws {
    let json = try run(["explain", "400", "--json"], on: FixtureMachine.server.tree()).explanation
    #expect(try json["to_outlive"].integer > -1000)
  }

  @Test("isn't told where none is needed or none helps", arguments: [1, 2])
  func none(id: Int) throws {
    let json = try run(["explain", "\(id)", "--json"], on: FixtureMachine.server.tree()).explanation
    #expect(try json["to_outlive"] == nil)
  }

  @Test(
    "is told to be the end of its scale only there",
    arguments: [
      (5_000_000, "Only oom_score_adj -1000, which means never, would spare it."),
      (36_000, "With oom_score_adj -17 or below it dies after small[60]."),
    ])
  func endOfScale(size: Int, expected: String) throws {
    let machine = FixtureMachine(
      ram: 1_000_000, swap: 0,
      processes: [
        .kernelThread(2, "kthreadd"), FixtureProcess(50, "big", resident: size),
        FixtureProcess(60, "small", resident: 20_000).with { $0.startTicks = 50 },
      ])
    let text = try run(["explain", "big"], on: machine.tree()).output
    #expect(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(expected))
  }

  @Test("isn't told when there is nobody else")
  func alone() throws {
    let machine = FixtureMachine.server.with { $0.processes = [$0[1], $0[2], $0[1200]] }
    let explain = try run(["explain", "java", "--json"], on: machine.tree())
    #expect(try explain.explanation["to_outlive"] == nil)
    #expect(try explain.explanation["rank"] == 1)
  }
}
