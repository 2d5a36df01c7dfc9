import Badness
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("A kill")
struct KillOrderTests {
  /// Processes by number, each with its parent, pages, start and adjustment.
  private func machine(
    _ kernel: String, _ members: [(id: Int, parent: Int, pages: Int, start: Int, adjustment: Int)]
  ) -> FixtureMachine {
    var machine = FixtureMachine.two(kernel: kernel)
    machine.processes.removeAll { $0.id >= 10 }
    machine.processes += members.map { member in
      FixtureProcess(member.id, "p\(member.id)", resident: member.pages).with {
        $0.parent = member.parent
        $0.startTicks = member.start
        $0.adjustment = member.adjustment
        $0.user = 1000
      }
    }
    return machine
  }

  private func kills(
    on machine: FixtureMachine, _ change: (inout Predict) throws -> Void = { _ in }
  ) throws -> [[Int32]] {
    try machine.predict(change) { report in
      report.prediction.kills.map { kill in
        [kill.chosen.id.rawValue] + kill.dead.map(\.id.rawValue)
      }
    }
  }

  @Test(
    "takes a child in place of its parent: to 2.6.35 the first, to 5.0 the worst, then none",
    arguments: [
      ("2.6.32", [[10, 12], [10, 11], [10, 10]]), ("4.19.0", [[10, 11], [10, 12], [10, 10]]),
      ("5.0.0", [[10, 11], [10, 12], [10, 10]]), ("5.1.0", [[10, 10], [11, 11], [12, 12]]),
      ("3.10.0", [[10, 11], [10, 12], [10, 10]]),
    ] as [(String, [[Int32]])])
  func sacrifice(kernel: String, expected: [[Int32]]) throws {
    let machine = machine(
      kernel, [(10, 1, 9000, 100, 0), (11, 10, 4000, 300, 0), (12, 10, 3000, 200, 0)])
    #expect(try kills(on: machine) == expected)
  }

  @Test("takes of children with equal badness the oldest, and none that can't be killed")
  func equalChildren() throws {
    let equal = machine(
      "4.19.0", [(10, 1, 9000, 100, 0), (11, 10, 4000, 300, 0), (12, 10, 4000, 200, 0)])
    #expect(try kills(on: equal).first == [10, 12])
    let immune = machine(
      "4.19.0", [(10, 1, 9000, 100, 0), (11, 10, 4000, 300, -1000), (12, 10, 3000, 200, 0)])
    #expect(try kills(on: immune) == [[10, 12], [10, 10]])
  }

  /// The members of a group that is killed as a whole, and others.
  private func grouped(_ kernel: String = "6.1.0") -> FixtureMachine {
    var machine = machine(
      kernel,
      [
        (10, 1, 4000, 100, 0), (11, 1, 3000, 100, 0), (12, 1, 2000, 100, -1000),
        (13, 1, 3500, 100, 0), (14, 1, 100, 100, 0),
      ])
    for (id, group) in [(10, "/a/x"), (11, "/a"), (12, "/a"), (13, "/b"), (14, "/ab")] {
      machine[id].cgroup = "0::\(group)\n"
    }
    machine.files["sys/fs/cgroup/a/memory.oom.group"] = "1\n"
    machine.files["sys/fs/cgroup/a/memory.max"] = "400000000\n"
    machine.files["sys/fs/cgroup/a/x/memory.max"] = "40000000\n"
    machine.files["sys/fs/cgroup/b/memory.oom.group"] = "0\n"
    return machine
  }

  @Test("takes all of a group that asks for it, but none at -1000, from 4.19 on")
  func groups() throws {
    #expect(try kills(on: grouped()) == [[10, 10, 11], [13, 13], [14, 14]])
    #expect(try kills(on: grouped("4.18.0")).first == [10, 10])
    // A group above the one that is short is none of its business.
    #expect(try kills(on: grouped()) { $0.cgroup = CgroupPath("/a/x") } == [[10, 10]])
    #expect(try kills(on: grouped()) { $0.cgroup = CgroupPath("/a") } == [[10, 10, 11]])
    try grouped().predict { report in
      let first = try #require(report.prediction.kills.first)
      #expect(first.members.map(\.id.rawValue) == [11] && first.sharers.isEmpty)
      #expect(first.freed == 7000 * 4096 && first.next?.id.rawValue == 13)
      #expect(first.margin == 500 * 4096 && first.step == 1)
    }
  }

  @Test("is one of as many as are asked for, or of what frees enough")
  func horizon() throws {
    let machine = machine("6.1.0", (10..<20).map { ($0, 1, $0 * 100, 100, 0) })
    #expect(try kills(on: machine).count == 5)
    #expect(try kills(on: machine) { $0.count = RowCount(3) }.count == 3)
    #expect(try kills(on: machine) { $0.count = RowCount(99) }.count == 10)
    for (pages, count) in [(1900, 1), (1901, 2), (3700, 2), (3701, 3), (99_999, 10)] {
      let goal = ByteCount(argument: "\(pages * 4096)")
      #expect(try kills(on: machine) { $0.goal = goal }.count == count)
    }
  }

