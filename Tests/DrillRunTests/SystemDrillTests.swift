import Arguments
import Glibc
import ProcFS
import ProgramSupport
import Synchronization
import TestSupport
import Testing

@testable import Core
@testable import DrillRun
@testable import Processes

/// What is written to a console, stream by stream.
private final class Written: Sendable {
  private let bytes = Mutex<(output: [UInt8], errors: [UInt8])>(([], []))

  var console: Console {
    Console { stream, more in
      self.bytes.withLock {
        if stream == .output { $0.output += more } else { $0.errors += more }
      }
      return nil
    }
  }

  var text: String {
    bytes.withLock {
      ($0.errors.isEmpty ? "" : "errors: " + String(decoding: $0.errors, as: UTF8.self))
        + String(decoding: $0.output, as: UTF8.self)
    }
  }
}

/// A made machine on which drills are tried: what they may do there hurts nobody.
private struct Ground {
  let tree: FixtureTree
  var own: Int32 = 1400
  var typed: @Sendable () -> String? = { nil }

  init(_ change: (inout FixtureMachine) -> Void = { _ in }) throws {
    tree = try FixtureMachine.server.with {
      $0[1300].adjustment = 0
      $0.files["proc/sysrq-trigger"] = ""
      $0.files["proc/sys/kernel/sysrq"] = "1\n"
      $0.files["dev/kmsg"] = ""
      $0.files["sys/fs/cgroup/cgroup.controllers"] = "memory\n"
      $0.files["sys/fs/cgroup/cgroup.subtree_control"] = "memory\n"
      $0.files["sys/fs/cgroup/cgroup.procs"] = ""
      change(&$0)
    }.tree()
  }

  /// All that a drill says, and its end.
  func drill(_ words: [String]) throws -> String {
    var drill = Drill()
    _ = try drill.take(words)
    let written = Written()
    let (own, typed) = (own, typed)
    let environment = Environment {
      $0.ownID = { own }
      $0.userID = { 0 }
      $0.typedLine = typed
    }
    let program = Program(environment: environment, console: written.console)
    let world = try World(root: tree.path, environment: environment)
    var end: String
    do throws(Failure) {
      let status =
        drill.isOfSystem
        ? try SystemDrill(command: drill).run(by: program, in: world)
        : try GroupDrill(command: drill).run(by: program, in: world)
      end = "\(status)"
    } catch {
      end = "\(error.status): \(error.message) / \(error.advice ?? "-")"
    }
    let trigger = try? TestSupport.text(at: "\(tree.path)/proc/sysrq-trigger")
    let text = "\(written.text)\(end)\(trigger == "f" ? ", called" : "")\n"
    return text.replacing(tree.path, with: "")
      .replacing("\"version\":\"\(Version.current)\"", with: "\"version\":\"VERSION\"")
  }

  /// A shell that does what the kernel would as soon as it is called.
  func kernel(does actions: String) throws -> Spawned {
    try Spawned(
      "/bin/sh",
      [
        "-c",
        "cd \(tree.path) && until grep -q f proc/sysrq-trigger; do sleep 0.01; done; \(actions)",
      ])
  }
}

@Suite("A drill of the whole system")
struct SystemDrillTests {
  private static let yes = ["--sysrq", "--yes", "java"]

