import Arguments
import Core
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import MetricsExport
@testable import Processes

@Suite("Metrics of a machine")
struct MetricsPagesTests {
  private func check(_ machine: FixtureMachine, _ file: String, top: Int = 10) throws {
    var metrics = Metrics()
    metrics.top = GroupCount(top)
    // What each means is told in the other tests.
    let lines = try metrics.shown(on: machine).split(separator: "\n")
      .filter { !$0.hasPrefix("# HELP") && !$0.contains("oomctl_build_info") }
    let text = lines.joined(separator: "\n") + "\n"
    #expect(try text == expectedText(file, recording: text))
  }

  /// A server whose groups have several processes, counts of kills, and protection.
  private static let server = FixtureMachine.server.with {
    $0[1201] = $0[1200].with {
      $0.id = 1201
      $0.adjustment = -1000
    }
    $0[1202] = $0[1200].with {
      $0.id = 1202
      $0.parent = 1200
      $0.adjustment = -900
    }
    $0.files["sys/fs/cgroup/system.slice/app.service/memory.events"] = "oom_kill 3\n"
    $0.files[
      "sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice/firefox.service/memory.events"
    ] =
      "oom_kill 1\n"
  }

  @Test("are those of its processes and memory", arguments: [0, 1, 2, 10])
  func top(count: Int) throws {
    try check(Self.server, "server-top-\(count).txt", top: count)
  }

  @Test("follow its kernel", arguments: ["2.6.30", "2.6.36", "4.4", "odd"])
  func kernels(release: String) throws {
    try check(Self.server.with { $0.kernel = release }, "kernel-\(release).txt")
  }

  @Test("leave out what isn't known")
  func unknown() throws {
    try check(
      FixtureMachine(processes: []).with {
        $0.files = [
          "proc/meminfo": "MemFree: 5 kB\n", "proc/vmstat": "x 1\n", "proc/pressure/memory": "",
        ]
      }, "nothing.txt")
  }

  @Test("have zones, low memory and the guard's rules where there are any")
  func zones() throws {
    let zones = [
      FixtureZone(
        name: "DMA", free: 90, min: 100, low: 200, high: 300, managed: 5000,
        protection: [0, 50, 60]),
      FixtureZone(
        name: "Normal", free: 900, min: 100, low: 200, high: 300, managed: 50_000,
        protection: [0, 0, 70]),
      FixtureZone(
        name: "HighMem", free: 9000, min: 10, low: 20, high: 30, managed: 60_000,
        protection: [0, 0, 0]),
    ]
    let machine = Self.server.with(zones).with(memory: [
      ("MemTotal", 460_000), ("MemFree", 40_000), ("MemAvailable", 100_000), ("HighTotal", 240_000),
      ("HighFree", 36_000), ("LowTotal", 220_000), ("LowFree", 4000), ("SwapTotal", 100_000),
      ("SwapFree", 50_000), ("CommitLimit", 300_000), ("Committed_AS", 200_000),
      ("VmallocTotal", 122_880),
    ])
    try check(
      machine.with {
        $0.files["etc/oomctl/rules.conf"] = "java = 5\nbash = x\n"
        $0.files["proc/sys/vm/overcommit_memory"] = "2\n"
        $0.files["proc/sys/vm/overcommit_ratio"] = "50\n"
        $0.files["proc/sys/vm/panic_on_oom"] = "1\n"
      }, "zones.txt")
    try check(Self.server.with { $0.files["etc/oomctl/rules.conf"] = "java = 5\n" }, "rules.txt")
  }

  @Test(
    "are written into a file of a name that is read",
    arguments: [
      ("/a/oomctl.prom", true), (".prom", true), ("/a/oomctl", false), ("/a/x.prom.tmp", false),
      ("prom", false),
    ])
  func output(path: String, isTaken: Bool) {
    var metrics = Metrics()
    metrics.output = PlainText(argument: path)
    #expect(((try? metrics.validate()) != nil) == isTaken)
  }

  @Test(
    "are of so many groups",
    arguments: [("0", 0), ("1000", 1000), ("1001", nil), ("-1", nil), ("x", nil)]
      as [(String, Int?)])
  func counts(argument: String, number: Int?) {
    #expect(GroupCount(argument: argument)?.number == number)
  }
}
