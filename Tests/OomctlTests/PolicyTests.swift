import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("When memory is short the kernel")
struct PolicyTests {
  private func predict(
    _ settings: [String: String], _ words: [String] = [], kernel: String = "6.1.0",
    files: [String: FixtureTree.Entry] = [:]
  ) throws -> JSON {
    let machine = FixtureMachine.server.with {
      $0.kernel = kernel
      $0.files = files
      for (name, value) in settings {
        $0.files["proc/sys/vm/\(name)"] = .file(Array("\(value)\n".utf8))
      }
    }
    return try run(["predict", "--json"] + words, on: machine.tree()).json
  }

  private static let box: [String: FixtureTree.Entry] = [
    "sys/fs/cgroup/system.slice/app.service/memory.max": "1073741824\n"
  ]
  private static let inBox = ["--in", "/system.slice/app.service"]

  @Test(
    "panics where panic_on_oom says so",
    arguments: [
      ("0", [], false), ("1", [], true), ("2", [], true), ("1", inBox, false), ("2", inBox, true),
    ] as [(String, [String], Bool)])
  func panics(value: String, words: [String], panics: Bool) throws {
    let json = try predict(["panic_on_oom": value], words, files: Self.box)
    #expect(try json["policy"]["panic"] == .flag(panics))
    #expect(try json["outcome"] == (panics ? "panic" : "kill"))
    #expect(try json["kills"].elements.isEmpty == panics)
  }

  @Test("kills whoever asks, if told so and asked for")
  func allocatingTask() throws {
    let json = try predict(["oom_kill_allocating_task": "1"])
    #expect(try json["policy"]["kill_allocating_task"] == true)
    #expect(try json["kills"].elements.isEmpty)
    let named = try predict(["oom_kill_allocating_task": "1"], ["--invoker", "1400"])
    #expect(try named["kills"].elements.map { try $0["victim"]["pid"] } == [1400])
    // One that can't be killed isn't; then the worst is.
    let other = try predict(["oom_kill_allocating_task": "1"], ["--invoker", "400"])
    #expect(try other["kills"].elements.map { try $0["victim"]["pid"] } == [1300])
  }

  @Test("doesn't ask who asked inside a memory cgroup")
  func allocatingTaskInGroup() throws {
    let json = try predict(["oom_kill_allocating_task": "1"], Self.inBox, files: Self.box)
    #expect(try json["kills"].elements.map { try $0["victim"]["pid"] } == [1200])
  }

  @Test("lets the processes of a group wait that asks for it")
  func killDisabled() throws {
    let folder = "sys/fs/cgroup/memory/system.slice/app.service"
    let json = try predict(
      [:], Self.inBox,
      files: [
        "\(folder)/memory.limit_in_bytes": "1073741824\n",
        "\(folder)/memory.oom_control": "oom_kill_disable 1\nunder_oom 0\n",
      ])
    #expect(try json["outcome"] == "wait")
    #expect(try json["kills"].elements.isEmpty)
  }

  /// A group of version 1 whose processes wait instead of being killed.
  private static func waiting(_ isNow: Bool, isDisabled: Bool = true) -> FixtureMachine {
    FixtureMachine.server.with {
      let folder = "sys/fs/cgroup/memory/system.slice/app.service"
      $0.files["\(folder)/memory.limit_in_bytes"] = "1073741824\n"
      $0.files["\(folder)/memory.usage_in_bytes"] = "10737418\n"
      $0.files["\(folder)/memory.oom_control"] =
        "oom_kill_disable \(isDisabled ? 1 : 0)\nunder_oom \(isNow ? 1 : 0)\n"
    }
  }

  @Test(
    "says whether processes of such a group wait right now",
    arguments: [
      (
        waiting(true), true,
        "Nobody is killed: tasks wait right now (memory.oom_control: under_oom 1)"
      ),
      (waiting(false), false, "Nobody is killed: whoever asks for more waits (memory.oom_control)"),
      (waiting(true, isDisabled: false), false, "Next to die: java[1200]"),
    ])
  func waitingNow(machine: FixtureMachine, isNow: Bool, answer: String) throws {
    let tree = try machine.tree()
    #expect(run(["predict"] + Self.inBox, on: tree).output.contains(answer))
    let json = try run(["predict", "--json"] + Self.inBox, on: tree).json
    #expect(try json["policy"]["under_oom"] == .flag(isNow))
    let text = "tasks in memory cgroup /system.slice/app.service wait for memory right now"
    for words in [
      ["doctor"], ["memory", "--cgroup", "/system.slice/app.service"],
      ["explain", "java"],
    ] {
      let page = run(words, on: tree).output
        .split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(page.lowercased().contains(text) == isNow, "\(page)")
      #expect(
        page.contains("/memory/system.slice/app.service/memory.oom_control]") == isNow)
    }
    let findings = try run(["doctor", "--json"], on: tree).json["findings"].elements
    let severities = try findings.filter { try $0["id"] == "cgroup_waiting" }.map {
      try $0["severity"]
    }
    #expect(severities == (isNow ? ["critical"] : []))
  }

  @Test("finds nobody where all are exempt")
  func nobody() throws {
    let machine = FixtureMachine(processes: [
      FixtureProcess(1, "init", resident: 10),
      .kernelThread(2, "kthreadd", parent: 0),
      FixtureProcess(10, "sh", resident: 10).with { $0.adjustment = -1000 },
    ])
    let prediction = try run(["predict"], on: machine.tree())
    #expect(prediction.output.contains("System is deadlocked on memory"))
    #expect(try run(["predict", "--json"], on: machine.tree()).json["outcome"] == "nobody")
  }

  @Test("may do what can't be read, and that is said")
  func unknown() throws {
    let machine = FixtureMachine.server.with { $0.files["proc/sys/vm/panic_on_oom"] = "often\n" }
    let prediction = try run(["predict", "--json"], on: machine.tree())
    #expect(try prediction.json["policy"]["panic"] == nil)
    #expect(prediction.errors.contains("vm.panic_on_oom can't be read: taken for 0"))
  }

  @Test("panicked at any number, before it checked them")
  func oldNumbers() throws {
    let machine = FixtureMachine.server.with {
      $0.kernel = "2.6.32"
      $0.files["proc/sys/vm/panic_on_oom"] = "3\n"
    }
    #expect(try run(["predict", "--json"], on: machine.tree()).json["outcome"] == "panic")
  }

  @Test("has no order of turns where it doesn't look for the worst")
  func noTurns() throws {
    let machine = FixtureMachine.server.with { $0.files["proc/sys/vm/panic_on_oom"] = "1\n" }
    let prediction = try run(["predict", "--before", "java"], on: machine.tree())
    #expect(prediction.output.contains("panics"))
    #expect(!prediction.output.contains("java"))
  }

  @Test("to 5.0 takes a child of whoever asks")
  func childOfInvoker() throws {
    let machine = FixtureMachine(
      kernel: "4.4.0",
      processes: [
        FixtureProcess(1, "init", resident: 100).with { $0.parent = 0 },
        .kernelThread(2, "kthreadd", parent: 0), FixtureProcess(9, "worst", resident: 90_000),
        FixtureProcess(10, "parent", resident: 9_000),
        FixtureProcess(11, "child", resident: 900).with { $0.parent = 10 },
      ]
    ).with { $0.files["proc/sys/vm/oom_kill_allocating_task"] = "1\n" }
    let json = try run(["predict", "--json", "--invoker", "10"], on: machine.tree()).json
    #expect(try json["kills"].elements.map { try $0["victim"]["pid"] } == [11])
  }
}