  @Test("is done once the victim's name is given or typed, and nothing stands against it")
  func refusals() throws {
    var text = ""
    func check(
      _ name: String, _ words: [String] = Self.yes, typed: String? = nil,
      _ change: (inout FixtureMachine) -> Void = { _ in }
    ) throws {
      var ground = try Ground(change)
      ground.typed = { typed }
      text += "== \(name)\n" + (try ground.drill(words))
    }
    try check("dry", ["--sysrq", "--dry-run"])
    try check("dry, in JSON", ["--sysrq", "--dry-run", "--json"])
    try check("dry, without SysRq", ["--sysrq", "--dry-run"]) {
      $0.files["proc/sysrq-trigger"] = nil
      $0.files["proc/sys/kernel/sysrq"] = "176\n"
    }
    try check("dry, another name", ["--sysrq", "--dry-run", "--yes", "bash"])
    try check("another name", ["--sysrq", "--yes", "bash"])
    try check("nobody there", ["--sysrq"])
    try check("nobody to type in JSON", ["--sysrq", "--json"], typed: "java")
    try check("typed otherwise", ["--sysrq"], typed: "jav")
    try check("a higher score elsewhere") {
      $0[1300].score = 2000
    }
    for (kernel, panic) in [
      ("4.2.0", "1\n"), ("4.2.0", "2\n"), ("2.6.32", nil), ("4.2.0", nil),
    ] as [(String, String?)] {
      try check("panics on \(kernel), \(panic ?? "unreadable\n")") {
        $0.kernel = kernel
        $0.files["proc/sys/vm/panic_on_oom"] =
          panic.map { .file(Array($0.utf8)) } ?? .folder
      }
    }
    for (kernel, panic) in [
      ("4.2.9", "1\n"), ("4.2.9", nil), ("4.3.0", "1\n"), ("6.1.0", "1\n"),
    ] as [(String, String?)] {
      for force in [[], ["--force"]] {
        try check(
          "panic_on_oom \(panic ?? "unreadable\n") on \(kernel) \(force)",
          ["--sysrq", "--dry-run"] + force
        ) {
          $0.kernel = kernel
          $0.files["proc/sys/vm/panic_on_oom"] = panic.map { .file(Array($0.utf8)) } ?? .folder
        }
      }
    }
    try check("nobody to be killed") {
      for index in $0.processes.indices { $0.processes[index].adjustment = -1000 }
    }
    try check("an unknown kernel") { $0.files["proc/sys/kernel/osrelease"] = "odd\n" }
    try check("a process that can't be read") { $0.files["proc/1300/status"] = .folder }
    #expect(try text == expectedText("system-refusals.txt", recording: text))
  }

  @Test("says what is lost with the victim")
  func warnings() throws {
    var text = ""
    for (name, own, change) in [
      ("nothing", 1400, { _ in }), ("itself", 1200, { _ in }),
      ("above it", 1400, { $0[1400].parent = 1200 }),
      ("further above it", 1501, { $0[1400].parent = 1200 }),
      (
        "with another", 1400,
        { machine in
          machine[1201] = machine[1200].with {
            $0.id = 1201
            $0.name = Array("twin".utf8)
            $0.parent = 1200
          }
        }
      ),
      (
        "alone", 1400,
        { machine in
          machine.processes = machine.processes.filter { [1, 2, 1200, 1400].contains($0.id) }
          machine[1400].adjustment = -1000
        }
      ),
      ("close", 1400, { $0[1500].memory = $0[1200].memory }),
    ] as [(String, Int32, (inout FixtureMachine) -> Void)] {
      var ground = try Ground(change)
      ground.own = own
      text += "== \(name)\n" + (try ground.drill(["--sysrq", "--dry-run"]))
    }
    #expect(try text == expectedText("system-warnings.txt", recording: text))
  }

  @Test("isn't done where meanwhile another one is the worst")
  func meanwhile() throws {
    var ground = try Ground()
    let tree = ground.tree
    ground.typed = {
      tree.remove("proc/1200")
      return "java"
    }
    let text = try ground.drill(["--sysrq"])
    #expect(text.hasSuffix("nothing was done / Look at it again.\n"))
    #expect(text.contains("meanwhile it would be ") && !text.contains("called"))
  }

  private static let counted = "echo oom_kill 3 > proc/vmstat"

  private static func says(_ victim: String) -> String {
    "echo '6,1,1,-;Out of memory: Killed process \(victim) total-vm:1kB, anon-rss:1kB' >> dev/kmsg"
  }

  /// Stores what is told where the kernel does certain things.
  private func check(_ cases: [(name: String, words: [String], actions: String)], _ file: String)
    throws
  {
    var text = ""
    for (name, words, actions) in cases {
      var ground = try Ground {
        if name.hasPrefix("not countable") { $0.files["proc/vmstat"] = "nr_free_pages 1\n" }
      }
      ground.typed = { "java" }
      let kernel = try ground.kernel(does: actions)
      text += "== \(name)\n" + (try ground.drill(words))
      kernel.stop()
    }
    #expect(try text == expectedText(file, recording: text))
  }

  @Test("tells by the kernel's words who died")
  func named() throws {
    let words = "\(Self.counted); \(Self.says("1200 (java)")); rm -r proc/1200"
    try check(
      [
        ("foretold", Self.yes, words), ("in JSON", Self.yes + ["--json"], words),
        (
          "another one", Self.yes,
          "rm -r proc/900; \(Self.says("900 (postgres)")); \(Self.counted)"
        ),
        (
          "one that nobody saw, in JSON", Self.yes + ["--json"],
          "\(Self.says("77 (unseen)")); \(Self.counted)"
        ),
        ("one that nobody saw", Self.yes, "\(Self.says("77 (unseen)")); \(Self.counted)"),
      ], "system-named.txt")
  }

