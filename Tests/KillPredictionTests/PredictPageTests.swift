import Badness
import ProcFS
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("A prediction for people")
struct PredictPageTests {
  private func remarks(
    on machine: FixtureMachine = .two(), _ change: (inout Predict) throws -> Void = { _ in }
  ) throws -> [String] {
    try machine.predict(change) { report in
      PredictRemarks(report: report, page: Page(CommonOptions(), in: Environment())).all
    }
  }

  private func answer(
    on machine: FixtureMachine = .two(), _ change: (inout Predict) throws -> Void = { _ in }
  ) throws -> String {
    try machine.page(change)
  }

  @Test(
    "says who is next, how far ahead, or what decides",
    arguments: [
      (500, 400, "6.1.0", "Next to die: big[10], 400 KiB ahead of small[11]."),
      (
        400, 400, "6.1.0",
        "Next to die: small[11]; big[10] has equal badness, and only age decides."
      ),
      (500, 400, "2.6.32", "Next to die: big[10], then small[11]."),
      (
        400, 400, "5.0.0",
        "Next to die: big[10]; small[11] has equal badness, and only age decides."
      ),
    ])
  func next(first: Int, second: Int, kernel: String, text: String) throws {
    #expect(try answer(on: .two(first, second, kernel: kernel)).contains(text))
  }

