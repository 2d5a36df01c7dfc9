import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Inside a memory cgroup")
struct DomainTests {
  private static let two = "sys/fs/cgroup"
  private static let one = "sys/fs/cgroup/memory"

  /// A group `/box` of 128 MiB with `a` and `b` in it, beside a bigger process.
  private func machine(
    kernel: String = "6.1.0", _ files: [String: FixtureTree.Entry],
    change: (inout FixtureMachine) -> Void = { _ in }
  ) -> FixtureMachine {
    var machine = FixtureMachine(
      kernel: kernel,
      processes: [
        FixtureProcess(1, "init", resident: 100).with { $0.parent = 0 },
        .kernelThread(2, "kthreadd", parent: 0),
        FixtureProcess(10, "outside", resident: 90_000),
        FixtureProcess(20, "web", resident: 9_000).with { $0.cgroup = "0::/box/a\n" },
        FixtureProcess(21, "helper", resident: 500).with { $0.cgroup = "0::/box/a\n" },
        FixtureProcess(30, "db", resident: 8_000).with {
          $0.cgroup = "0::/box/b\n"
          $0.adjustment = 100
        },
      ])
    machine.files = files
    change(&machine)
    return machine
  }

  private func predict(_ words: [String], on machine: FixtureMachine) throws -> JSON {
    try run(["predict", "--json"] + words, on: machine.tree()).json
  }

  private func victims(_ json: JSON) throws -> [Int] {
    try json["kills"].elements.map { try $0["victim"]["pid"].integer }
  }

  @Test(
    "badness is measured against its limit and the swap it may use",
    arguments: [
      (["memory.max": "134217728\n", "memory.swap.max": "0\n"], 32_768),
      (["memory.max": "134217728\n", "memory.swap.max": "67108864\n"], 32_768 + 16_384),
      (["memory.max": "134217728\n", "memory.swap.max": "max\n"], 32_768 + 262_144),
    ] as [([String: FixtureTree.Entry], Int)])
  func totals(files: [String: FixtureTree.Entry], total: Int) throws {
    let box = Dictionary(uniqueKeysWithValues: files.map { ("\(Self.two)/box/\($0)", $1) })
    let json = try predict(["--in", "/box"], on: machine(box))
    #expect(try json["domain"]["total_pages"].integer == total)
    #expect(try json["domain"]["kind"] == "memcg")
    #expect(try json["domain"]["path"] == "/box")
  }

  @Test(
    "an adjustment weighs the less the smaller it is",
    arguments: [
      // 100 adds 3200 pages of 32 768, but only 600 of 6144.
      ("134217728\n", [30, 20, 21]), ("25165824\n", [20, 30, 21]),
    ] as [(FixtureTree.Entry, [Int])])
  func order(limit: FixtureTree.Entry, expected: [Int]) throws {
    let files = ["\(Self.two)/box/memory.max": limit, "\(Self.two)/box/memory.swap.max": "0\n"]
    #expect(try victims(predict(["--in", "/box"], on: machine(files))) == expected)
  }

  @Test("a limit can be supposed")
  func limit() throws {
    let files: [String: FixtureTree.Entry] = [
      "\(Self.two)/box/memory.max": "max\n", "\(Self.two)/box/memory.swap.max": "0\n",
    ]
    let json = try predict(["--in", "/box", "--limit", "24M"], on: machine(files))
    #expect(try json["domain"]["total_pages"] == 6144)
    #expect(try victims(json) == [20, 30, 21])
    let unlimited = try run(["predict", "--in", "/box"], on: machine(files).tree())
    #expect(unlimited.status == .failed)
    #expect(unlimited.errors.contains("/box: has no memory limit"))
  }

  @Test(
    "a process leads to the nearest group with a limit",
    arguments: [("20", "/box"), ("30", "/box/b")])
  func nearest(process: String, path: String) throws {
    let files: [String: FixtureTree.Entry] = [
      "\(Self.two)/box/memory.max": "134217728\n", "\(Self.two)/box/a/memory.max": "max\n",
      "\(Self.two)/box/b/memory.max": "67108864\n",
    ]
    let json = try predict(["--for", process], on: machine(files))
    #expect(try json["domain"]["path"] == .text(path))
  }

