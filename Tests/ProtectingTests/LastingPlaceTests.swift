import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import Protecting

@Suite("What a process is called at its next start")
struct LastingPlaceTests {
  /// A process as it is read, with something changed.
  private func record(_ change: (inout FixtureProcess) -> Void) throws -> ProcessSnapshot {
    let process = FixtureProcess(50, "app", resident: 9).with(change)
    let tree = try FixtureMachine(processes: [process]).tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    let all = try ProcessList(
      on: machine, needs: .all.union(.executable), isScored: false, in: world.proc
    ).subjects
    return try #require(all.first).record
  }

  private func place(_ cgroup: String) throws -> (place: String?, isInContainer: Bool) {
    let record = try record { $0.cgroup = "0::\(cgroup)\n" }
    return (record.lastingPlace, record.isInContainer)
  }

  @Test(
    "is its unit, or its memory cgroup, where that lasts",
    arguments: [
      ("/system.slice/a.service", "unit:a.service"), ("/system.slice/run-a.service", nil),
      ("/system.slice/ssh.service", nil), ("/system.slice/a.scope", nil),
      ("/user.slice/user-5.slice/session-2.scope", nil),
      ("/user.slice/user-5.slice/user@5.service/app.slice/b.service", "unit:b.service"),
      ("/user.slice/user-5.slice/user@5.service/app.slice/run-b.service", nil),
      ("/", nil), ("/box", "cgroup:/box"), ("/box/inner", "cgroup:/box/inner"),
      ("/docker/abc", nil), ("/box/docker", nil),
    ] as [(String, String?)])
  func places(cgroup: String, expected: String?) throws {
    #expect(try place(cgroup).place == expected)
  }

  @Test(
    "is another one in a container, each time",
    arguments: [
      ("/docker/abc", true), ("/lxc/web", true), ("/libpod_parent/x", true),
      ("/kubepods.slice/x", true), ("/kubepods-besteffort.slice/x", false), ("/dockers/x", false),
      ("/\(String(repeating: "a", count: 32))", true),
      ("/\(String(repeating: "a", count: 31))", false),
      ("/\(String(repeating: "0", count: 64))", true),
      ("/\(String(repeating: "9f", count: 16))", true),
      ("/\(String(repeating: "g", count: 32))", false),
      ("/\(String(repeating: "A", count: 32))", false),
      ("/\(String(repeating: "/", count: 32))", false),
      ("/\(String(repeating: ":", count: 32))", false),
      ("/\(String(repeating: "`", count: 32))", false),
      ("/a/crio-\(String(repeating: "b", count: 32)).scope", true), ("/", false), ("/box", false),
    ])
  func containers(cgroup: String, isInContainer: Bool) throws {
    #expect(try place(cgroup).isInContainer == isInContainer)
  }

  @Test(
    "is what an interpreter runs",
    arguments: [
      ("/usr/bin/python3.11", true), ("/usr/bin/python", true), ("/bin/sh", true),
      ("/usr/bin/java", true), ("/usr/bin/php8.2-fpm", true), ("/usr/bin/beam.smp", true),
      ("/usr/bin/shred", false), ("/usr/bin/nginx", false), ("/usr/bin/node-exporter", true),
      ("/opt/7zip", false),
    ])
  func interpreters(program: String, isOne: Bool) throws {
    #expect(try record { $0.program = program }.isInterpreter == isOne)
    #expect(try !record { $0.program = nil }.isInterpreter)
  }

  @Test(
    "is in an interpreter's command line, where that says it",
    arguments: [
      (["python3", "/srv/a.py"], "/srv/a.py"), (["python3", "-u", "/srv/a.py", "x"], "/srv/a.py"),
      (["python3", "-m", "http.server"], "-m http.server"),
      (["java", "-Xmx2g", "-jar", "a.jar"], "-jar a.jar"),
      (["python3", "-m"], nil), (["java", "-jar"], nil), (["python3"], nil),
      (["python3", "-u"], nil),
      (["sh", "-c", "/srv/a"], nil), (["perl", "-e", "x"], nil), (["sh", "/srv/a", "-c"], nil),
      ([], nil),
      (["-jar", "a.py"], "a.py"),
    ] as [([String], String?)])
  func scripts(words: [String], script: String?) throws {
    #expect(try record { $0.words = words }.scriptWords == script)
  }

  @Test(
    "tells a protection's value from others",
    arguments: [
      (nil, true), (-900, true), (-1000, true), (-899, false), (-901, false), (-999, false),
      (0, false),
    ] as [(Int?, Bool)])
  func values(adjustment: Int?, isOurs: Bool) {
    #expect(Protect.mayHaveSet(adjustment) == isOurs)
  }
}

@Suite("Warnings of immunity")
struct ImmunityTests {
  /// The warnings on a process of a machine with 100 000 pages.
  private func warnings(
    resident: Int, peak: Int? = nil, _ change: (inout FixtureMachine) -> Void = { _ in }
  ) throws -> [String] {
    var machine = FixtureMachine(
      ram: 100_000, swap: 0,
      processes: [
        FixtureProcess(50, "app", resident: resident).with { $0.cgroup = "0::/box\n" }
      ])
    if let peak {
      let status = String(
        decoding: machine[50].files(on: machine).compactMap { name, entry in
          if name == "status", case .file(let bytes) = entry { bytes } else { nil }
        }.joined(), as: UTF8.self)
      machine.files["proc/50/status"] = .file(Array("VmHWM:\t\(peak * 4) kB\n\(status)".utf8))
    }
    change(&machine)
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment())
    let known = Machine(world, options: MachineOptions())
    let all = try ProcessList(on: known, needs: .all, isScored: true, in: world.proc).subjects
    return Immunity.warnings(on: try #require(all.first), machine: known, in: world)
  }

  @Test(
    "begin at a tenth of RAM",
    arguments: [(9999, nil), (10_000, 10), (10_999, 10), (11_000, 11), (50_000, 50)]
      as [(Int, Int?)])
  func size(resident: Int, percent: Int?) throws {
    let warning = try warnings(resident: resident).first { $0.contains(" % of RAM") }
    #expect((warning == nil) == (percent == nil))
    if let percent { #expect(warning?.contains(", \(percent) % of RAM") == true) }
  }

  @Test(
    "are of what is as large as it ever was, from 64 MiB on",
    arguments: [
      (16_384, 16_384, true), (16_384, 16_385, false), (16_385, 16_384, true),
      (16_383, 16_383, false),
    ])
  func growth(resident: Int, peak: Int, isTold: Bool) throws {
    let warnings = try warnings(resident: resident, peak: peak)
    #expect(warnings.contains { $0.contains("as large as it ever was") } == isTold)
    #expect(try !self.warnings(resident: resident).contains { $0.contains("as it ever was") })
  }

  @Test("are of the limit that it runs under")
  func limit() throws {
    let limited = try warnings(resident: 10) { $0.files["sys/fs/cgroup/box/memory.max"] = "4096\n" }
    #expect(limited.count == 1 && limited[0].hasPrefix("app[50] runs in /box, limited to 4.0 KiB"))
    #expect(try warnings(resident: 10).isEmpty)
  }
}
