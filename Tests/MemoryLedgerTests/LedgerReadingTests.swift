import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import MemoryLedger

@Suite("What a machine has besides meminfo")
struct LedgerReadingTests {
  private func parts(_ files: [String: String], pageSize: Int? = 4096) throws -> [String] {
    var all = [
      "proc/meminfo": "MemTotal: 1000 kB\nMemFree: 1000 kB\nZswap: 40 kB\n",
      "proc/sys/kernel/osrelease": "6.1.0\n",
    ]
    all.merge(files) { $1 }
    let tree = try FixtureTree(all.mapValues { .init(stringLiteral: $0) })
    let world = try World(root: tree.path, environment: Environment())
    let memory = try world.proc.memoryInfo
    let found = world.ledger(of: memory, pageSize: pageSize)
    let ledger = try #require(found)
    #expect(world.gaps.isEmpty)
    return ledger.entries.filter { $0.kind != .free && $0.kind != .unaccounted }.map {
      "\($0.kind.rawValue) \($0.bytes / 1024)"
    }
  }

  private static let zones = """
    Node 0, zone   Normal
      pages free     3800
            nr_zspages   30
      pagesets
        cpu: 0
                  count: 5
                  high:  10
        cpu: 1
                  count: 6
    Node 1, zone   Normal
            nr_zspages   2

    """

  @Test("is read where it is, and is nothing where it isn't")
  func devices() throws {
    #expect(try parts([:]) == ["zswap 40"])
    // What zsmalloc holds is zswap's, too.
    #expect(
      try parts(["proc/zoneinfo": Self.zones]) == ["zram 88", "free_per_cpu 44", "zswap 40"])
    #expect(try parts(["proc/zoneinfo": Self.zones], pageSize: nil) == ["zswap 40"])
    #expect(
      try parts([
        "proc/zoneinfo": Self.zones, "sys/block/zram0/mm_stat": " 900000 300000 204800 0 1 2 3\n",
        "sys/block/zram1/mm_stat": "1 1 102400 0\n", "sys/block/sda/size": "1\n",
      ]) == ["zram 300", "free_per_cpu 44", "zswap 40"])
    #expect(
      try parts([
        "proc/spl/kstat/zfs/arcstats":
          "13 1 0x01 1 2 3 4\nname type data\nhits 4 7\nsize 4 512000\n"
      ]) == ["zfs_arc 500", "zswap 40"])
    #expect(
      try parts([
        "sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages": "1\n",
        "sys/kernel/mm/hugepages/hugepages-64kB/free_hugepages": "2\n",
      ]) == ["huge_pages_idle 2176", "zswap 40"])
  }

  @Test(
    "tells what is mapped together from 5.3 on",
    arguments: [("5.2.0", 0), ("5.3.0", 70), ("6.1.0", 70), ("4.4.0", 0)])
  func mapped(release: String, size: Int) throws {
    let parts = try parts([
      "proc/meminfo":
        "MemTotal: 1000 kB\nVmallocTotal: 34359738367 kB\nVmallocUsed: 100 kB\nKernelStack: 30 kB\n",
      "proc/sys/kernel/osrelease": release + "\n",
    ])
    #expect(parts.contains("vmalloc \(size)") == (size > 0))
    #expect(parts.contains { $0.hasPrefix("vmalloc") } == (size > 0))
  }

  @Test("of a 32-bit kernel has its stacks elsewhere")
  func narrow() throws {
    let parts = try parts([
      "proc/meminfo":
        "MemTotal: 1000 kB\nVmallocTotal: 122880 kB\nVmallocUsed: 100 kB\nKernelStack: 30 kB\n"
    ])
    #expect(parts == ["vmalloc 100", "kernel_stacks 30"])
  }
}
