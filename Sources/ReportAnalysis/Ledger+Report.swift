package import DaemonLog
package import KernelLog
package import MemoryLedger

extension Ledger {
  /// What a kill's report tells of where memory was: of the memory cgroup that was at its limit, else of the whole
  /// machine; `nil` where it was cut, or not printed.
  package init?(of kill: KernelLog.Kill, pageSize: Kibibytes) {
    if kill.constraint == "memcg" {
      self.init(kill.report.cgroup)
    } else {
      self.init(kill.report.memory, pageSize: pageSize)
    }
  }

  /// The whole machine's, from the counters of `Mem-Info:` (mm/show_mem.c `show_free_areas`). All of RAM is what
  /// isn't reserved, as in `MemTotal`. Pages of processes and in the swap cache are told together.
  private init?(_ memory: MemoryState, pageSize: Kibibytes) {
    guard let frames = memory.ramPages, let reserved = memory.reservedPages, frames > reserved,
      let free = memory.pages("free"), !memory.zones.isEmpty
    else { return nil }
    func bytes(_ keys: String...) -> Int? {
      let known = keys.compactMap(memory.pages)
      return known.isEmpty ? nil : known.reduce(0, &+) &* pageSize.bytes
    }
    func ofZones(_ key: String) -> Int? {
      let sizes = memory.zones.compactMap { $0.size(key)?.bytes }
      return sizes.isEmpty ? nil : sizes.reduce(0, &+)
    }
    let shared = bytes("shmem")
    let anonymous = bytes("active_anon", "inactive_anon", "isolated_anon")
    let huge = memory.hugePages.map { $0.bytes &- (memory.idleHugePages?.bytes ?? 0) }
    let stacks = memory.kernelStacks?.bytes ?? ofZones("kernel_stack")
    let parts: [LedgerKind: Int?] = [
      .free: max(0, free &- (memory.pages("free_cma") ?? 0)) &* pageSize.bytes,
      .freePerProcessor: bytes("free_pcp"), .freeContiguous: bytes("free_cma"),
      .anonymous: anonymous.map { max(0, $0 &- (shared ?? 0)) },
      .fileCache: bytes("active_file", "inactive_file", "isolated_file"), .shared: shared,
      .unevictable: bytes("unevictable"), .reclaimableSlab: bytes("slab_reclaimable"),
      .unreclaimableSlab: bytes("slab_unreclaimable"), .slab: bytes("slab"),
      .reclaimableKernel: bytes("kernel_misc_reclaimable"), .pageTables: bytes("pagetables"),
      .secondaryPageTables: bytes("sec_pagetables"), .kernelStacks: stacks,
      .bounce: bytes("bounce"), .zram: ofZones("zspages"), .hugePagesUsed: huge,
      .hugePagesIdle: memory.idleHugePages?.bytes,
      .corrupted: memory.poisonedPages.map { $0 &* pageSize.bytes },
    ]
    let told: [(String, Int?)] = [
      ("shmem", shared), ("slab_unreclaimable", bytes("slab_unreclaimable") ?? bytes("slab")),
      ("pagetables", bytes("pagetables")), ("kernel_stack", stacks), ("hugepages", huge),
    ]
    let missing = told.filter { $0.1 == nil }.map(\.0)
    self.init(
      total: (frames &- reserved) &* pageSize.bytes, parts,
      missing: missing + ["percpu", "vmalloc"])
  }

  /// A memory cgroup's, from its usage and `memory.stat` (mm/memcontrol.c `memory_stat_format`), with all below it.
  private init?(_ state: CgroupState?) {
    guard let state, let used = state.memory?.usage.bytes else { return nil }
    // To 5.2 the numbers are of that cgroup alone, while the limit is for all below it.
    let statistics = state.statisticsInBytes ? state.statistics : []
    func bytes(_ key: String) -> Int? { statistics.first { $0.key == key }?.value }
    let shared = bytes("shmem")
    let unreclaimable = bytes("slab_unreclaimable")
    var parts: [LedgerKind: Int?] = [
      .anonymous: bytes("anon"), .fileCache: bytes("file").map { max(0, $0 &- (shared ?? 0)) },
      .shared: shared, .unreclaimableSlab: unreclaimable,
      .slab: unreclaimable == nil ? bytes("slab") : nil,
      .reclaimableSlab: unreclaimable == nil ? nil : bytes("slab_reclaimable"),
      .pageTables: bytes("pagetables"), .secondaryPageTables: bytes("sec_pagetables"),
      .kernelStacks: bytes("kernel_stack"), .perProcessor: bytes("percpu"),
      .mapped: bytes("vmalloc"), .sockets: bytes("sock"), .zswap: bytes("zswap"),
    ]
    let kernelsOwn: [LedgerKind] = [
      .slab, .unreclaimableSlab, .reclaimableSlab, .pageTables, .secondaryPageTables, .kernelStacks,
      .perProcessor, .mapped,
    ]
    // v1 counts the kernel's memory on its own, v2 sums it up from 5.18 on.
    let told = kernelsOwn.reduce(0) { $0 &+ max(0, (parts[$1] ?? nil) ?? 0) }
    parts[.kernel] = (state.kernel?.usage.bytes ?? bytes("kernel")).map { $0 &- told }
    guard parts.values.contains(where: { $0 ?? 0 > 0 }) else { return nil }
    self.init(total: used, parts)
  }
}
