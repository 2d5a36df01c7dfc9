import ProcFS
import Testing

@testable import MemoryLedger

@Suite("A ledger")
struct LedgerTests {
  private static func memory(_ lines: [String: Int]) throws -> MemoryInfo {
    let text = lines.map { "\($0): \($1)\($0.hasPrefix("HugePages_") ? "" : " kB")\n" }.joined()
    let memory = MemoryInfo(parsing: Array(text.utf8).span)
    return try #require(memory)
  }

  /// The parts in KiB, the largest first.
  private static func parts(
    _ lines: [String: Int], _ change: (inout Ledger.Devices) -> Void = { _ in }
  ) throws -> [String] {
    var devices = Ledger.Devices()
    change(&devices)
    let ledger = try #require(Ledger(try memory(lines), devices))
    #expect(ledger.entries.reduce(0) { $0 + $1.bytes } == ledger.total)
    #expect(ledger.total == lines["MemTotal"].map { $0 * 1024 })
    return ledger.entries.map { "\($0.kind.rawValue) \($0.bytes / 1024)" }
  }

  @Test("adds up to all RAM, the largest first, with what nobody counts")
  func sum() throws {
    #expect(
      try Self.parts(["MemTotal": 1000, "MemFree": 300, "AnonPages": 500, "PageTables": 20]) == [
        "anonymous 500", "free 300", "unaccounted 180", "page_tables 20",
      ])
    #expect(try Self.parts(["MemTotal": 10, "MemFree": 10]) == ["free 10"])
    // Counters lag behind.
    #expect(try Self.parts(["MemTotal": 10, "MemFree": 12]) == ["free 12", "unaccounted -2"])
  }

  @Test("counts no page twice")
  func overlaps() throws {
    // Pages of tmpfs are pages of files, too.
    #expect(
      try Self.parts(["MemTotal": 100, "Cached": 70, "Shmem": 50, "Buffers": 30]) == [
        "file_cache 50", "shared 50",
      ])
    // What is idle in areas of CMA, or not accepted, is free.
    #expect(
      try Self.parts(["MemTotal": 100, "MemFree": 100, "CmaFree": 30, "Unaccepted": 10]) == [
        "free 60", "free_cma 30", "unaccepted 10",
      ])
    #expect(
      try Self.parts([
        "MemTotal": 100, "Slab": 60, "SUnreclaim": 20, "SReclaimable": 40, "KReclaimable": 80,
      ])
        == ["slab_reclaimable 40", "kernel_reclaimable 40", "slab_unreclaimable 20"])
    // Huge pages of all sizes, of which some are idle.
    #expect(
      try Self.parts([
        "MemTotal": 100, "Hugetlb": 100, "HugePages_Total": 4, "HugePages_Free": 3,
        "Hugepagesize": 20,
      ]) == ["huge_pages_idle 60", "huge_pages_used 40"])
    #expect(
      try Self.parts(
        ["MemTotal": 100, "Hugetlb": 100, "HugePages_Free": 3, "Hugepagesize": 20]
      ) { $0.idleHugePages = 90 << 10 } == ["huge_pages_idle 90", "huge_pages_used 10"])
    #expect(
      try Self.parts(["MemTotal": 100, "GPUActive": 60, "GPUReclaim": 40]) == ["gpu 100"])
  }

  @Test("doesn't say which slab can be reclaimed where that isn't told")
  func slab() throws {
    #expect(try Self.parts(["MemTotal": 100, "Slab": 100]) == ["slab 100"])
  }

  @Test("takes of the swap cache what no process has")
  func swapCache() throws {
    let lists = ["MemTotal": 100, "AnonPages": 30, "Cached": 20, "Buffers": 5, "SwapCached": 10]
    func swap(_ active: Int, _ inactive: Int, _ unevictable: Int = 0) throws -> [String] {
      let whole = lists.merging(
        ["Active": active, "Inactive": inactive, "Unevictable": unevictable]) { $1 }
      return try Self.parts(whole).filter { $0.hasPrefix("swap_cache") }
    }
    #expect(try swap(30, 30) == ["swap_cache 5"])
    #expect(try swap(30, 30, 2) == ["swap_cache 7"])
    #expect(try swap(40, 40) == ["swap_cache 10"])
    #expect(try swap(25, 30) == [])
    #expect(try swap(20, 30) == [])
  }

  @Test("counts what the kernel maps together only where that is told, without its stacks")
  func mapped() throws {
    let lines = ["MemTotal": 100, "VmallocUsed": 50, "KernelStack": 20]
    #expect(try Self.parts(lines) == ["unaccounted 80", "kernel_stacks 20"])
    #expect(
      try Self.parts(lines) { $0.countsMapped = true } == [
        "unaccounted 50", "vmalloc 30", "kernel_stacks 20",
      ])
    #expect(
      try Self.parts(lines) {
        $0.countsMapped = true
        $0.mapsStacks = false
      } == ["vmalloc 50", "unaccounted 30", "kernel_stacks 20"])
  }

  @Test("says which lines this kernel doesn't print")
  func missing() throws {
    let ledger = try #require(
      Ledger(try Self.memory(["MemTotal": 9, "AnonPages": 0, "Slab": 0]), Ledger.Devices()))
    #expect(
      ledger.missing == [
        "Cached", "Shmem", "SUnreclaim", "PageTables", "KernelStack", "Percpu", "VmallocUsed",
      ])
    var devices = Ledger.Devices()
    devices.countsMapped = true
    #expect(
      Ledger(try Self.memory(["MemTotal": 9]), devices)?.missing.contains("VmallocUsed") == false)
    #expect(Ledger(try Self.memory(["MemTotal": 0]), devices) == nil)
  }

  @Test(
    "names what holds most, if it isn't processes' own and doesn't come back by itself",
    arguments: [
      ([.shared: 30, .anonymous: 20], .shared),
      ([.shared: 30, .anonymous: 30], nil),
      ([.shared: 24, .anonymous: 20], nil),
      ([.shared: 25, .anonymous: 20], .shared),
      ([.fileCache: 60, .shared: 26], .shared),
      ([.reclaimableSlab: 90], nil),
      ([.free: 90, .unreclaimableSlab: 10], nil),
      ([.anonymous: 10, .free: 10], .unaccounted),
    ] as [([LedgerKind: Int?], LedgerKind?)])
  func holder(parts: [LedgerKind: Int?], holder: LedgerKind?) {
    var parts = parts
    if holder != .unaccounted {
      parts[.free] = (parts[.free] ?? 0)! + 100 - parts.values.reduce(0) { $0 + $1! }
    }
    #expect(Ledger(total: 100, parts).holder?.kind == holder)
    #expect(Ledger(total: 100, parts, missing: ["Percpu"]).holder?.kind == holder)
    // What isn't told isn't what nobody counts.
    let told = holder == .unaccounted ? nil : holder
    #expect(Ledger(total: 100, parts, missing: ["AnonPages"]).holder?.kind == told)
    #expect(Ledger(total: 100, parts, missing: ["Cached"]).holder?.kind == told)
    #expect(Ledger(total: 100, parts, missing: ["Slab"]).holder?.kind == told)
  }

  @Test("tells what goes with processes at most")
  func killing() {
    let ledger = Ledger(
      total: 100,
      [.anonymous: 40, .pageTables: 2, .kernelStacks: 1, .shared: 30, .zram: 5, .free: 22])
    #expect(ledger.freedByKilling == 43)
    #expect(ledger[.zram] == 5)
    #expect(ledger[.arc] == 0)
  }

  @Test("has a name and words for each use", arguments: LedgerKind.allCases)
  func words(kind: LedgerKind) {
    #expect(!kind.label.isEmpty)
    #expect(kind.rawValue.allSatisfy { $0.isLowercase || $0 == "_" })
    #expect(kind.isFree ? kind.freedBy == nil : true)
    #expect(kind.isFree ? kind.isDroppable : true)
  }
}
