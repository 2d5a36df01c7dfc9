import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

/// A tree that has of each process `status` and little else, as sosreport leaves it.
@Suite struct SparseCaptureTests {
  private static let machine: FixtureMachine = {
    var machine = FixtureMachine.server
    machine.omitted = [
      "stat", "statm", "cmdline", "cgroup", "exe", "smaps", "smaps_rollup", "maps",
    ]
    let frames = machine.ram
    return machine.with([
      FixtureZone(
        name: "Normal", free: frames / 8, min: 100, low: 200, high: 300, managed: frames,
        protection: [0])
    ]).with { $0.files["proc/pressure/memory"] = nil }
  }()

  private func ask(_ words: [String]) throws -> Run {
    var machine = Self.machine
    // A file that isn't there.
    machine.files["proc/pressure/memory"] = nil
    let tree = try machine.tree()
    return run(
      words + ["--color", "never"], on: tree, in: Environment(terminalWidth: 80))
  }

  @Test func `has processes, and who dies first`() throws {
    let whole = try run(["predict", "--json"], on: FixtureMachine.server.tree()).json
    let sparse = try ask(["predict", "--json"])
    func victims(_ json: JSON) throws -> [String] {
      try json["kills"].elements.map { try $0["victim"]["name"].string }
    }
    #expect(try victims(sparse.json) == victims(whole))
    #expect(try sparse.json["complete"] == false)
    #expect(try ask(["predict"]).output.contains("Next to die: "))
    #expect(try !ask(["predict"]).output.contains("not all processes are seen"))
  }

  @Test func `says once what it lacks`() throws {
    let list = try ask(["predict"])
    let lines = list.errors.split(separator: "\n").filter { $0.contains("lack stat") }
    #expect(lines.count == 1)
    #expect(try ask(["list"]).output.split(separator: "\n").count > 3)
  }

  @Test func `isn't calm: doctor's check fails, and says that not all was captured`() throws {
    let doctor = try ask(["doctor", "--check"])
    #expect(doctor.status == .failed)
    #expect(!doctor.output.contains("Nothing to worry about"))
    #expect(!doctor.output.contains("looked at 0 processes"))
  }

  @Test func `explains a process by its name`() throws {
    let name = try #require(
      Self.machine.processes.last.map { String(decoding: $0.name, as: UTF8.self) })
    #expect(try ask(["explain", name, "--json"]).status == .done)
  }
}
