import DaemonLog
import KernelLog
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import WatchScreen
@testable import oomctl

// Each decision has one owner: here all its faces are asked the same question.
@Suite("A decision that several commands show")
struct SharedDecisionTests {
  @Test(
    "which programs are databases is the same for findings and metrics",
    arguments: KnownProgram.names(.database))
  func databases(name: String) throws {
    var machine = FixtureMachine.server
    machine.processes = [
      machine[1],
      FixtureProcess(50, String(name.prefix(15)), resident: 200_000).with {
        $0.adjustment = -1000
        $0.program = "/usr/bin/\(name)"
        $0.cgroup = "0::/system.slice/store.service\n"
      },
    ]
    let findings = try run(["doctor", "--json"], on: machine.tree()).json["findings"].elements
    #expect(try findings.contains { try $0["text"].string.contains("a database") }, "\(name)")
    machine[50].adjustment = 0
    let metrics = try run(["metrics"], on: machine.tree()).output
    #expect(metrics.contains("class=\"database\""), "\(name)")
  }

  @Test("which programs kill by rules of their own is the same for predictions and history")
  func killers() { #expect(Set(KnownProgram.names(.killer)) == Set(DaemonKill.killers)) }

  @Test("what runs beside the kernel's killer is told", arguments: DaemonKill.killers)
  func running(name: String) throws {
    var machine = FixtureMachine.server
    machine[700] = FixtureProcess(700, name, resident: 500)
    #expect(try run(["predict"], on: machine.tree()).output.contains("\(name)[700]"))
  }

  @Test(
    "how bad pressure is, is the same for doctor and watch",
    arguments: [
      ("4.99", nil, StyledLine.Style.plain), ("5.00", "warning", .notice),
      ("7.00", "warning", .notice),
      ("59.99", "warning", .notice), ("60.00", "critical", .danger),
    ] as [(String, String?, StyledLine.Style)])
  func pressure(share: String, severity: String?, style: StyledLine.Style) throws {
    var machine = FixtureMachine.server
    machine.files["proc/pressure/memory"] = .file(
      Array(
        ("some avg10=\(share) avg60=0.10 avg300=0.02 total=123456\n"
          + "full avg10=\(share) avg60=0.01 avg300=0.00 total=23456\n").utf8))
    let tree = try machine.tree()
    let findings = try run(["doctor", "--json"], on: tree).json["findings"].elements
    let found = try findings.first { try $0["id"] == "pressure_high" }
    #expect(try found?["severity"].string == severity)
    let world = try World(root: tree.path, environment: Environment())
    let levels = MemoryLevels(in: world)
    #expect(Threshold.stall(try #require(levels.fullPressure)).style == style)
  }

  @Test(
    "how short memory is, is the same for doctor and watch",
    arguments: [(110, nil), (100, "warning"), (50, "critical"), (10, "critical")]
      as [(Int, String?)])
  func memory(available: Int, severity: String?) throws {
    var machine = FixtureMachine.server
    machine.files["proc/meminfo"] = .file(
      Array(
        ("MemTotal: 1000000 kB\nMemFree: 1000 kB\nMemAvailable: \(available * 1000) kB\n"
          + "SwapTotal: 0 kB\nSwapFree: 0 kB\n").utf8))
    let tree = try machine.tree()
    let findings = try run(["doctor", "--json"], on: tree).json["findings"].elements
    let found = try findings.first { try $0["id"] == "memory_short" }
    #expect(try found?["severity"].string == severity)
    let level = MemoryLevels(in: try World(root: tree.path, environment: Environment())).memoryLevel
    #expect(level == (severity == nil ? .fine : severity == "warning" ? .short : .deadly))
  }
}
