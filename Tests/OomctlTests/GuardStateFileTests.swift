import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import GuardService
@testable import oomctl

@Suite("The guard's word on how it fares")
struct GuardStateFileTests {
  private let file = GuardStateFile(
    process: ProcessIdentity(id: ProcessID(700), startTicks: 100), ruleCount: 3, problemCount: 0,
    since: 5, path: "/etc/my rules")

  /// A machine on which a process 700 is the guard, or something else.
  private func machine(
    _ state: GuardStateFile?, _ change: (inout FixtureProcess) -> Void = { _ in }
  ) -> FixtureMachine {
    FixtureMachine.server.with {
      var process = FixtureProcess(700, "oomctl", resident: 900)
      process.words = ["oomctl", "guard", "--rules", "/etc/my rules"]
      change(&process)
      $0[700] = process
      $0.files["etc/my rules"] = "broken\n"
      if let state { $0.files["run/oomctl-guard/state"] = .file(state.bytes) }
    }
  }

  /// What `metrics` says of running, rules and their worth.
  private func metrics(_ machine: FixtureMachine) throws -> [String?] {
    let result = try run(["metrics"], on: machine.tree())
    return ["running", "rules", "rules_valid"].map { name in
      result.lines.first { $0.hasPrefix("oomctl_guard_\(name) ") }?
        .split(separator: " ").last.map(String.init)
    }
  }

  @Test("reads back as it was written", arguments: ["/etc/rules", "/etc/my rules", "/e\u{301}"])
  func parsing(path: String) {
    var file = file
    file.path = path
    #expect(GuardStateFile(parsing: file.bytes) == file)
    file.path = "/a\npid 1"
    #expect(GuardStateFile(parsing: file.bytes)?.process.id == ProcessID(700))
  }

  @Test(
    "is nothing where it isn't whole",
    arguments: ["", "pid 1\n", "pid x\nstart 1\nrules 1\nproblems 0\nsince 1\npath /a\n"])
  func malformed(text: String) {
    #expect(GuardStateFile(parsing: Array(text.utf8)) == nil)
  }

  @Test("counts for more than the file of rules")
  func trusted() throws {
    #expect(try metrics(machine(file)) == ["1", "3", "1"])
    var broken = file
    broken.problemCount = 2
    #expect(try metrics(machine(broken)) == ["1", "3", "0"])
  }

  @Test("counts only while that guard lives")
  func stale() throws {
    // The rules as they are found now.
    let judged = ["1", nil, "0"]
    #expect(try metrics(machine(nil)) == judged)
    var other = file
    other.process.startTicks = 99
    #expect(try metrics(machine(other)) == judged)
    other = file
    other.process.id = ProcessID(701)
    #expect(try metrics(machine(other)) == judged)
    #expect(try metrics(machine(file) { $0.user = 1000 }) == ["0", nil, nil])
    #expect(
      try metrics(
        machine(file) {
          $0.name = Array("sleep".utf8)
          $0.program = "/usr/bin/sleep"
          $0.words = ["sleep", "1"]
        }) == ["0", nil, nil])
  }

  @Test("may be missing: the command line's path is seen from where it was started")
  func relative() throws {
    let machine = machine(nil) { $0.words = ["oomctl", "guard", "--rules", "sub/rules"] }.with {
      $0.files["proc/700/cwd"] = .link("/srv")
      $0.files["srv/sub/rules"] = "a = 1\nb = 2\n"
    }
    #expect(try metrics(machine) == ["1", "2", "1"])
  }

  @Test("is unknown where processes are hidden, and so is all else")
  func hidden() throws {
    let machine = FixtureMachine.server.with {
      $0.processes.removeAll { $0.id == 1 }
      $0.files["proc/self/mountinfo"] = "21 1 0:19 / /proc rw - proc proc rw,hidepid=invisible\n"
      $0.files["etc/oomctl/rules.conf"] = "a = 1\n"
    }
    #expect(try metrics(machine) == [nil, nil, nil])
  }

  @Test("that can't be read is an error, and leaves all else unknown")
  func unreadable() throws {
    let tree = try FixtureMachine.server.with {
      $0.files["run/oomctl-guard/state"] = .folder
      $0.files["etc/oomctl/rules.conf"] = "a = 1\n"
    }.tree()
    let result = run(["metrics"], on: tree)
    #expect(result.status == .failed)
    #expect(result.errors.contains("run/oomctl-guard/state: "))
    #expect(!result.output.contains("\noomctl_guard"))
  }

  @Test(
    "is trusted only where nobody else can have written it", .enabled(if: geteuid() == 0),
    arguments: ["mode", "owner", "link", "folder"])
  func distrust(how: String) throws {
    let tree = try FixtureTree(["run/state": .file(file.bytes)])
    let path = "\(tree.path)/run/state"
    let folder = try Directory(path: "\(tree.path)/run")
    #expect(try folder.trustedContents(of: "state", owner: 0, longest: 1 << 20) == file.bytes)
    switch how {
    case "mode": unsafe chmod(path, 0o646)
    case "owner": unsafe chown(path, 65534, 65534)
    case "link":
      unsafe rename(path, "\(tree.path)/elsewhere")
      unsafe symlink("\(tree.path)/elsewhere", path)
    default: unsafe chmod("\(tree.path)/run", 0o777)
    }
    #expect(throws: ProcFSError.self) {
      try folder.trustedContents(of: "state", owner: 0, longest: 1 << 20)
    }
    #expect(try folder.trustedContents(of: "none", owner: 0, longest: 1) == nil || how == "folder")
  }

  @Test("is removed by the guard that wrote it last")
  func removal() throws {
    let tree = try FixtureTree(["proc/x": "", "run/x": ""])
    let world = try World(root: tree.path, environment: Environment())
    try file.write(to: "/run/a/state", in: world)
    var other = file.process
    other.startTicks = 99
    GuardStateFile.remove(from: "/run/a/state", of: other, in: world)
    #expect(try tree.file("run/a/state") == String(decoding: file.bytes, as: UTF8.self))
    GuardStateFile.remove(from: "/run/a/state", of: file.process, in: world)
    #expect(try names(in: "\(tree.path)/run/a").filter { !$0.hasPrefix(".") }.isEmpty)
  }
}
