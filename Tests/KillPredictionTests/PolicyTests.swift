import Badness
import CgroupFS
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("What the kernel does before it looks for the worst")
struct PolicyTests {
  private func policy(
    panic: String? = "0\n", invoker: String? = "0\n", _ shortage: Badness.Shortage = .system,
    on kernel: KernelVersion = KernelVersion(6, 1), isKillDisabled: Bool = false,
    isUnderOOM: Bool = false
  ) throws -> Policy {
    var files: [String: FixtureTree.Entry] = [:]
    if let panic { files["proc/sys/vm/panic_on_oom"] = .file(Array(panic.utf8)) }
    if let invoker { files["proc/sys/vm/oom_kill_allocating_task"] = .file(Array(invoker.utf8)) }
    var limits = CgroupLimits()
    limits.isKillDisabled = isKillDisabled
    limits.isUnderOOM = isUnderOOM
    return try FixtureWorld.with(files) { world in
      Policy(
        for: Domain(shortage: shortage, capacity: MemoryCapacity(ram: 1000), limits: limits),
        on: kernel, in: world)
    }
  }

  @Test(
    "is a panic, a wait, the death of who asks, or a search",
    arguments: [
      ("0", "0", false, .search), ("1", "0", false, .panic), ("1", "1", true, .panic),
      ("0", "1", false, .killInvoker), ("0", "1", true, .wait), ("0", "0", true, .wait),
      ("2", "0", false, .panic),
    ] as [(String, String, Bool, Policy.Action)])
  func action(panic: String, invoker: String, isDisabled: Bool, action: Policy.Action) throws {
    let policy = try policy(panic: panic, invoker: invoker, isKillDisabled: isDisabled)
    #expect(policy.action == action && policy.searches == (action == .search))
    #expect((policy.exception == nil) == (action == .search) && policy.unknown.isEmpty)
  }

  @Test("is a panic in a group only at 2, and never the death of who asks")
  func groups() throws {
    for (panic, action) in [("1", Policy.Action.search), ("2", .panic)] {
      #expect(try policy(panic: panic, invoker: "1", .memoryCgroup).action == action)
    }
    #expect(try policy(panic: "1", invoker: "1", .nodes).action == .killInvoker)
  }

  @Test("isn't known of what can't be read, but of what this kernel lacks")
  func unknown() throws {
    let none = try policy(panic: nil, invoker: nil)
    #expect(none.panics == nil && none.killsAllocatingTask == nil && none.action == .search)
    #expect(none.unknown == ["vm.panic_on_oom", "vm.oom_kill_allocating_task"])
    let first = try policy(panic: nil, invoker: "1")
    #expect(first.unknown == ["vm.panic_on_oom"] && first.action == .killInvoker)
    let second = try policy(panic: "5", invoker: nil)
    #expect(second.unknown == ["vm.oom_kill_allocating_task"] && second.action == .panic)
    let old = try policy(panic: nil, invoker: nil, on: KernelVersion(2, 6, 17))
    #expect(old.unknown.isEmpty && old.panics == false && old.killsAllocatingTask == false)
    let group = try policy(panic: nil, invoker: nil, .memoryCgroup)
    #expect(group.unknown == ["vm.panic_on_oom"])
  }

  @Test("is told in a sentence")
  func sentences() throws {
    #expect(try policy(panic: "2").exception?.contains("(vm.panic_on_oom 2)") == true)
    let waiting = try policy(.memoryCgroup, isKillDisabled: true, isUnderOOM: true)
    #expect(waiting.hasWaiting && waiting.exception?.contains("wait right now") == true)
    let later = try policy(.memoryCgroup, isKillDisabled: true)
    #expect(!later.hasWaiting && later.exception?.contains("wait right now") == false)
    let summaries = try [
      ("0", "0", false), ("0", "0", true), ("0", "1", false), ("1", "0", false), ("2", "0", false),
    ].map { try policy(panic: $0.0, invoker: $0.1, isKillDisabled: $0.2).summary }
    #expect(
      summaries == [
        "kill the worst process (panic_on_oom 0, oom_kill_allocating_task 0)",
        "wait (panic_on_oom 0, oom_kill_allocating_task 0)",
        "kill the process that asks for memory (panic_on_oom 0, oom_kill_allocating_task 1)",
        "panic, but in cgroups kill the worst process (panic_on_oom 1, oom_kill_allocating_task 0)",
        "panic (panic_on_oom 2, oom_kill_allocating_task 0)",
      ])
    #expect(
      try policy(panic: nil, invoker: nil).summary.hasSuffix(
        "panic_on_oom -, oom_kill_allocating_task -)"))
  }

  @Test("of a machine needs its kernel's version")
  func machine() throws {
    let tree = try FixtureMachine.two().tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    #expect(Policy(ofSystemOn: machine, in: world)?.action == .search)
    var unknown = machine
    unknown.kernel = nil
    #expect(Policy(ofSystemOn: unknown, in: world) == nil)
  }

  @Test("ends in a word of what comes out")
  func outcome() throws {
    let cases: [(Policy, Int, Prediction.Outcome)] = try [
      (policy(), 1, .kill), (policy(), 0, .nobody), (policy(panic: "1"), 0, .panic),
      (policy(invoker: "1"), 0, .allocatingTask), (policy(isKillDisabled: true), 0, .wait),
    ]
    for (policy, resident, outcome) in cases {
      let fixture = FixtureMachine.two().with {
        if resident == 0 { $0.processes.removeAll { $0.id >= 10 } }
      }
      let tree = try fixture.tree()
      let world = try World(root: tree.path, environment: Environment())
      let machine = Machine(world, options: MachineOptions())
      let capacity = try #require(machine.capacity)
      let field = try PredictionInput(
        .system(capacity), isWhole: true, count: 5, on: machine, in: world)
      let prediction = Prediction(field, until: Horizon(steps: 5), policy: policy, in: world)
      #expect(prediction.outcome == outcome)
      #expect(prediction.kills.isEmpty == (outcome != .kill))
    }
  }

  @Test("kills who asks, or the worst where that can't be killed")
  func invoker() throws {
    let tree = try FixtureMachine.two().tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    let capacity = try #require(machine.capacity)
    let field = try PredictionInput(
      .system(capacity), isWhole: true, count: 5, on: machine, in: world)
    for (setting, id, victims) in [("1", 11, [11]), ("1", 1, [10]), ("0", 11, [10, 11])]
      as [(String, Int32, [Int32])]
    {
      let policy = try policy(invoker: setting)
      var prediction = Prediction(field, until: Horizon(steps: 5), policy: policy, in: world)
      prediction.kill(invoker: ProcessID(id), in: field, world)
      #expect(prediction.kills.map(\.victim.id.rawValue) == victims)
    }
  }
}

@Suite("The end of a prediction")
struct HorizonTests {
  @Test("is a number of steps, or what they free")
  func reached() throws {
    try FixtureMachine.two().predict { report in
      let kills = report.prediction.kills
      #expect(kills.count == 2)
      #expect(!Horizon(steps: 3).isReached(by: kills) && Horizon(steps: 2).isReached(by: kills))
      let freed = try #require(kills.last?.freedTotal)
      #expect(Horizon(steps: 9, goal: freed).isReached(by: kills))
      #expect(!Horizon(steps: 1, goal: freed + 1).isReached(by: kills))
      #expect(!Horizon(steps: 1, goal: 1).isReached(by: []) && !Horizon(steps: 1).isReached(by: []))
      #expect(Horizon(steps: 0).isReached(by: []) && Horizon(steps: 1, goal: 0).isReached(by: []))
    }
  }
}
