import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

/// Two groups and what is above and below them, in a captured tree: who is first among equals.
@Suite("Equals in a memory cgroup")
struct GroupWalkTests {
  private static let folder = "sys/fs/cgroup"

  /// Processes of one size, each with the group that it is in and the start of its life.
  private func machine(
    kernel: String = "6.1.0", _ members: [(id: Int, group: String, start: Int)],
    _ files: [String: FixtureTree.Entry] = [:]
  ) -> FixtureMachine {
    var processes = [
      FixtureProcess(1, "init", resident: 100).with { $0.parent = 0 },
      FixtureProcess.kernelThread(2, "kthreadd", parent: 0),
    ]
    for member in members {
      processes.append(
        FixtureProcess(member.id, "w\(member.id)", resident: 5_000).with {
          $0.cgroup = "0::\(member.group)\n"
          $0.startTicks = member.start
        })
    }
    var machine = FixtureMachine(kernel: kernel, processes: processes)
    machine.files = ["\(Self.folder)/box/memory.max": "134217728\n"]
    for (name, entry) in files { machine.files["\(Self.folder)/\(name)"] = entry }
    return machine
  }

  /// The victims in their order, each with what decides between it and its equals.
  private func order(on machine: FixtureMachine) throws -> ([Int], [String?]) {
    let json = try run(["predict", "--in", "/box", "--json"], on: machine.tree()).json
    let kills = try json["kills"].elements
    return (
      try kills.map { try $0["victim"]["pid"].integer },
      try kills.map { kill in try kill["tie_order"] == nil ? nil : kill["tie_order"].string }
    )
  }

  @Test(
    "of one group die in the order of cgroup.procs, the last first from 5.3 on",
    arguments: [("5.3.0", [20, 21, 22]), ("5.2.0", [22, 21, 20]), ("6.12.0", [20, 21, 22])])
  func oneGroup(kernel: String, expected: [Int]) throws {
    // By age it would be 22, 21, 20.
    let machine = machine(
      kernel: kernel, [(20, "/box", 100), (21, "/box", 200), (22, "/box", 300)],
      ["box/cgroup.procs": "22\n21\n20\n"])
    let (victims, ties) = try order(on: machine)
    #expect(victims == expected)
    #expect(ties == ["walk", "walk", nil])
  }

  @Test("of a group die after those of the groups below it")
  func below() throws {
    let machine = machine(
      [(20, "/box/a", 100), (21, "/box", 200), (22, "/box", 300)],
      ["box/cgroup.procs": "21\n22\n", "box/a/cgroup.procs": "20\n"])
    let (victims, ties) = try order(on: machine)
    #expect(victims == [20, 22, 21])
    #expect(ties == ["walk", "walk", nil])
  }

  @Test(
    "of groups side by side in a copy die by the age of the groups' oldest, which isn't certain")
  func siblings() throws {
    let machine = machine(
      [(20, "/box/z", 100), (21, "/box/a", 200), (22, "/box/z", 300)],
      ["box/z/cgroup.procs": "20\n22\n", "box/a/cgroup.procs": "21\n"])
    let (victims, ties) = try order(on: machine)
    #expect(victims == [21, 22, 20])
    #expect(ties == ["unknown", "walk", nil])
  }

  @Test("of groups without the controller are charged above, in no order that shows")
  func uncontrolled() throws {
    let machine = machine(
      [(20, "/box/a", 100), (21, "/box", 200), (22, "/box/a/deep", 300)],
      [
        "box/cgroup.procs": "21\n", "box/a/cgroup.procs": "20\n",
        "box/a/cgroup.controllers": "pids\n",
        "box/a/deep/cgroup.procs": "22\n", "box/a/deep/cgroup.controllers": "\n",
      ])
    #expect(try order(on: machine).1 == ["unknown", "unknown", nil])
    let text = try run(["predict", "--in", "/box"], on: machine.tree()).output.joined
    #expect(
      text.contains("can't be seen where their cgroups have no memory controller of their own."))
  }

  @Test("die by age where a copy has no lists of members")
  func unlisted() throws {
    let machine = machine([(20, "/box", 300), (21, "/box", 200)])
    let (victims, ties) = try order(on: machine)
    #expect(victims == [20, 21])
    #expect(ties == ["unknown", nil])
  }

  @Test("of another badness need no order")
  func unequal() throws {
    var machine = machine(
      [(20, "/box", 300), (21, "/box", 200)], ["box/cgroup.procs": "20\n21\n"])
    machine[21].adjustment = 5
    #expect(try order(on: machine) == ([21, 20], [nil, nil]))
  }

  @Test(
    "of version 1 die by age, for certain to 3.5 only",
    arguments: [
      ("3.5.0", "age", [20, 21]), ("3.6.0", "unknown", [20, 21]), ("5.10.0", "unknown", [21, 20]),
    ])
  func versionOne(kernel: String, tie: String, expected: [Int]) throws {
    var machine = machine(kernel: kernel, [(20, "/", 100), (21, "/", 200)])
    machine.files = [
      "\(Self.folder)/memory/box/memory.limit_in_bytes": "134217728\n",
      "\(Self.folder)/memory/box/cgroup.procs": "20\n21\n",
    ]
    for id in [20, 21] { machine[id].cgroup = "4:memory:/box\n" }
    let (victims, ties) = try order(on: machine)
    #expect(victims == expected)
    #expect(ties == [tie, nil])
  }

  @Test("are told apart in words that are true")
  func words() throws {
    let listed = machine(
      [(20, "/box", 300), (21, "/box", 200)], ["box/cgroup.procs": "20\n21\n"])
    #expect(
      try run(["predict", "--in", "/box"], on: listed.tree()).output.joined.contains(
        "Next to die: w21[21]; w20[20] has equal badness, but in this cgroup the kernel comes to w21[21] last."
      ))
    #expect(
      try run(["predict"], on: listed.tree()).output.joined.contains(
        "Next to die: w20[20]; w21[21] has equal badness, and only age decides."))
  }
}

extension String {
  /// Without the breaks of its lines.
  fileprivate var joined: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
