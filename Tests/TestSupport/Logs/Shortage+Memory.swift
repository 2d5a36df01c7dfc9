/// The machine's memory as the `Mem-Info:` block has it.
extension Shortage {
  /// A number with the kernel's name for it.
  public struct Count: Hashable, Sendable {
    public var key: String
    public var value: Int

    init(_ key: String, _ value: Int) {
      self.key = key
      self.value = value
    }
  }

  /// One zone, with what its lines say.
  public struct Area: Hashable, Sendable {
    public var node: Int?
    public var name: String
    /// In kibibytes.
    public var sizes: [Count]
    public var reserve: [Int]
    public var blocks: [Block]
    /// Where the era says so.
    public var isUnreclaimable: Bool?
  }

  /// Free blocks of a size in kibibytes.
  public struct Block: Hashable, Sendable {
    public var size: Int
    public var count: Int
    public var kinds: String
  }

  /// Whether the block is printed: to 3.8 for cgroups too.
  public var printsMemory: Bool { isGlobal || era.level < 30_900 }

  /// The sums in pages, a list for each of their lines.
  public var counters: [[Count]] {
    if era.level < 20_628 {
      return [
        lists("Active:13356 inactive:253643 dirty:0 writeback:0 unstable:0 free:26925 slab:2333")
          + lists("mapped:12041 pagetables:151")
      ]
    }
    if era.level < 20_632 {
      return [
        lists("Active_anon:99096 active_file:75187 inactive_anon:14426"),
        lists("inactive_file:11725 unevictable:867 dirty:0 writeback:256 unstable:0"),
        lists("free:6730 slab:89233 mapped:22358 pagetables:1487 bounce:0"),
      ]
    }
    let head = [
      lists("active_anon:675 inactive_anon:29674 isolated_anon:3"),
      lists("active_file:12 inactive_file:9 isolated_file:1"),
    ]
    if era.level < 50_700 {
      return head
        + [
          lists("unevictable:4 dirty:2 writeback:1 unstable:0"),
          lists(
            era.level < 40_200
              ? "free:501 slab_reclaimable:2404 slab_unreclaimable:1464"
              : "slab_reclaimable:2404 slab_unreclaimable:1464"),
          lists("mapped:618 shmem:866 pagetables:98 bounce:0"),
          lists(
            era.level < 40_200
              ? (era.level < 30_800 ? "" : "free_cma:0") : "free:501 free_pcp:59 free_cma:0"),
        ].filter { !$0.isEmpty }
    }
    return head + [
      lists("unevictable:4 dirty:2 writeback:1"),
      lists("slab_reclaimable:2404 slab_unreclaimable:1464"),
      lists("mapped:618 shmem:866 pagetables:98"), lists("sec_pagetables:0 bounce:0"),
      lists("kernel_misc_reclaimable:0"), lists("free:501 free_pcp:59 free_cma:0"),
    ]
  }

  /// The zones: three on old kernels, as 32-bit machines have them.
  public var zones: [Area] {
    let node = era.level >= 30_000 ? 0 : nil
    let unreclaimable: Bool? = era.level < 40_800 ? false : nil
    let dma = Area(
      node: node, name: "DMA",
      sizes: zoneSizes(free: 684, min: 164, present: 15_992), reserve: [0, 878, 2003],
      blocks: blocks([1, 1, 0, 1, 2, 0, 2]), isUnreclaimable: unreclaimable.map { !$0 })
    let normal = Area(
      node: node, name: era.level < 30_000 ? "Normal" : "DMA32",
      sizes: zoneSizes(free: 1320, min: 1324, present: 901_120), reserve: [0, 0, 1125],
      blocks: blocks([2, 0, 2, 2, 1, 1, 0, 2]), isUnreclaimable: unreclaimable)
    let high = Area(
      node: node, name: era.level < 30_000 ? "HighMem" : "Movable",
      sizes: zoneSizes(free: 105_792, min: 512, present: 1_179_632), reserve: [0, 0, 0],
      blocks: blocks([222, 417, 216, 96, 121, 42, 8, 6, 1, 1, 18]), isUnreclaimable: unreclaimable)
    return [dma, normal, high]
  }

  /// Page frames, and of these above the kernel's map (where printed), and never handed out.
  public var ram: (all: Int, high: Int?, reserved: Int) {
    (524_158, era.level < 30_000 ? 298_978 : era.level < 31_300 ? nil : 0, 11_335)
  }

  /// Swap in kibibytes: all, free.
  public var swap: (total: Int, free: Int) { (499_708, 21_444) }

  /// Caches of the kernel's allocator in kibibytes: name, used, total.
  public var slabs: [(name: String, used: Int, total: Int)] {
    guard era.level >= 41_500, printsMemory else { return [] }
    return [("mqueue_inode_cache", 7, 11), ("kmalloc-4k", 611_204, 611_333)]
  }

  /// Where the kernel allocated: size as printed, in bytes, calls, place.
  public var allocations: [(size: String, bytes: Int, count: Int, site: String)] {
    guard era.level >= 61_000, printsMemory else { return [] }
    return [
      ("64.0 MiB", 67_108_864, 14_264, "mm/slub.c:2264 func:alloc_slab_page"),
      ("3.00 MiB", 3_145_728, 511, "fs/xfs/xfs_icache.c:82 [xfs] func:xfs_inode_alloc"),
    ]
  }

  private func lists(_ text: String) -> [Count] {
    text.split(separator: " ").map { word in
      let parts = word.split(separator: ":")
      return Count(String(parts[0]), Int(parts[1]) ?? 0)
    }
  }

  private func blocks(_ counts: [Int]) -> [Block] {
    (0..<11).map { order in
      let count = order < counts.count ? counts[order] : 0
      return Block(
        size: 4 << order, count: count,
        kinds: era.level >= 30_000 && count > 0 ? ["U", "UM", "UMEC"][order % 3] : "")
    }
  }

  private func zoneSizes(free: Int, min: Int, present: Int) -> [Count] {
    var sizes = lists("free:\(free)")
    if era.level >= 51_800 { sizes += lists("boost:0") }
    sizes += lists("min:\(min) low:\(min * 5 / 4) high:\(min * 3 / 2)")
    if era.level < 20_628 {
      return sizes + lists("active:1236 inactive:1060 present:\(present)")
    }
    if era.level >= 50_500 { sizes += lists("reserved_highatomic:0") }
    if era.level >= 60_800 { sizes += lists("free_highatomic:0") }
    sizes += lists("active_anon:2700 inactive_anon:104192 active_file:8 inactive_file:12")
    sizes += lists("unevictable:16")
    if 20_632..<40_800 ~= era.level { sizes += lists("isolated(anon):0 isolated(file):128") }
    if era.level >= 40_800 { sizes += lists("writepending:24") }
    sizes += lists("present:\(present)")
    if era.level >= 30_800 { sizes += lists("managed:\(present - 400)") }
    if 20_632..<40_800 ~= era.level {
      sizes += lists("mlocked:16 dirty:8 writeback:4 mapped:2472 shmem:3464")
      sizes += lists("slab_reclaimable:9616 slab_unreclaimable:5856 kernel_stack:784")
      sizes += lists("pagetables:392 unstable:0 bounce:0")
      if era.level >= 30_800 { sizes += lists("free_cma:0") }
      sizes += lists("writeback_tmp:0")
    } else if era.level >= 40_800 {
      sizes += lists("mlocked:16")
      if era.level < 51_000 { sizes += lists("kernel_stack:784 pagetables:392") }
      sizes += lists("bounce:0 free_pcp:236 local_pcp:120 free_cma:0")
    }
    return sizes
  }
}
