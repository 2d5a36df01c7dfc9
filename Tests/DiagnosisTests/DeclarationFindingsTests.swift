import Core
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Diagnosis
@testable import Processes

@Suite("Findings on what unit files declare")
struct DeclarationFindingsTests {
  private static let folder = "etc/systemd/system"

  /// What is found of `app`, a service with these files, as `ID severity: text`.
  private func findings(
    _ files: [String: String], adjustment: Int = 0, kernel: String = "6.1.0",
    _ change: (inout FixtureMachine) -> Void = { _ in }
  ) throws -> [String] {
    var app = FixtureProcess(70, "app", resident: 100)
    app.cgroup = "0::/system.slice/app.service\n"
    app.adjustment = adjustment
    var machine = FixtureMachine(kernel: kernel, processes: [app])
    for (name, text) in files { machine.files["\(Self.folder)/\(name)"] = .file(Array(text.utf8)) }
    change(&machine)
    let tree = try machine.tree()
    let report = try Doctor().run(in: World(root: tree.path, environment: Environment()))
    let found = (report as? DoctorReport)?.findings ?? []
    let ids = [
      "adjustment_ignored", "adjustment_not_applied", "adjustment_unreachable", "limit_not_applied",
      "policy_not_applied", "oomd_absent", "sysctl_unknown_key", "server_before_workers",
    ]
    return found.filter { ids.contains($0.id) }.map { "\($0.id) \($0.severity): \($0.text)" }
  }

  @Test("name a line that systemd passes over, unless its value holds all the same")
  func ignored() throws {
    let files = ["app.service": "[Unit]\nOOMScoreAdjust=-900\n[Service]\nExecStart=/bin/app\n"]
    #expect(
      try findings(files) == [
        "adjustment_ignored warning: app.service: OOMScoreAdjust=-900 stands in [Unit], where systemd "
          + "ignores it; app[70] has oom_score_adj 0"
      ])
    #expect(try findings(files, adjustment: -900) == [])
    // The kernel's older file is on another scale.
    #expect(try findings(files, kernel: "2.6.32") { $0.processes[0].legacyAdjustment = 0 } == [])
  }

  @Test("name a value that came after the service's start")
  func later() throws {
    let files = ["app.service.d/9.conf": "[Service]\nOOMScoreAdjust=-600\n"]
    let start = "app.service declares OOMScoreAdjust=-600, but app[70] has oom_score_adj 0: "
    #expect(
      try findings(files) { $0.files["proc/stat"] = "btime 1000000000\n" } == [
        "adjustment_not_applied warning: \(start)the file is newer than its start, and counts from the "
          + "next one"
      ])
    #expect(
      try findings(files) { $0.files["proc/stat"] = "btime 9000000000\n" } == [
        "adjustment_not_applied info: \(start)something has changed it since its start, if not the "
          + "program itself"
      ])
    #expect(
      try findings(files) == [
        "adjustment_not_applied warning: \(start)something has changed it since its start, or the file "
          + "is newer than that"
      ])
    #expect(try findings(files, adjustment: -600) == [])
    #expect(try findings(["other.service": "[Service]\nOOMScoreAdjust=-600\n"]) == [])
  }

  @Test(
    "name limits that the group doesn't have",
    arguments: [
      ("MemoryMax=2G", "memory.max", "max", "MemoryMax=2G, but memory.max is max"),
      ("MemoryMax=2G", "memory.max", "2147483648", nil),
      ("MemoryMax=2G", "memory.max", "1073741824", "MemoryMax=2G, but memory.max is 1.0G"),
      ("MemoryMax=infinity", "memory.max", "max", nil),
      ("MemoryMax=25%", "memory.max", "1073741824", nil),
      (
        "MemoryMax=50%", "memory.max", "1073741824",
        "MemoryMax=50%, but memory.max is 1.0G, not 2.0G"
      ),
      ("MemoryHigh=1M", "memory.high", "max", "MemoryHigh=1M, but memory.high is max"),
      ("MemorySwapMax=0", "memory.swap.max", "max", "MemorySwapMax=0, but memory.swap.max is max"),
      ("MemorySwapMax=0", "memory.swap.max", "0", nil),
      (
        "MemoryMax=2Q", "memory.max", "max",
        "MemoryMax=2Q, is no size that systemd takes, and memory.max is max"
      ),
      ("MemoryMax=2G\nMemoryMax=", "memory.max", "max", nil),
    ] as [(String, String, String, String?)])
  func limits(line: String, file: String, value: String, words: String?) throws {
    let found = try findings(["app.service": "[Service]\n\(line)\n"]) { $0.setGroup([file: value]) }
    #expect(
      found == (words.map { ["limit_not_applied warning: app.service declares \($0)"] } ?? []))
  }

  @Test("name a slice's limits, too")
  func slices() throws {
    let found = try findings(["system.slice": "[Slice]\nMemoryMax=1G\n"]) {
      $0.setGroup([:])
      $0.files["sys/fs/cgroup/system.slice/memory.max"] = "max\n"
    }
    #expect(
      found == [
        "limit_not_applied warning: system.slice declares MemoryMax=1G, but memory.max is max"
      ])
  }

  @Test(
    "name a group that doesn't die as declared",
    arguments: [
      (
        "kill", "0",
        "warning: app.service declares OOMPolicy=kill, but memory.oom.group is 0: its "
          + "processes die one by one"
      ),
      ("kill", "1", nil), ("stop", "0", nil),
      (
        "continue", "1",
        "info: app.service declares OOMPolicy=continue, but memory.oom.group is 1: all "
          + "its processes die together"
      ),
    ] as [(String, String, String?)])
  func policies(declared: String, actual: String, words: String?) throws {
    let found = try findings(["app.service": "[Service]\nOOMPolicy=\(declared)\n"]) {
      $0.setGroup(["memory.oom.group": actual])
    }
    #expect(found == (words.map { ["policy_not_applied \($0)"] } ?? []))
  }

  @Test("name units that wait for systemd-oomd in vain")
  func oomd() throws {
    let files = ["app.service": "[Service]\nManagedOOMSwap=kill\n"]
    #expect(
      try findings(files) == [
        "oomd_absent warning: ManagedOOMSwap=kill asks systemd-oomd to kill, which isn't running"
      ])
    #expect(
      try findings(files) { $0.processes.append(FixtureProcess(9, "systemd-oomd", resident: 9)) }
        == [])
    #expect(try findings(["app.service": "[Service]\nManagedOOMSwap=auto\n"]) == [])
  }

  @Test("name what a user's manager can't give")
  func users() throws {
    let found = try findings([:]) { machine in
      let manager = "/user.slice/user-1000.slice/user@1000.service"
      machine.processes = [
        FixtureProcess(50, "systemd", resident: 9).with {
          ($0.user, $0.adjustment, $0.cgroup) = (1000, 100, "0::\(manager)/init.scope\n")
        },
        FixtureProcess(60, "app", resident: 9).with {
          ($0.user, $0.adjustment, $0.parent) = (1000, 100, 50)
          $0.cgroup = "0::\(manager)/app.slice/app.service\n"
        },
      ]
      machine.files["etc/systemd/system/x.service"] = "[Service]\n"
      machine.files["etc/systemd/user/app.service"] = "[Service]\nOOMScoreAdjust=-500\n"
    }
    #expect(
      found == [
        "adjustment_unreachable warning: app.service declares OOMScoreAdjust=-500, but systemd[50], which "
          + "starts it, can't go below its own 100: app[60] has oom_score_adj 100"
      ])
  }

  @Test("name a server that goes before those that it has started")
  func masters() throws {
    func found(_ adjustment: Int) throws -> [String] {
      try findings([:]) { machine in
        machine.processes = [
          FixtureProcess(80, "postgres", resident: 5000).with { $0.adjustment = adjustment },
          FixtureProcess(81, "postgres", resident: 4000).with { $0.parent = 80 },
          FixtureProcess(82, "postgres", resident: 100).with { $0.parent = 80 },
        ]
      }
    }
    #expect(
      try found(0) == [
        "server_before_workers warning: postgres[80] has oom_score_adj 0, and ranks before all 2 of the "
          + "processes that it has started: the kernel takes the whole server instead of one connection"
      ])
    #expect(try found(-900) == [])
  }

  @Test("name keys that the kernel hasn't got")
  func keys() throws {
    func found(_ line: String, of count: Int = 40) throws -> [String] {
      try findings([:]) { machine in
        for number in 0..<count { machine.files["proc/sys/vm/other\(number)"] = "0\n" }
        machine.files["proc/sys/vm/swappiness"] = "60\n"
        machine.files["etc/sysctl.d/9.conf"] = .file(Array("\(line)\n".utf8))
      }.filter { $0.hasPrefix("sysctl_unknown_key") }
    }
    #expect(
      try found("vm.swapiness = 10") == [
        "sysctl_unknown_key warning: /etc/sysctl.d/9.conf:1 sets vm.swapiness, which this kernel doesn't have"
      ])
    #expect(try found("vm.swappiness = 60") == [])
    #expect(try found("net.x.y = 1") == [])
    #expect(try found("vm.swap* = 1") == [])
    // A copy of a few files.
    #expect(try found("vm.swapiness = 10", of: 3) == [])
  }
}

