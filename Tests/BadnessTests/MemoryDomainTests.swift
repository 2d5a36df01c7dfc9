import Badness
import Testing

@Suite("The capacity of a part")
struct MemoryDomainTests {
  static let mebibyte = 1 << 20
  /// 1 GiB of memory and 2 GiB of swap.
  let machine = MemoryCapacity(ram: 262_144, swap: 524_288)

  @Test(
    "with a limit of memory and swap together, as in the first version",
    arguments: [
      // 100 MiB and 300 MiB are 25600 and 76800 pages.
      // Bytes plus pages: (104857600 + 524288) >> 12
      ("2.6.36", 60, 25_728), ("2.6.38", 0, 25_728),
      ("2.6.39", 60, 76_800), ("3.6", 0, 76_800), ("3.7", 60, 76_800), ("3.18", 0, 25_600),
      ("3.19", 60, 76_800), ("4.5", 0, 25_600), ("4.6", 60, 76_800), ("5.9", 0, 25_600),
      ("5.10", 60, 76_800), ("6.19", 0, 25_600),
    ])
  func combined(release: String, swappiness: Int, pages: Pages) throws {
    let cgroup = MemoryCgroup(
      limit: 100 * Self.mebibyte, swapLimit: .memoryAndSwap(300 * Self.mebibyte),
      swappiness: swappiness)
    #expect(try total(of: cgroup, on: release) == pages)
  }

  @Test(
    "with a limit of swap alone, as in the second version",
    arguments: [
      // 50 MiB are 12800 pages; 25600 + 524288 where that limit isn't looked at
      ("4.5", 60, 549_888), ("4.6", 60, 38_400), ("5.9", 60, 38_400), ("5.10", 60, 38_400),
      ("4.5", 0, 25_600), ("5.10", 0, 25_600),
    ])
  func separate(release: String, swappiness: Int, pages: Pages) throws {
    let cgroup = MemoryCgroup(
      limit: 100 * Self.mebibyte, swapLimit: .swap(50 * Self.mebibyte), swappiness: swappiness)
    #expect(try total(of: cgroup, on: release) == pages)
  }

  @Test("takes in all swap where that isn't limited", arguments: ["2.6.39", "4.5", "4.6", "5.10"])
  func unlimitedSwap(release: String) throws {
    let cgroup = MemoryCgroup(limit: 100 * Self.mebibyte)
    #expect(try total(of: cgroup, on: release) == 549_888)
  }

  @Test(
    "without any limit is the largest count",
    arguments: [
      // (2^63 - 1) >> 12; from 5.10 swap comes on top
      ("2.6.39", 2_251_799_813_685_247), ("4.6", 2_251_799_813_685_247),
      ("5.10", 2_251_799_814_209_535),
    ])
  func unlimited(release: String, pages: Pages) throws {
    #expect(try total(of: MemoryCgroup(limit: .max), on: release) == pages)
  }

  @Test("is never 0 from 3.19 on", arguments: [("3.18", 0), ("3.19", 1), ("4.6", 1), ("5.10", 1)])
  func leastTotal(release: String, pages: Pages) throws {
    let cgroup = MemoryCgroup(limit: 4095, swappiness: 0)
    #expect(try total(of: cgroup, on: release) == pages)
  }

  @Test("of a 32-bit machine stops at its largest count")
  func narrow() throws {
    let machine = MemoryCapacity(ram: 262_144, swap: 0, wordSize: .bits32)
    let capacity = MemoryCapacity.memoryCgroup(
      MemoryCgroup(limit: .max), of: machine, on: .init(5, 10))
    #expect(capacity?.total == 2_147_483_647)
    #expect(capacity?.wordSize == .bits32)
  }

  @Test(
    "of nodes counts their holes to 5.3",
    arguments: [("2.6.36", 401_000), ("5.3", 401_000), ("5.4", 353_144)])
  func nodes(release: String, pages: Pages) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    let nodes = [
      MemoryNode(spanned: 300_000, present: 262_144), .init(spanned: 100_000, present: 90_000),
    ]
    let machine = MemoryCapacity(ram: 999_999, swap: 1000, pageSize: 16_384)
    let capacity = try #require(MemoryCapacity.nodes(nodes, of: machine, on: kernel))
    #expect(capacity.total == pages)
    #expect(capacity.pageSize == 16_384)
  }

  @Test(
    "is RAM up to the limit, and swap beyond it",
    arguments: [
      // A limit in MiB, with 50 MiB of swap; in pages.
      (100, 25_600, 12_800), (0, 0, 12_800), (10_000, 2_560_000, 12_800),
    ])
  func halves(limit: Int, ram: Pages, swap: Pages) throws {
    let cgroup = MemoryCgroup(
      limit: limit * Self.mebibyte, swapLimit: .swap(50 * Self.mebibyte))
    let capacity = try #require(
      MemoryCapacity.memoryCgroup(cgroup, of: machine, on: .init(6, 1)))
    #expect(capacity.ram == ram && capacity.swap == swap)
    #expect(capacity.pageSize == machine.pageSize)
  }

  @Test("sees the machine's swap where that is less than the limit's")
  func littleSwap() throws {
    let machine = MemoryCapacity(ram: 262_144, swap: 100)
    for release in [KernelVersion(2, 6, 39), .init(3, 19), .init(6, 1)] {
      for limit in [
        MemoryCgroup.SwapLimit.memoryAndSwap(300 * Self.mebibyte), .swap(50 * Self.mebibyte),
      ] {
        let cgroup = MemoryCgroup(limit: 100 * Self.mebibyte, swapLimit: limit)
        #expect(
          MemoryCapacity.memoryCgroup(cgroup, of: machine, on: release)?.total == 25_700)
      }
    }
  }

  @Test("keeps the machine's swap where nodes run out")
  func swapOfNodes() throws {
    let node = MemoryNode(spanned: 30, present: 20)
    let capacity = MemoryCapacity.nodes([node, node], of: machine, on: .init(6, 1))
    #expect(capacity?.ram == 40 && capacity?.swap == machine.swap)
  }

  @Test("is unknown before 2.6.36")
  func unknown() {
    let kernel = KernelVersion(2, 6, 35)
    #expect(MemoryCapacity.memoryCgroup(.init(limit: 1), of: machine, on: kernel) == nil)
    #expect(MemoryCapacity.nodes([], of: machine, on: kernel) == nil)
  }

  private func total(of cgroup: MemoryCgroup, on release: String) throws -> Pages {
    let kernel = try #require(KernelVersion(parsing: release))
    return try #require(MemoryCapacity.memoryCgroup(cgroup, of: machine, on: kernel)).total
  }
}
