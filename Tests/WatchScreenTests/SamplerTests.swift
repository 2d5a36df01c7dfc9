import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import WatchScreen

@Suite("Looks at the machine")
struct SamplerTests {
  /// The samples of such looks, one after the other.
  private func samples(
    _ requests: SampleRequest..., of machine: FixtureMachine = .server,
    options: MachineOptions = MachineOptions(),
    selecting selection: SelectionOptions = SelectionOptions()
  ) throws -> [Sample] {
    let tree = try machine.tree()
    let world = try World(
      root: tree.path, environment: Environment { $0.now = { MadeTime.seconds } })
    var common = CommonOptions()
    common.machine = options
    let context = try ProcessContext(common, selection: selection, in: world)
    var sampler = Sampler(options, on: context.machine, context.selection, in: world)
    var samples: [Sample] = []
    for request in requests { samples.append(try sampler.sample(request, in: world)) }
    return samples
  }

  @Test("ask for as many first victims as are wanted, by the kernel's scores")
  func leaders() throws {
    let sample = try samples(SampleRequest(count: 2))[0]
    #expect(sample.processRows.map(\.name) == ["fluentd", "java"])
    #expect(!sample.isWhole && sample.isComplete)
    #expect(sample.candidateCount == 6)
    #expect((sample.first?.name, sample.second?.name) == ("fluentd", "java"))
    #expect(sample.time == MadeTime.seconds)
    #expect(sample.unmatched.isEmpty && sample.groups.isEmpty && sample.kills.isEmpty)
  }

  @Test("ask for all where that is wanted, where some are selected, or another rule is asked for")
  func wholes() throws {
    #expect(try samples(SampleRequest(count: 2, isWhole: true))[0].isWhole)
    let selection = SelectionOptions(names: ["java"].compactMap { PlainText(argument: $0) })
    let selected = try samples(SampleRequest(count: 2), selecting: selection)[0]
    #expect(selected.isWhole)
    #expect(selected.shown.map(\.name) == ["java"])
    let options = MachineOptions(kernelName: KernelName(argument: "3.10"))
    #expect(try samples(SampleRequest(count: 2), options: options)[0].isWhole)
    let unnamed = FixtureMachine.server.with { $0.files["proc/sys/kernel/osrelease"] = "odd\n" }
    // Without a rule the kernel's scores are all there is.
    #expect(
      try !samples(SampleRequest(count: 2), of: unnamed)[0].isWhole)
    let scoreless = FixtureMachine.server.with { $0.omitted = ["oom_score"] }
    #expect(try samples(SampleRequest(count: 2), of: scoreless)[0].isWhole)
  }

  @Test("of all processes leave the processor to others for fifty times as long as they took")
  func rest() {
    #expect(Sampler.due(after: 1000, started: 7, ended: 27) == 2000)
  }

  @Test("tell how far ahead the first is, where badness is measured in pages")
  func lead() throws {
    let lead = try samples(SampleRequest(count: 2))[0].lead
    #expect(lead.map { $0 >> 20 } == 266)
    #expect(try samples(SampleRequest(count: 2, isWhole: true))[0].lead == lead)
    #expect(
      try samples(SampleRequest(count: 2), of: .server.with { $0.kernel = "2.6.36" })[0].lead == nil
    )
    let lone = FixtureMachine(processes: [FixtureProcess(9, "web", resident: 900)])
    #expect(try samples(SampleRequest(count: 2), of: lone)[0].lead == nil)
    let equal = FixtureMachine(
      processes: [FixtureProcess(8, "web", resident: 900), FixtureProcess(9, "web", resident: 900)])
    #expect(try samples(SampleRequest(count: 2), of: equal)[0].lead == 0)
    let origin = FixtureMachine.server.with {
      $0.processes.append(FixtureProcess(1950, "swapoff", resident: 300))
      $0.files["proc/1950/syscall"] = "168 0x5581 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f21\n"
    }
    #expect(try samples(SampleRequest(count: 2, isWhole: true), of: origin)[0].lead == nil)
  }

  @Test("read groups as soon as they are asked for")
  func groups() throws {
    let machine = FixtureMachine.server.with {
      $0.files["sys/fs/cgroup/system.slice/app.service/memory.current"] = "4096\n"
    }
    let all = SampleRequest(count: 2, isWhole: true)
    var groups = all
    groups.needsCgroups = true
    groups.needsGroups = true
    let samples = try samples(all, groups, all, SampleRequest(count: 2), of: machine)
    #expect(samples[0].groups.isEmpty)
    #expect(samples[1].groups.contains { $0.used == 4096 })
    #expect(samples[3].groups.isEmpty)
  }

  @Test("tell of groups in which kills are counted, from the first look on")
  func kills() throws {
    let tree = try FixtureMachine.server.with {
      $0.files["sys/fs/cgroup/system.slice/app.service/memory.events.local"] = "oom_kill 5\n"
    }.tree()
    let world = try World(
      root: tree.path, environment: Environment { $0.now = { MadeTime.seconds } })
    let context = try ProcessContext(CommonOptions(), in: world)
    var sampler = Sampler(MachineOptions(), on: context.machine, context.selection, in: world)
    _ = try sampler.sample(SampleRequest(count: 9), in: world)
    try tree.add("oom_kill 3\n", at: "proc/vmstat")
    try tree.add(
      "oom_kill 6\n", at: "sys/fs/cgroup/system.slice/app.service/memory.events.local")
    #expect(
      try sampler.sample(SampleRequest(count: 9), in: world).kills
        == [SeenKill(time: MadeTime.seconds, cgroup: "/system.slice/app.service")])
    #expect(try sampler.sample(SampleRequest(count: 9), in: world).kills.isEmpty)
    #expect(sampler.newKills(in: world).isEmpty)
  }
}
