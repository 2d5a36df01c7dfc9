import Core
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import Diagnosis

@Suite("Findings on memory")
struct MemoryFindingsTests {
  /// What is found on a machine with these lines of meminfo in kB, as `memory_short warning`.
  private func findings(
    _ lines: [(String, Int)], zones: [FixtureZone] = [], _ files: [String: FixtureTree.Entry] = [:]
  ) throws -> [String] {
    try all(lines, zones: zones, files).map { "\($0.id) \($0.severity.rawValue)" }
  }

  private func all(
    _ lines: [(String, Int)], zones: [FixtureZone] = [], _ files: [String: FixtureTree.Entry] = [:]
  ) throws -> [Finding] {
    var machine = FixtureMachine(processes: [FixtureProcess(9, "web", resident: 900)])
      .with(memory: lines)
    if !zones.isEmpty { machine = machine.with(zones) }
    machine.files.merge(files) { $1 }
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment())
    let facts = try MemoryFacts(MachineOptions(), cgroup: nil, in: world)
    return MemoryFindings(facts: facts, sizes: .binary).all
  }

  private static let plenty = [("MemTotal", 1000), ("MemAvailable", 900)]

  @Test(
    "tell that memory is short, and whether swap has room",
    arguments: [
      (101, nil, []), (100, nil, ["memory_short warning"]), (51, nil, ["memory_short warning"]),
      (50, nil, ["memory_short critical"]), (50, 101, ["memory_short warning"]),
      (50, 100, ["memory_short critical", "swap_full warning"]),
      (101, 100, []), (101, 1, []), (101, 0, ["swap_full info"]),
    ] as [(Int, Int?, [String])])
  func memory(available: Int, swapFree: Int?, expected: [String]) throws {
    let swap = swapFree.map { [("SwapTotal", 1000), ("SwapFree", $0)] } ?? []
    let lines = [("MemTotal", 1000), ("MemAvailable", available)] + swap
    #expect(try findings(lines) == expected)
  }

  @Test("say of swap what there is of it")
  func swapWords() throws {
    func text(_ lines: [(String, Int)]) throws -> String? {
      try all([("MemTotal", 1000), ("MemAvailable", 10)] + lines).first { $0.id == "memory_short" }?
        .text
    }
    let start = "memory is short: 10 of 1000 KiB are available"
    #expect(try text([]) == "\(start), and there is no swap")
    #expect(try text([("SwapTotal", 0), ("SwapFree", 0)]) == "\(start), and there is no swap")
    #expect(try text([("SwapTotal", 9), ("SwapFree", 0)]) == "\(start), and swap is used up")
    #expect(try text([("SwapTotal", 9), ("SwapFree", 9)]) == start)
    // To 3.13 nothing is estimated: then full swap alone is a warning.
    #expect(
      try findings([("MemTotal", 1000), ("SwapTotal", 100), ("SwapFree", 10)])
        == ["swap_full warning"])
    #expect(try findings([("MemTotal", 1000), ("SwapTotal", 100), ("SwapFree", 11)]) == [])
  }

  @Test(
    "tell that the commit limit is near, where it holds",
    arguments: [
      (2, 100, []), (2, 101, ["commit_limit_near warning"]),
      (2, 999, ["commit_limit_near warning"]),
      (2, 1000, ["commit_limit_near critical"]), (2, 1001, ["commit_limit_near critical"]),
      (1, 1001, []),
      (0, 1001, []),
    ])
  func commit(mode: Int, committed: Int, expected: [String]) throws {
    // An eighth of RAM, 900 kB, is to be left.
    let lines = [
      ("MemTotal", 7200), ("MemAvailable", 7000), ("CommitLimit", 1000),
      ("Committed_AS", committed),
    ]
    #expect(try findings(lines, ["proc/sys/vm/overcommit_memory": "\(mode)\n"]) == expected)
  }

  @Test(
    "tell how long all tasks stood still",
    arguments: [
      ("4.99", []), ("5.00", ["pressure_high warning"]), ("59.99", ["pressure_high warning"]),
      ("60.00", ["pressure_high critical"]),
    ])
  func pressure(full: String, expected: [String]) throws {
    let file = FixtureTree.Entry.file(
      Array(
        "some avg10=99.00 avg60=0.00 avg300=0.00 total=1\nfull avg10=\(full) avg60=0.00 avg300=0.00 total=1\n"
          .utf8))
    #expect(try findings(Self.plenty, ["proc/pressure/memory": file]) == expected)
  }

  private func zone(
    _ name: String, free: Int, cache: Int? = 0, node: Int = 0,
    blocks: [Int] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100]
  ) -> FixtureZone {
    FixtureZone(
      node: node, name: name, free: free, min: 100, low: 200, high: 300, managed: 10_000,
      cache: cache, blocks: blocks)
  }

  @Test("tell of a zone below a watermark while others aren't")
  func zones() throws {
    func found(_ zones: FixtureZone...) throws -> [String] {
      try all(Self.plenty, zones: zones).map { "\($0.id) \($0.text.split(separator: " ")[1])" }
    }
    #expect(try found(zone("DMA", free: 100), zone("Normal", free: 900)) == ["zone_below_low DMA"])
    #expect(try found(zone("DMA", free: 99), zone("Normal", free: 900)) == ["zone_below_min DMA"])
    #expect(try found(zone("DMA", free: 199), zone("Normal", free: 900)) == ["zone_below_low DMA"])
    #expect(try found(zone("DMA", free: 200), zone("Normal", free: 900)) == [])
    // File cache comes back.
    #expect(try found(zone("DMA", free: 150, cache: 150), zone("Normal", free: 900)) == [])
    #expect(
      try found(zone("DMA", free: 150, cache: 149), zone("Normal", free: 900)) == [
        "zone_below_low DMA"
      ])
    #expect(try found(zone("DMA", free: 150, cache: nil), zone("Normal", free: 900)) == [])
    // All of them low is a matter of memory as a whole.
    #expect(try found(zone("DMA", free: 99), zone("Normal", free: 99)) == [])
    #expect(try found(zone("DMA", free: 150), zone("Normal", free: 150)) == [])
    #expect(
      try found(zone("DMA", free: 99), zone("Normal", free: 150)).sorted()
        == ["zone_below_min DMA"])
    #expect(try found(zone("Normal", free: 50)) == [])
    #expect(
      try found(zone("Normal", free: 900), zone("Normal", free: 50, node: 1))
        == ["zone_below_min Normal"])
    let short = [("MemTotal", 1000), ("MemAvailable", 90)]
    #expect(
      try findings(short, zones: [zone("DMA", free: 99), zone("Normal", free: 900)])
        == ["memory_short warning"])
  }

  @Test(
    "tell that free memory is in pieces of less than eight pages",
    arguments: [
      ([10, 10, 10], true), ([10, 10, 10, 1], false), ([10, 10, 10, 0, 1], false), ([], true),
      ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
    ])
  func fragmentation(blocks: [Int], isTold: Bool) throws {
    let all = Array((blocks + [Int](repeating: 0, count: 11)).prefix(11))
    let found = try findings(Self.plenty, zones: [zone("Normal", free: 900, blocks: all)])
    #expect(found == (isTold ? ["memory_fragmented warning"] : []))
    if isTold {
      let text = try self.all(Self.plenty, zones: [zone("Normal", free: 900, blocks: all)])[0].text
      #expect(text.hasSuffix("(largest \(blocks.isEmpty ? "4.0" : "16") KiB)"))
    }
    // Where nothing is free, that isn't the matter.
    #expect(
      try findings(Self.plenty, zones: [zone("Normal", free: 100, blocks: all)])
        .contains("memory_fragmented warning") == false)
  }

  @Test("have the unit once where it is the same")
  func amounts() throws {
    let tree = try FixtureMachine(processes: []).tree()
    let world = try World(root: tree.path, environment: Environment())
    let findings = MemoryFindings(
      facts: try MemoryFacts(MachineOptions(), cgroup: nil, in: world), sizes: .binary)
    #expect(findings.amounts(3 << 20, of: 12 << 20) == "3.0 of 12 MiB")
    #expect(findings.amounts(3 << 10, of: 12 << 20) == "3.0 KiB of 12 MiB")
    #expect(findings.amounts(0, of: 12 << 20) == "0 bytes of 12 MiB")
    #expect(findings.amounts(1, of: 1) == "1 of 1 byte")
  }

  @Test("come the worst first")
  func order() throws {
    let lines = [("MemTotal", 1000), ("MemAvailable", 101), ("SwapTotal", 10), ("SwapFree", 0)]
    let file = FixtureTree.Entry(
      stringLiteral:
        "some avg10=70.00 avg60=0.00 avg300=0.00 total=1\nfull avg10=70.00 avg60=0.00 avg300=0.00 total=1\n"
    )
    let found = try findings(
      lines, zones: [zone("DMA", free: 99), zone("Normal", free: 900)],
      ["proc/pressure/memory": file])
    #expect(
      found
        == ["pressure_high critical", "zone_below_min warning", "swap_full info"])
  }
}