@Suite("An image's files")
struct ImageTests {
  private func report(
    _ files: [String: FixtureTree.Entry], checks: Bool = true
  ) throws -> (text: [String], status: Core.ExitStatus) {
    let tree = try FixtureTree(files)
    var doctor = Doctor()
    doctor.checks = checks
    let world = try World(root: tree.path, environment: Environment(), needsProc: false)
    let report = try doctor.run(in: world)
    return ((report as? ImageReport)?.findings.map(\.text) ?? [], report.status)
  }

  @Test("are held to what systemd takes, though nothing runs", arguments: [true, false])
  func declared(hasProc: Bool) throws {
    var files: [String: FixtureTree.Entry] = [
      "usr/lib/systemd/system/a.service": "[Unit]\nOOMScoreAdjust=5\n[Service]\nMemoryMax=lots\n"
    ]
    if hasProc { files["proc"] = .folder }
    let found = try report(files)
    #expect(
      found.text == [
        "a.service: OOMScoreAdjust=5 stands in [Unit], where systemd ignores it",
        "a.service: MemoryMax=lots is no size that systemd takes",
      ])
    #expect(found.status == .failed)
    #expect(try report(files, checks: false).status == .done)
    let calm = try report(["usr/lib/systemd/system/a.service": "[Service]\nOOMScoreAdjust=5\n"])
    #expect(calm.text == [] && calm.status == .done)
  }

  @Test("are needed: a tree of nothing is refused")
  func empty() throws {
    #expect(throws: Failure.self) { try report(["etc/hostname": "x\n"]) }
  }
}

extension FixtureMachine {
  /// Gives the service `app` a memory cgroup with these values.
  fileprivate mutating func setGroup(_ values: [String: String]) {
    files["proc/self/mountinfo"] = """
      21 1 0:19 / /proc rw,relatime - proc proc rw
      22 1 0:20 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw

      """
    files["sys/fs/cgroup/cgroup.controllers"] = "memory\n"
    let group = "sys/fs/cgroup/system.slice/app.service"
    files["\(group)/memory.current"] = "4096\n"
    for (name, value) in values { files["\(group)/\(name)"] = .file(Array("\(value)\n".utf8)) }
  }
}
