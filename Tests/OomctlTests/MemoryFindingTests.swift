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
    available: Int? = 500, swap: Int = 1000, swapFree: Int = 1000, limit: Int = 1500,
    committed: Int = 100
  ) -> FixtureMachine {
    let lines =
      [
        ("MemTotal", 1000), ("SwapTotal", swap), ("SwapFree", swapFree), ("CommitLimit", limit),
        ("Committed_AS", committed), ("VmallocTotal", 1 << 25),
      ] + (available.map { [("MemAvailable", $0)] } ?? [])
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
      (nil, 0, 0, []),
    ] as [(Int?, Int, Int, [String])])
  func shortage(available: Int?, swap: Int, free: Int, expected: [String]) throws {
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

@Suite("Low memory")
struct LowMemoryTests {
  /// The zones of a 32-bit machine whose slab fills what the kernel can reach.
  static let zones = [
    FixtureZone(
      name: "DMA", free: 1090, min: 190, low: 237, high: 284, managed: 3840,
      protection: [0, 817, 1985, 1985], blocks: [1, 2, 1, 1, 1, 1, 0, 2, 1, 1, 0]),
    FixtureZone(
      name: "Normal", free: 12_985, min: 10_397, low: 12_996, high: 15_595, managed: 210_005,
      protection: [0, 0, 9343, 9343], blocks: [3, 3, 2, 3, 1, 2, 1, 2, 3, 1, 11]),
    FixtureZone(
      name: "HighMem", free: 233_709, min: 128, low: 3840, high: 7552, managed: 298_978,
      protection: [0, 0, 0, 0], blocks: [1, 0, 1, 1, 0, 1, 1, 1, 2, 1, 227]),
  ]

  static let memory = [
    ("MemTotal", 2_051_292), ("MemFree", 991_136), ("MemAvailable", 855_252),
    ("HighTotal", 1_195_912), ("HighFree", 934_836), ("LowTotal", 855_380), ("LowFree", 56_300),
    ("SwapTotal", 0), ("SwapFree", 0), ("Slab", 793_196), ("SReclaimable", 6_300),
    ("SUnreclaim", 786_896), ("KernelStack", 408), ("PageTables", 720), ("CommitLimit", 1_025_644),
    ("Committed_AS", 261_908), ("VmallocTotal", 122_880),
  ]

  static let machine = FixtureMachine(
    processes: [FixtureProcess(9, "web", resident: 900)]
  ).with(zones).with(memory: memory)

  private func finding(
    _ zones: [FixtureZone] = zones, changing lines: [String: Int] = [:]
  ) throws -> JSON? {
    let memory = Self.memory.map { ($0.0, lines[$0.0] ?? $0.1) }
    let json = try run(
      ["memory", "--json"], on: Self.machine.with(zones).with(memory: memory).tree()
    ).json
    return try json["findings"].elements.first { try $0["id"] == "low_memory_short" }
  }

  private func zones(free: Int, cache: Int? = 0) -> [FixtureZone] {
    Self.zones.map { zone in
      var zone = zone
      zone.cache = cache.map { $0 / 3 }
      if zone.name == "Normal" { zone.free = free }
      return zone
    }
  }

  @Test("that is short is found, with what holds it")
  func short() throws {
    let finding = try #require(try finding())
    #expect(
      try finding["text"]
        == .text(
          "low memory is short (10 of 55 MiB above the watermark) while 913 MiB of high memory is "
            + "free: the OOM killer can act although `free` shows memory; it is held by slab 775 "
            + "MiB, page tables 720 KiB, kernel stacks 408 KiB"))
    #expect(try finding["severity"] == "warning")
  }

  @Test("that is used up is critical")
  func usedUp() throws {
    let zones = zones(free: 10_393).map { zone in
      var zone = zone
      if zone.name == "DMA" { zone.free = 1000 }
      return zone
    }
    #expect(try #require(try finding(zones))["severity"] == "critical")
  }

  @Test(
    "isn't short where a tenth of it is to be had, or high memory is as short",
    arguments: [
      // A tenth is 21 384 pages; 83 of DMA count too, and 788 of the slab.
      (31_600, 0, 934_836, false), (30_800, 0, 934_836, true),
      // File cache counts as available, less a watermark.
      (12_985, 99_000, 934_836, false), (12_985, 20_000, 934_836, true),
      (12_985, 0, 119_591, false), (12_985, 0, 119_592, true),
      // Where file cache isn't told, only the end is told.
      (10_481, nil, 934_836, false), (10_300, nil, 934_836, false),
    ] as [(Int, Int?, Int, Bool)])
  func boundaries(free: Int, cache: Int?, highFree: Int, isShort: Bool) throws {
    let finding = try finding(zones(free: free, cache: cache), changing: ["HighFree": highFree])
    #expect((finding != nil) == isShort)
  }

  @Test("is held by objects whose name root may read")
  func slab() throws {
    let machine = Self.machine.with {
      $0.files["proc/slabinfo"] = """
        slabinfo - version: 2.1
        dentry      2100 2100    192   21    1 : tunables    0    0    0 : slabdata    100    100      0
        kmalloc-2k   376 384   2048   16    8 : tunables    0    0    0 : slabdata  24000  24000      0

        """
    }
    let output = try run(["memory", "--json"], on: machine.tree()).output
    #expect(output.contains("held by slab 775 MiB (kmalloc-2k 750 MiB), page tables"))
  }

  @Test(
    "is none on a 64-bit kernel, nor where all memory is of one kind",
    arguments: [["VmallocTotal": 34_359_738_367], ["HighTotal": 0, "HighFree": 0]])
  func oneKind(lines: [String: Int]) throws {
    let memory = Self.memory.map { ($0.0, lines[$0.0] ?? $0.1) }
    let result = try run(["memory", "--json"], on: Self.machine.with(memory: memory).tree())
    #expect(try result.json["low"] == nil && result.json["high"] == nil)
    #expect(!result.output.contains("low memory"))
  }

  @Test("is the kernel's own: low, high and their sum")
  func amounts() throws {
    let json = try run(["memory", "--json"], on: Self.machine.tree()).json
    #expect(try json["low"]["total_bytes"] == 875_909_120)
    #expect(try json["low"]["used_bytes"] == 818_257_920)
    #expect(try json["low"]["free_bytes"] == 57_651_200)
    #expect(try json["low"]["above_min_bytes"].integer == (2588 + 83) * 4096)
    #expect(try json["high"]["total_bytes"] == 1_224_613_888)
    #expect(try json["high"]["free_bytes"] == 957_272_064)
    #expect(try json["high"]["above_min_bytes"].integer == (233_709 - 128) * 4096)
    #expect(try json["total"]["used_bytes"] == 1_085_599_744)
  }
}