  @Test("names the only one left, and a child in place of its parent")
  func few() throws {
    let alone = FixtureMachine.two().with { $0.processes.removeAll { $0.id == 11 } }
    #expect(try answer(on: alone).contains("Next to die: big[10], the only one left."))
    let family = FixtureMachine.two(kernel: "4.19.0").with { $0[11].parent = 10 }
    #expect(
      try answer(on: family).contains(
        "Next to die: small[11] in place of its parent big[10], then big[10]."))
    let none = FixtureMachine.two().with { $0.processes.removeAll { $0.id >= 10 } }
    #expect(try answer(on: none).contains("Nobody can be killed: the kernel panics"))
  }

  @Test("says what else the kernel does")
  func policies() throws {
    let setting = { (name: String) in
      FixtureMachine.two().with { $0.files["proc/sys/vm/\(name)"] = "1\n" }
    }
    #expect(
      try answer(on: setting("panic_on_oom")).contains("The kernel panics instead of killing"))
    let asks = setting("oom_kill_allocating_task")
    #expect(try answer(on: asks).contains("Whoever asks for memory dies"))
    let small = ProcessNumber(argument: "11")
    #expect(
      try answer(on: asks) { $0.invoker = small }.contains("Next to die: small[11], since it asks"))
    #expect(
      try answer(on: asks) { $0.invoker = ProcessNumber(argument: "1") }.contains(
        "Who asks can't be killed, so the worst dies: big[10]."))
  }

  @Test("has remarks on what is freed, who overtakes and where else memory ends")
  func usual() throws {
    let all = try remarks()
    #expect(all.count == 4)
    #expect(all[0].hasPrefix("Frees: private memory"))
    #expect(all[1] == "FREES is at most that, shared memory aside: /proc/PID/smaps wasn't read.")
    #expect(all[2] == "Whoever grows by more than AHEAD BY overtakes.")
    #expect(all[3].hasPrefix("A memory cgroup's limit kills only inside it"))
    #expect(
      try remarks { $0.suppositions.absences = [Selector(argument: "small")].compactMap { $0 } }
        .contains { $0.hasPrefix("A memory cgroup's") } == false)
    let none = FixtureMachine.two().with { $0.processes.removeAll { $0.id >= 10 } }
    #expect(try remarks(on: none).count == 1)
  }

  @Test("says who follows the last, unless only one is shown")
  func following() throws {
    var machine = FixtureMachine.two()
    machine.processes.append(FixtureProcess(12, "third", resident: 300))
    let two = try remarks(on: machine) { $0.count = RowCount(2) }
    #expect(two.contains("third[12] follows 400 KiB behind."))
    #expect(
      try !remarks(on: machine) { $0.count = RowCount(1) }.contains { $0.contains("follows") })
    #expect(try !remarks(on: machine).contains { $0.contains("follows") })
    machine[12] = FixtureProcess(12, "third", resident: 400)
    #expect(
      try remarks(on: machine) { $0.count = RowCount(2) }.contains {
        $0.hasSuffix(" follows, with equal badness.")
      })
  }

  @Test("says what can be freed where that isn't enough")
  func goal() throws {
    let most = 900 * 4096
    for (bytes, isTooMuch) in [(most, false), (most + 1, true), (1, false)] {
      let found = try remarks { $0.goal = ByteCount(argument: "\(bytes)") }
      #expect(found.contains("Only 3.5 MiB can be freed by killing.") == isTooMuch)
    }
    let panics = FixtureMachine.two().with { $0.files["proc/sys/vm/panic_on_oom"] = "1\n" }
    #expect(
      try !remarks(on: panics) { $0.goal = ByteCount(argument: "1T") }.contains {
        $0.contains("can be freed")
      })
  }

  @Test("says when a process's turn comes, and what would spare it")
  func turn() throws {
    var machine = FixtureMachine.two(9000, 5000)
    machine.processes.append(FixtureProcess(12, "third", resident: 3000))
    machine.ram = 1_000_000
    machine.swap = 0
    let found = { (name: String, machine: FixtureMachine) throws in
      try remarks(on: machine) { $0.before = Selector(argument: name) }.first ?? ""
    }
    #expect(
      try found("big", machine)
        == "big[10] dies first. With oom_score_adj -6 or below all others die before it.")
    #expect(
      try found("small", machine)
        == "small[11] dies after 1 other, which frees 35 MiB. With oom_score_adj -2 or below all others "
        + "die before it.")
    #expect(
      try found("third", machine).hasPrefix("third[12] dies after 2 others, which free 55 MiB."))
    #expect(try found("init", machine) == "init[1] is never killed.")
    let panics = machine.with { $0.files["proc/sys/vm/panic_on_oom"] = "1\n" }
    #expect(try found("big", panics) == "So there is no order in which processes die.")
    let alone = FixtureMachine.two().with { $0.processes.removeAll { $0.id == 11 } }
    #expect(try found("big", alone) == "big[10] dies first.")
  }

  @Test("says that it doesn't matter who asks where only badness counts")
  func invoker() throws {
    let small = ProcessNumber(argument: "11")
    #expect(try remarks { $0.invoker = small }.contains { $0.hasPrefix("Who asks doesn't matter") })
    let asks = FixtureMachine.two().with {
      $0.files["proc/sys/vm/oom_kill_allocating_task"] = "1\n"
    }
    #expect(
      try !remarks(on: asks) { $0.invoker = small }.contains { $0.hasPrefix("Who asks doesn't") })
    #expect(throws: Failure.self) { try remarks { $0.invoker = ProcessNumber(argument: "99") } }
  }

  @Test("names programs that kill earlier")
  func otherKillers() throws {
    var machine = FixtureMachine.two()
    machine.processes.append(FixtureProcess(12, "earlyoom", resident: 1))
    #expect(
      try remarks(on: machine).contains(
        "Running too: earlyoom[12]. It may kill earlier, by its own rules."))
  }

  @Test("has a heading for each domain")
  func headings() throws {
    let machine = FixtureMachine.two().with {
      $0.files["sys/fs/cgroup/a/memory.max"] = "40960\n"
    }.with([
      FixtureZone(node: 0, name: "Normal", free: 5, min: 1, low: 2, high: 3, managed: 256),
      FixtureZone(node: 1, name: "Normal", free: 5, min: 1, low: 2, high: 3, managed: 256),
    ])
    #expect(try answer(on: machine).hasPrefix("System OOM   RAM + swap 5.0 GiB   rule since 5.9"))
    #expect(
      try answer(on: machine) { $0.cgroup = CgroupPath("/a") }.hasPrefix(
        "OOM in /a   limit + swap "))
    #expect(
      try answer(on: machine) { $0.nodes = NodeList("0") }.hasPrefix(
        "OOM of a cpuset on node 0   pages + swap "))
    #expect(
      try answer(on: machine) { $0.nodes = NodeList("0-1") }.hasPrefix(
        "OOM of a cpuset on nodes 0-1   pages + swap "))
    #expect(
      try answer(on: machine) { $0.policyNodes = NodeList("1") }.hasPrefix(
        "OOM of a memory policy on node 1   pages + swap "))
  }

  @Test("tells both orders where reclaim changes the first victim")
  func orders() throws {
    var machine = FixtureMachine.two(5000, 4000)
    machine[10].memory?.file = 4500
    machine[10].memory?.shared = 0
    machine[11].memory?.file = 0
    machine[11].memory?.shared = 0
    let text = "small[11] is first, 14 MiB ahead of big[10] (--reclaimed)."
    #expect(try answer(on: machine).contains(text))
    #expect(try !answer(on: machine) { $0.state = .now }.contains("is first"))
    #expect(try machine.victims { $0.state = .reclaimed } == [11, 10])
    #expect(try machine.victims() == [10, 11])
    #expect(try !answer().contains("is first"))
  }

  @Test("has no remarks where none are wanted, and no headings")
  func quiet() throws {
    let lines = { (change: (inout CommonOptions) -> Void) throws in
      try FixtureMachine.two().predict { _ in
      } _: { report in
        var options = CommonOptions()
        change(&options)
        var text = Text()
        report.writeText(to: &text, on: Page(options, in: Environment()))
        return text.string
      }
    }
    #expect(try lines { _ in }.contains("Whoever grows"))
    #expect(try !lines { $0.isQuiet = true }.contains("Whoever grows"))
    #expect(try lines { $0.isQuiet = true }.contains("AHEAD BY"))
    #expect(try !lines { $0.hasHeadings = false }.contains("AHEAD BY"))
  }
}
