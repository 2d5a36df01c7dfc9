package import ProcFS

extension Ledger {
  /// What besides `meminfo` tells of RAM; `nil` for what can't be read or isn't there.
  package struct Devices: Equatable, Sendable {
    /// Free pages in the lists of processors, in bytes.
    package var freePerProcessor: Int?
    /// Bytes that compressed block devices take up.
    package var zram: Int?
    /// Bytes of the cache of ZFS.
    package var arc: Int?
    /// Bytes of huge pages that nobody uses, of all sizes.
    package var idleHugePages: Int?
    /// True where `VmallocUsed` counts pages: from 5.3 on. Before it was 0, or address space.
    package var countsMapped = false
    /// True where the kernel's stacks are among those: CONFIG_VMAP_STACK, which all 64-bit kernels have that
    /// count.
    package var mapsStacks = true

    package init() {}
  }

  /// The whole machine's, from `meminfo` (fs/proc/meminfo.c `meminfo_proc_show`); `nil` without `MemTotal`.
  ///
  /// The lists for reclaim aren't taken: they lag behind. `AnonPages` and `Cached` overlap with none but the swap
  /// cache, part of which `AnonPages` counts, too.
  package init?(_ memory: MemoryInfo, _ devices: Devices) {
    guard let total = memory[.total]?.bytes, total > 0 else { return nil }
    func bytes(_ name: String) -> Int? { memory[named: name]?.bytes }
    func rest(_ whole: Int?, _ part: Int?) -> Int? { whole.map { max(0, $0 &- max(0, part ?? 0)) } }
    let (shared, stacks) = (memory[.shared]?.bytes, memory[.kernelStacks]?.bytes)
    let unreclaimable = memory[.unreclaimableSlab]?.bytes
    let idle = devices.idleHugePages ?? Self.idleHugePages(memory)
    let parts: [LedgerKind: Int?] = [
      .free: rest(memory[.free]?.bytes, (bytes("CmaFree") ?? 0) &+ (bytes("Unaccepted") ?? 0)),
      .freePerProcessor: devices.freePerProcessor, .freeContiguous: bytes("CmaFree"),
      .unaccepted: bytes("Unaccepted"), .anonymous: memory[.anonymous]?.bytes,
      .fileCache: rest(memory[.cached]?.bytes, shared).map { $0 &+ (memory[.buffers]?.bytes ?? 0) },
      .swapCache: Self.swapCache(memory), .shared: shared,
      .slab: unreclaimable == nil ? memory[.slab]?.bytes : nil,
      .reclaimableSlab: unreclaimable == nil ? nil : rest(memory[.slab]?.bytes, unreclaimable),
      .unreclaimableSlab: unreclaimable,
      .reclaimableKernel: rest(bytes("KReclaimable"), memory[.reclaimableSlab]?.bytes),
      .pageTables: memory[.pageTables]?.bytes, .secondaryPageTables: bytes("SecPageTables"),
      .kernelStacks: stacks, .perProcessor: memory[.perProcessor]?.bytes,
      .mapped: devices.countsMapped
        ? rest(bytes("VmallocUsed"), devices.mapsStacks ? stacks : nil) : nil,
      .hugePagesUsed: rest(memory.hugePagePool?.bytes, idle), .hugePagesIdle: idle,
      .zswap: bytes("Zswap"), .zram: devices.zram, .arc: devices.arc, .balloon: bytes("Balloon"),
      .bounce: bytes("Bounce"), .temporaryWriteback: bytes("WritebackTmp"),
      .graphics: bytes("GPUActive").map { $0 &+ (bytes("GPUReclaim") ?? 0) },
      .corrupted: bytes("HardwareCorrupted"),
    ]
    var missing = Self.lines.filter { memory[named: $0] == nil }
    if !devices.countsMapped { missing.append("VmallocUsed") }
    self.init(total: total, parts, missing: missing)
  }

  /// The lines without which what nobody counts holds more than that.
  private static let lines = [
    "AnonPages", "Cached", "Shmem", "Slab", "SUnreclaim", "PageTables", "KernelStack", "Percpu",
  ]

  /// What is in the swap cache and no process has: the lists for reclaim hold that much more than all else that
  /// lies there.
  private static func swapCache(_ memory: MemoryInfo) -> Int? {
    guard let cache = memory[named: "SwapCached"]?.bytes, cache > 0,
      let active = memory[named: "Active"]?.bytes, let inactive = memory[named: "Inactive"]?.bytes,
      let anonymous = memory[.anonymous]?.bytes, let cached = memory[.cached]?.bytes
    else { return nil }
    let lists = active &+ inactive &+ (memory[named: "Unevictable"]?.bytes ?? 0)
    return min(cache, max(0, lists &- anonymous &- cached &- (memory[.buffers]?.bytes ?? 0)))
  }

  /// Of the default size: `meminfo` tells no other.
  private static func idleHugePages(_ memory: MemoryInfo) -> Int? {
    guard let free = memory[hugePages: .free], let size = memory[.hugePageSize]?.bytes else {
      return nil
    }
    return Int(clamping: Int128(free) * Int128(size))
  }
}