  @Test("tells without words by who is gone")
  func gone() throws {
    try check(
      [
        ("foretold", Self.yes, "\(Self.counted); rm -r proc/1200"),
        ("foretold, in JSON", Self.yes + ["--json"], "\(Self.counted); rm -r proc/1200"),
        ("not counted", Self.yes, "rm -r proc/1200"),
        ("counted twice", Self.yes, "echo oom_kill 4 > proc/vmstat; rm -r proc/1200"),
        ("not countable", Self.yes, "rm -r proc/1200"),
        ("asked for", ["--sysrq"], "\(Self.counted); rm -r proc/1200"),
      ], "system-gone.txt")
  }

  @Test("tells without words that it was another one, or nobody")
  func others() throws {
    try check(
      [
        ("another one", Self.yes, "rm -r proc/900; \(Self.counted)"),
        ("in JSON", Self.yes + ["--json"], "rm -r proc/900; \(Self.counted)"),
        ("several others", Self.yes, "rm -r proc/900 proc/1300; \(Self.counted)"),
        ("nobody", Self.yes, Self.counted),
      ], "system-others.txt")
  }
}

@Suite("A drill in a group")
struct GroupDrillTests {
  private func end(
    _ words: [String] = [], own: Int32 = 1, _ change: (inout FixtureMachine) -> Void
  ) throws -> String {
    var ground = try Ground(change)
    ground.own = own
    let text = try ground.drill(["--dry-run"] + words)
    let end = text.split(separator: "\n").last ?? ""
    return end == "done" ? "done" : String(end.prefix { $0 != "/" }.dropLast())
  }

  private static func meminfo(_ lines: String) -> (inout FixtureMachine) -> Void {
    { $0.files["proc/meminfo"] = .file(Array("MemTotal: 4194304 kB\n\(lines)".utf8)) }
  }

  @Test(
    "takes at most a quarter of what is available",
    arguments: [
      ("MemAvailable: 262144 kB\n", true), ("MemAvailable: 262140 kB\n", false),
      ("MemFree: 262144 kB\n", true), ("MemFree: 262140 kB\n", false),
      ("MemFree: 4 kB\nMemAvailable: 262144 kB\n", true),
      ("MemFree: 999999 kB\nMemAvailable: 4 kB\n", false), ("", true),
    ])
  func available(lines: String, isTaken: Bool) throws {
    let end = try end([], Self.meminfo(lines))
    #expect((end == "done") == isTaken, "\(end)")
    #expect(isTaken || end.hasPrefix("refused: the drill takes 64 MiB, and the machine has only "))
    #expect(try self.end(["--force"], Self.meminfo(lines)) == "done")
  }

  @Test(
    "takes at most half of what its place leaves",
    arguments: [("134217728", true), ("134217727", false), ("max", true)])
  func room(limit: String, isTaken: Bool) throws {
    func change(_ machine: inout FixtureMachine) {
      machine.files["sys/fs/cgroup/cgroup.controllers"] = "cpu\n"
      machine[1].cgroup = "0::/a\n"
      machine.files["sys/fs/cgroup/a/cgroup.controllers"] = "memory\n"
      machine.files["sys/fs/cgroup/a/cgroup.subtree_control"] = "memory\n"
      machine.files["sys/fs/cgroup/a/cgroup.procs"] = ""
      machine.files["sys/fs/cgroup/a/memory.max"] = .file(Array("\(limit)\n".utf8))
    }
    let end = try end([], change)
    #expect((end == "done") == isTaken, "\(end)")
    #expect(isTaken || end == "refused: the drill takes 64 MiB, and")
    #expect(try self.end(["--force"], change) == "done")
  }

  @Test(
    "isn't held where the kernel would panic",
    arguments: [
      ("0\n", "done"), ("1\n", "done"),
      ("2\n", "refused: with vm.panic_on_oom 2 the kernel would panic, not kill"),
      (nil, "refused: vm.panic_on_oom can't be read, and with 2 the kernel would panic"),
    ] as [(String?, String)])
  func panics(setting: String?, expected: String) throws {
    func change(_ machine: inout FixtureMachine) {
      machine.files["proc/sys/vm/panic_on_oom"] =
        setting.map { .file(Array($0.utf8)) } ?? .folder
    }
    #expect(try end([], change) == expected)
    #expect(try end(["--force"], change) == "done")
  }
}
