import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("A finding about memory")
struct MemoryFindingTests {
  private func findings(_ machine: FixtureMachine, _ words: [String] = []) throws -> [JSON] {
    try run(["memory", "--json"] + words, on: machine.tree()).json["findings"].elements
  }

  private func ids(_ machine: FixtureMachine, _ words: [String] = []) throws -> [String] {
    try findings(machine, words).map {
      try "\($0["id"].string) \($0["severity"].string)"
    }
  }

  /// Of 1000 MiB, and as much swap.
  private func machine(
    available: Int? = 500, swap: Int? = 1000, swapFree: Int? = 1000, limit: Int = 1500,
    committed: Int = 100
  ) -> FixtureMachine {
    let optional = [("MemAvailable", available), ("SwapTotal", swap), ("SwapFree", swapFree)]
    let lines =
      [
        ("MemTotal", 1000), ("CommitLimit", limit), ("Committed_AS", committed),
        ("VmallocTotal", 1 << 25),
      ] + optional.compactMap { name, amount in amount.map { (name, $0) } }
    return FixtureMachine(processes: [FixtureProcess(9, "web", resident: 900)]).with(
      memory: lines.map { ($0.0, $0.1 << 10) })
  }

  @Test(
    "says when memory or swap is short",
    arguments: [
      (101, 1000, 1000, []), (100, 1000, 1000, ["memory_short warning"]),
      (50, 1000, 101, ["memory_short warning"]),
      (50, 1000, 100, ["memory_short critical", "swap_full warning"]),
      (51, 1000, 100, ["memory_short warning", "swap_full warning"]),
      (50, 0, 0, ["memory_short critical"]), (500, 1000, 100, []),
      (500, 1000, 0, ["swap_full info"]), (nil, 1000, 100, ["swap_full warning"]),
      (nil, 0, 0, []), (50, nil, nil, ["memory_short critical"]),
      (51, nil, nil, ["memory_short warning"]),
    ] as [(Int?, Int?, Int?, [String])])
  func shortage(available: Int?, swap: Int?, free: Int?, expected: [String]) throws {
    #expect(try ids(machine(available: available, swap: swap, swapFree: free)) == expected)
  }

  @Test(
    "says when the commit limit is near, where it holds",
    arguments: [
      // An eighth of RAM, 125 MiB, but a tenth of the limit where that is more.
      ("2", 1000, 875, []), ("2", 1000, 876, ["commit_limit_near warning"]),
      ("2", 2000, 1800, []), ("2", 2000, 1801, ["commit_limit_near warning"]),
      ("2", 1000, 1000, ["commit_limit_near critical"]),
      ("2", 1000, 1200, ["commit_limit_near critical"]), ("0", 1000, 1200, []),
      ("1", 1000, 1200, []),
    ])
  func commit(mode: String, limit: Int, used: Int, expected: [String]) throws {
    let machine = machine(limit: limit, committed: used).with {
      $0.files["proc/sys/vm/overcommit_memory"] = "\(mode)\n"
    }
    #expect(try ids(machine) == expected)
  }

  @Test(
    "says when tasks stand still",
    arguments: [
      ("4.99", []), ("5.00", ["pressure_high warning"]), ("59.99", ["pressure_high warning"]),
      ("60.00", ["pressure_high critical"]), ("99999999999999999999.00", []),
      ("18446744073709551615.00", ["pressure_high critical"]),
    ])
  func pressure(full: String, expected: [String]) throws {
    let machine = machine().with {
      $0.files["proc/pressure/memory"] = """
        some avg10=99.00 avg60=0.10 avg300=0.02 total=123456
        full avg10=\(full) avg60=0.01 avg300=0.00 total=23456

        """
    }
    #expect(try ids(machine) == expected)
  }

  @Test(
    "says when a memory cgroup, or one above it, is near its limit; file cache doesn't count",
    arguments: [
      ("/a/b", 89, 0, 1000, []), ("/a/b", 90, 0, 1000, ["/a/b warning"]),
      ("/a/b", 100, 0, 1000, ["/a/b critical"]), ("/a/b", 100, 11, 1000, []),
      ("/a/b", 100, 10, 1000, ["/a/b warning"]), ("/a/b", 50, 0, 55, ["/a warning"]),
      ("/a", 100, 0, 55, ["/a warning"]), ("/", 100, 0, 55, []),
    ] as [(String, Int, Int, Int, [String])])
  func cgroups(path: String, used: Int, cache: Int, limit: Int, expected: [String]) throws {
    let machine = machine().with {
      let files = [
        "a/memory.current": 50, "a/memory.max": limit, "a/b/memory.current": used,
        "a/b/memory.max": 100,
      ]
      for (name, amount) in files {
        $0.files["sys/fs/cgroup/\(name)"] = .file(Array("\(amount << 20)\n".utf8))
      }
      $0.files["sys/fs/cgroup/a/b/memory.stat"] = .file(
        Array("inactive_file \(cache << 20)\n".utf8))
    }
    let found = try findings(machine, ["--cgroup", path]).map { finding in
      let words = try finding["text"].string.split(separator: " ")
      return try "\(words[2]) \(finding["severity"].string)"
    }
    #expect(found == expected)
  }

  @Test(
    "says when a zone is below a watermark that others keep",
    arguments: [
      (1000, 1000, 0, []), (499, 1000, 0, ["zone_below_low warning"]),
      // File cache brings it back.
      (499, 1000, 101, []), (499, 1000, 100, ["zone_below_low warning"]),
      (399, 1000, 9999, ["zone_below_min warning"]),
      // All are below: none is the odd one out.
      (399, 399, 0, []),
    ])
  func zones(free: Int, other: Int, cache: Int, expected: [String]) throws {
    let zones = [free, other].enumerated().map { node, free in
      FixtureZone(
        node: node, name: "Normal", free: free, min: 400, low: 500, high: 600, managed: 10_000,
        cache: cache)
    }
    #expect(try ids(machine().with(zones)) == expected)
  }

  @Test(
    "says when free memory is in pieces",
    arguments: [
      ([9, 9, 9, 1], []), ([9, 9, 9, 0, 0, 1], []), ([9, 9, 9, 0], ["memory_fragmented warning"]),
      ([0, 0], ["memory_fragmented warning"]),
    ])
  func fragmentation(blocks: [Int], expected: [String]) throws {
    let zones = [
      // It is kept from others, and so doesn't count.
      FixtureZone(
        name: "DMA", free: 3000, min: 10, low: 20, high: 30, managed: 3840, protection: [0, 3019]),
      FixtureZone(
        name: "Normal", free: 1000, min: 400, low: 500, high: 600, managed: 10_000, blocks: blocks),
      FixtureZone(
        name: "Movable", free: 1000, min: 400, low: 500, high: 600, managed: 10_000),
    ]
    #expect(try ids(machine().with(zones)) == expected)
  }

  @Test("names what was read, and what mends it; the worst comes first")
  func parts() throws {
    let tree = try machine(available: 50, swap: 1000, swapFree: 0).tree()
    let found = try run(["memory", "--json"], on: tree).json["findings"].elements
    #expect(try found.map { try $0["severity"] } == ["critical", "warning"])
    for finding in found {
      #expect(try finding.members.map(\.key) == ["id", "severity", "text", "source", "remedy"])
      #expect(try finding["source"] == .text("\(tree.path)/proc/meminfo"))
    }
    #expect(
      try found[0]["text"]
        == "memory is short: 50 of 1000 MiB are available, and swap is used up")
  }
}