  @Test("comes before a process or not, and frees so much by then")
  func before() throws {
    let machine = machine(
      "6.1.0", [(10, 1, 4000, 100, 0), (11, 1, 3000, 100, 0), (12, 1, 2000, 100, -1000)])
    for (name, deaths, freed) in [("p10", 0, 0), ("p11", 1, 4000), ("p12", nil, 0)]
      as [(String, Int?, Int)]
    {
      try machine.predict {
        $0.before = Selector(argument: name)
      } _: { report in
        let turn = try #require(report.turn)
        #expect(turn.deathsBefore == deaths && turn.subject.record.name == name)
        #expect(turn.freedBefore == freed * 4096 && turn.adjustmentToBeLast != nil)
      }
    }
    #expect(throws: Failure.self) {
      try machine.predict {
        $0.before = Selector(argument: "none")
      } _: { _ in
      }
    }
  }
}

@Suite("The walk through a memory cgroup")
struct WalkTests {
  private func ties(
    _ kernel: String, _ members: [(id: Int, group: String, start: Int)], _ files: [String: String]
  ) throws -> [(Int32, TieOrder?)] {
    var machine = FixtureMachine.two(kernel: kernel)
    machine.processes.removeAll { $0.id >= 10 }
    machine.processes += members.map { member in
      FixtureProcess(member.id, "w\(member.id)", resident: 5000).with {
        $0.cgroup = "0::\(member.group)\n"
        $0.startTicks = member.start
      }
    }
    machine.files["sys/fs/cgroup/box/memory.max"] = "134217728\n"
    for (name, text) in files { machine.files["sys/fs/cgroup/\(name)"] = .file(Array(text.utf8)) }
    return try machine.predict {
      $0.cgroup = CgroupPath("/box")
    } _: { report in
      report.prediction.kills.map { ($0.victim.id.rawValue, $0.tie) }
    }
  }

  private func expect(
    _ found: [(Int32, TieOrder?)], _ ids: [Int32], _ ties: [TieOrder?],
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(found.map(\.0) == ids, sourceLocation: location)
    #expect(found.map(\.1) == ties, sourceLocation: location)
  }

  @Test("is in the order of the list, which is looked at from its end since 5.3")
  func oneGroup() throws {
    let members = [(20, "/box", 100), (21, "/box", 200), (22, "/box", 300)]
    let files = ["box/cgroup.procs": "22\n21\n20\n"]
    try expect(ties("5.3.0", members, files), [20, 21, 22], [.walk, .walk, nil])
    try expect(ties("5.2.0", members, files), [22, 21, 20], [.walk, .walk, nil])
    try expect(ties("3.5.0", members, files), [20, 21, 22], [.age, .age, nil])
    try expect(ties("3.6.0", members, files), [22, 21, 20], [.walk, .walk, nil])
  }

  @Test("goes down before it goes on, to groups by the age of their oldest")
  func groups() throws {
    try expect(
      ties(
        "6.1.0", [(20, "/box/a", 100), (21, "/box", 200), (22, "/box", 300)],
        ["box/cgroup.procs": "21\n22\n", "box/a/cgroup.procs": "20\n"]), [20, 22, 21],
      [.walk, .walk, nil])
    try expect(
      ties(
        "6.1.0", [(20, "/box/z", 100), (21, "/box/a", 200), (22, "/box/z", 300)],
        ["box/z/cgroup.procs": "20\n22\n", "box/a/cgroup.procs": "21\n"]), [21, 22, 20],
      [.unknown(.madeFirst), .walk, nil])
    try expect(
      ties(
        "6.1.0", [(20, "/box/a/deep", 100), (21, "/box/a", 200)],
        ["box/a/cgroup.procs": "21\n", "box/a/deep/cgroup.procs": "20\n"]), [20, 21],
      [.walk, nil])
  }

  @Test("isn't seen where controllers or lists are lacking")
  func unseen() throws {
    try expect(
      ties(
        "6.1.0", [(20, "/box/a", 100), (21, "/box", 200)],
        [
          "box/cgroup.procs": "21\n", "box/a/cgroup.procs": "20\n",
          "box/a/cgroup.controllers": "pids\n",
        ]), [20, 21], [.unknown(.sharedController), nil])
    try expect(
      ties("6.1.0", [(20, "/box", 300), (21, "/box", 200)], [:]), [20, 21],
      [.unknown(.unlisted), nil])
    // One that came after the list was read.
    try expect(
      ties("6.1.0", [(20, "/box", 100), (21, "/box", 200)], ["box/cgroup.procs": "20\n"]),
      [21, 20],
      [.unknown(.unlisted), nil])
  }
}
