import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("A process that is made immune")
struct ImmunityTests {
  private let groups = "sys/fs/cgroup"

  private func hints(_ words: [String], on machine: FixtureMachine) throws -> [String] {
    try run(["protect", "--json"] + words, on: machine.tree()).hints
  }

  @Test(
    "may be large", arguments: [(1200, "java[1200] uses 2.3 GiB, 57 % of RAM"), (900, nil)])
  func size(id: Int, beginning: String?) throws {
    let hints = try hints(["\(id)", "--never"], on: .server)
    let warning = hints.first { $0.contains("% of RAM") }
    #expect(
      warning
        == beginning.map {
          "\($0), which the kernel can't take back then: it kills all others first, and panics when "
            + "nobody is left."
        })
  }

  @Test(
    "may be as large as it ever was",
    arguments: [
      (500_000, 2_000_000, true), (500_000, 2_000_004, false), (16_384, 65_536, true),
      // It has to be large enough to tell.
      (16_383, 65_532, false),
    ])
  func growth(pages: Int, peak: Int, isWarned: Bool) throws {
    var machine = FixtureMachine.server(1200) {
      $0.memory = FixtureProcess.Memory(resident: pages)
    }
    guard case .file(let status) = machine[1200].files(on: machine)["status"] else {
      Issue.record("no status")
      return
    }
    machine.files["proc/1200/status"] = .file(status + Array("VmHWM:\t\(peak) kB\n".utf8))
    let hints = try hints(["java", "--never"], on: machine)
    #expect(hints.contains { $0.contains("is as large as it ever was") } == isWarned)
  }

  @Test(
    "may live in a group with a limit, where others die in its place",
    arguments: [
      ("0::/box/a\n", "box/memory.max", "134217728\n", "/box", "128 MiB"),
      ("0::/box/a\n", "box/a/memory.max", "1073741824\n", "/box/a", "1.0 GiB"),
      (
        "9:memory:/docker/4f\n0::/x\n", "memory/docker/4f/memory.limit_in_bytes", "134217728\n",
        "/docker/4f", "128 MiB"
      ),
    ])
  func limit(cgroup: String, file: String, limit: String, group: String, size: String) throws {
    let machine = FixtureMachine.server(900) { $0.cgroup = cgroup }.with {
      $0.files["\(groups)/\(file)"] = .file(Array(limit.utf8))
      if !file.hasPrefix("memory/") { $0.files["\(groups)/box/a/cgroup.procs"] = "900\n" }
    }
    #expect(
      try hints(["900", "--never"], on: machine).contains(
        "postgres[900] runs in \(group), limited to \(size): when that is full others in it die in "
          + "its place, or all in it wait for ever."))
  }

  @Test("is warned of nothing without reason", arguments: ["max\n", nil])
  func noLimit(limit: String?) throws {
    let machine = FixtureMachine.server(1300) { $0.cgroup = "0::/box\n" }.with {
      if let limit { $0.files["\(groups)/box/memory.max"] = .file(Array(limit.utf8)) }
    }
    #expect(try hints(["fluentd", "--never"], on: machine).isEmpty)
  }

  @Test("is warned of only when it is made so", arguments: [[], ["--persist"]])
  func ordinary(words: [String]) throws {
    let hints = try hints(["java"] + words, on: .server)
    #expect(!hints.contains { $0.contains("RAM") })
  }
}