  @Test(
    "a group that asks for it dies as a whole, but for what is exempt",
    arguments: [
      ("6.1.0", ["box/a"], [20: [21], 30: []]), ("6.1.0", ["box"], [30: [20, 21]]),
      ("4.18.0", ["box"], [30: [], 20: [], 21: []]),
    ] as [(String, [String], [Int: [Int]])])
  func groups(kernel: String, groups: [String], expected: [Int: [Int]]) throws {
    var files: [String: FixtureTree.Entry] = [
      "\(Self.two)/box/memory.max": "134217728\n", "\(Self.two)/box/memory.swap.max": "0\n",
    ]
    for group in groups { files["\(Self.two)/\(group)/memory.oom.group"] = "1\n" }
    let machine = machine(kernel: kernel, files) {
      $0.processes.append(
        FixtureProcess(22, "exempt", resident: 5).with {
          $0.cgroup = "0::/box/a\n"
          $0.adjustment = -1000
        })
    }
    let kills = try predict(["--in", "/box"], on: machine)["kills"].elements
    var dead: [Int: [Int]] = [:]
    for kill in kills {
      dead[try kill["victim"]["pid"].integer] =
        try kill["also_killed"].elements.map { try $0["pid"].integer }.sorted()
    }
    #expect(dead == expected)
  }

  @Test("version 1 counts groups below only where its hierarchy is on", arguments: [true, false])
  func hierarchy(isOn: Bool) throws {
    let box = "\(Self.one)/box"
    let machine = machine(
      kernel: "4.9.0",
      [
        "\(box)/memory.limit_in_bytes": "134217728\n", "\(box)/memory.swappiness": "60\n",
        "\(box)/memory.use_hierarchy": isOn ? "1\n" : "0\n",
      ])
    let json = try predict(["--in", "/box"], on: machine)
    #expect(try victims(json).isEmpty == !isOn)
  }

  @Test(
    "to 5.0 the worst child dies in its parent's stead",
    arguments: [("4.4.0", [11, 12, 10]), ("5.0.0", [11, 12, 10]), ("5.1.0", [10, 11, 12])])
  func sacrifice(kernel: String, expected: [Int]) throws {
    let machine = FixtureMachine(
      kernel: kernel,
      processes: [
        FixtureProcess(1, "init", resident: 100).with { $0.parent = 0 },
        .kernelThread(2, "kthreadd", parent: 0),
        FixtureProcess(10, "parent", resident: 90_000),
        FixtureProcess(11, "big", resident: 9_000).with { $0.parent = 10 },
        FixtureProcess(12, "small", resident: 8_000).with { $0.parent = 10 },
      ])
    let json = try run(["predict", "--json"], on: machine.tree()).json
    #expect(try victims(json) == expected)
    let first = try json["kills"].elements[0]
    #expect(try first.members.contains { $0.key == "selected" } == (expected[0] == 11))
  }

  @Test(
    "suppositions reach those who would die along",
    arguments: [
      (["--without", "helper"], [30, 20]), (["--set", "helper=-1000"], [30, 20]),
      (["--set", "exempt=0"], [30, 20, 21, 22]),
    ])
  func supposedMembers(words: [String], dead: [Int]) throws {
    let files: [String: FixtureTree.Entry] = [
      "\(Self.two)/box/memory.max": "134217728\n", "\(Self.two)/box/memory.swap.max": "0\n",
      "\(Self.two)/box/memory.oom.group": "1\n",
    ]
    let machine = machine(files) {
      $0.processes.append(
        FixtureProcess(22, "exempt", resident: 5).with {
          $0.cgroup = "0::/box/a\n"
          $0.adjustment = -1000
        })
    }
    let kills = try predict(["--in", "/box"] + words, on: machine)["kills"].elements
    let pids = try kills.flatMap { kill in
      try [kill["victim"]] + kill["also_killed"].elements
    }.map { try $0["pid"].integer }
    #expect(pids == dead)
  }

  @Test(
    "a limit that can't be read is no missing limit",
    arguments: ["", "lots\n", "-5\n", "99999999999999999999\n"])
  func unreadable(limit: String) throws {
    let machine = machine(["\(Self.two)/box/memory.max": .file(Array(limit.utf8))])
    let prediction = try run(["predict", "--in", "/box"], on: machine.tree())
    #expect(prediction.status == .failed)
    #expect(prediction.errors.contains("box/memory.max: expected a number of bytes, or max"))
  }
}