@Suite("The memory of a captured machine")
struct CapturedMemoryTests {
  private func memory(_ machine: CapturedMachine) throws -> Run {
    try machine.withRoot { run(["memory", "--json", "--root", $0]) }
  }

  @Test("that has one kind is never called low", arguments: try CapturedMachine.all)
  func oneKind(machine: CapturedMachine) throws {
    let run = try memory(machine)
    #expect(run.status == .done)
    guard !machine.name.hasPrefix("i386") else { return }
    #expect(try run.json["low"] == nil)
    #expect(!run.output.contains("low memory"))
  }

  @Test("adds up to what its zones hand out", arguments: try CapturedMachine.all)
  func sums(machine: CapturedMachine) throws {
    let json = try memory(machine).json
    let zones = try json["zones"].elements.map { try $0["total_bytes"].integer }
    #expect(try zones.reduce(0, +) == json["total"]["total_bytes"].integer)
  }

  @Test("has blocks that add up to what is free, but for what processors hold")
  func blocks() throws {
    for machine in try CapturedMachine.all {
      for zone in try memory(machine).json["zones"].elements {
        let blocks = try zone["free_blocks"].elements.map { try $0.integer }
        let pages = blocks.enumerated().reduce(0) { $0 + $1.element << $1.offset }
        let free = try zone["free_bytes"].integer / machine.expected["page_size"].integer
        // Both files were read one after the other.
        #expect(abs(pages - free) <= 64, "\(machine.name)")
      }
    }
  }

  @Test(
    "whose low memory ran out is found short, as its kernel said when it killed",
    arguments: try CapturedMachine.all.filter { $0.name.hasSuffix("-lowmem") })
  func lowMemory(machine: CapturedMachine) throws {
    let json = try memory(machine).json
    let finding = try #require(try json["findings"].elements.first)
    #expect(try finding["id"] == "low_memory_short")
    #expect(try finding["text"].string.hasPrefix("low memory is short ("))

    // `Normal free:41572kB boost:0kB min:41588kB low:51984kB …`
    let log = try machine.withRoot { try text(at: "\($0)/dmesg.txt") }
    let words = try #require(
      log.split(separator: "\n").first { $0.contains("] Normal free:") }
    ).split(separator: " ")
    let kernel = Dictionary(
      words.compactMap { word -> (String, Int)? in
        let parts = word.split(separator: ":")
        guard parts.count == 2, parts[1].hasSuffix("kB") else { return nil }
        return Int(parts[1].dropLast(2)).map { (String(parts[0]), $0) }
      }
    ) { first, _ in first }
    let zone = try #require(try json["zones"].elements.first { try $0["name"] == "Normal" })
    for mark in ["min", "low", "high"] {
      let expected = try #require(kernel[mark]) * 1024
      #expect(try zone["\(mark)_bytes"].integer == expected)
    }
    let (free, minimum) = try (#require(kernel["free"]), #require(kernel["min"]))
    #expect(free < minimum)
  }
}
