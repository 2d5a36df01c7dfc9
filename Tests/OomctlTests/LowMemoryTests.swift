import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

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
    // As free(1) counts it: what is available isn't in use.
    #expect(try json["total"]["used_bytes"] == 1_224_744_960)
  }
}
