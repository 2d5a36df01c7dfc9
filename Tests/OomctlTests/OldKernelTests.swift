import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("On an old kernel")
struct OldKernelTests {
  /// Children count, times don't: all started at once, and none has used a processor.
  private func machine(_ kernel: String) -> FixtureMachine {
    let processes = [
      FixtureProcess(1, "init", resident: 90, total: 400).with { $0.parent = 0 },
      FixtureProcess(50, "shop", resident: 9_000, total: 40_000).with { $0.user = 120 },
      FixtureProcess(60, "helper", resident: 900, total: 30_000).with {
        $0.user = 120
        $0.legacyAdjustment = 2
      },
      FixtureProcess(70, "guarded", resident: 90_000, total: 100_000).with {
        $0.user = 120
        $0.legacyAdjustment = -17
      },
      FixtureProcess(80, "rooted", resident: 60_000, total: 80_000),
      FixtureProcess(90, "nice", resident: 900, total: 30_000).with {
        $0.user = 120
        $0.nice = 5
      },
    ]
    return FixtureMachine(
      kernel: kernel,
      processes: processes.map { process in process.with { $0.startTicks = 35_100_000 } })
  }

  @Test(
    "badness is in points",
    arguments: [
      ("2.4.18", [90: 60_000, 50: 40_000, 60: 30_000, 80: 5_000, 70: 100_000]),
      ("2.6.10", [90: 60_000, 50: 40_000, 60: 30_000, 80: 5_000, 70: 100_000]),
      ("2.6.20", [90: 60_000, 50: 40_000, 60: 120_000, 80: 5_000]),
      ("2.6.32-754.el6", [90: 60_000, 50: 40_000, 60: 120_000, 80: 5_000]),
    ])
  func points(kernel: String, expected: [Int: Int]) throws {
    var machine = machine(kernel)
    for (id, points) in expected { machine[id].score = Int128(points) }
    let tree = try machine.tree()
    let list = run(["list", "--json"], on: tree)
    #expect(list.errors.isEmpty)
    for row in try list.processes where try row["pid"] != 1 {
      let badness = try expected[row["pid"].integer].map { JSON.number("\($0)") } ?? nil
      #expect(try row["badness"] == badness, "\(row)")
      #expect(try row["badness_unit"] == "points")
      #expect(try row["badness_pages"] == nil)
      #expect(try row["oom_score_adj"] == nil)
    }
    let order = expected.sorted { $0.value > $1.value }.map(\.key)
    #expect(try run(["rank", "--json"], on: tree).numbers.filter { $0 != 1 } == order)
  }

  @Test(
    "children count whole, then half",
    arguments: [("2.6.10", 40_000), ("2.6.12", 41_001), ("2.6.20", 40_501)])
  func children(kernel: String, badness: Int) throws {
    var machine = machine(kernel)
    machine[51] = FixtureProcess(51, "worker", resident: 9, total: 1_001).with { $0.parent = 50 }
    let list = try run(["list", "50", "--json"], on: machine.tree())
    #expect(try list.processes.first?["badness"] == .number("\(badness)"))
  }

  @Test("without oom_score nothing is compared", arguments: ["2.4.18", "2.6.10"])
  func noScores(kernel: String) throws {
    let tree = try machine(kernel).tree()
    let json = try run(["explain", "shop", "--json"], on: tree).explanation
    #expect(try json["oom_score"] == nil)
    #expect(try json["predicted_oom_score"] == nil)
    #expect(try json["agrees"] == nil)
    #expect(try json["to_outlive"] == nil)
    let text = run(["explain", "shop"], on: tree)
    #expect(text.lines.contains("  oom_score  not shown by this kernel"))
    #expect(text.status == .done)
    #expect(run([], on: tree).output.contains("shop"))
  }

  @Test("the old scale is the one shown", arguments: ["2.6.20", "2.6.32"])
  func oldScale(kernel: String) throws {
    let tree = try machine(kernel).tree()
    let list = run(["list", "helper"], on: tree)
    #expect(list.lines.first?.contains("OOM-ADJ") == true)
    #expect(list.lines.first?.contains("  ADJ") == false)
    #expect(run(["explain", "guarded"], on: tree).output.contains("its oom_adj is -17"))
    let adjustment = try run(["explain", "helper", "--json"], on: tree).explanation["to_outlive"]
      .integer
    #expect(adjustment == 0)
    #expect(run(["explain", "helper"], on: tree).output.contains("  adjustment 2 "))
  }

  @Test(
    "init is no safer than others before 2.6.11", arguments: [("2.4.18", true), ("2.6.12", false)])
  func initProcess(kernel: String, isCandidate: Bool) throws {
    let rank = try run(["rank", "--json"], on: machine(kernel).tree())
    #expect(try rank.numbers.contains(1) == isCandidate)
  }

  @Test(
    "the kernel's own threads are known by having no memory",
    arguments: ["2.4.18", "2.6.12", "2.6.26"])
  func kernelThreads(kernel: String) throws {
    var machine = machine(kernel)
    machine[2] = .kernelThread(2, "ksoftirqd/0", parent: 1).with { $0.isKernelThread = false }
    machine[99] = machine[2].with {
      $0.id = 99
      $0.state = "Z"
    }
    let rows = try run(["list", "2", "99", "--json"], on: machine.tree()).processes
    #expect(try rows.map { try $0["unkillable"] } == ["kernel_thread", "no_memory"])
  }

  @Test("that is too old no rule is known", arguments: ["2.2.26", "2.3.99", "1.0"])
  func tooOld(kernel: String) throws {
    let tree = try FixtureMachine.server.tree()
    try tree.add(.init(stringLiteral: "\(kernel)\n"), at: "proc/sys/kernel/osrelease")
    #expect(try run(["rank", "--json"], on: tree).numbers.first == 1300)
    #expect(try run(["explain", "java", "--json"], on: tree).explanation["rule"] == nil)
  }
}
