public import DaemonLog

/// The block that begins with `Mem-Info:`: `show_mem` in `mm/show_mem.c`.
public struct MemoryState: Hashable, Sendable {
  /// Sums over all zones by the kernel's keys, such as `free` or `slab_unreclaimable`, in pages.
  public var counters: [Counter] = []
  /// In the order printed.
  public var zones: [Zone] = []
  /// From the smallest block of the buddy lists.
  public var pageSize: Kibibytes?
  /// All page frames, holes of the firmware included.
  public var ramPages: Int?
  /// Of those, above what the kernel maps.
  public var highPages: Int?
  /// Of those, never handed out.
  public var reservedPages: Int?
  /// Of those, broken.
  public var poisonedPages: Int?
  /// Set aside for huge pages, of all nodes and sizes; printed from 3.9.
  public var hugePages: Kibibytes?
  /// Of those, used by nobody.
  public var idleHugePages: Kibibytes?
  /// Stacks of tasks in the kernel, where the nodes' lines have them; before, the zones' do.
  public var kernelStacks: Kibibytes?
  /// Swap as it is set up; `nil` where it wasn't printed.
  public var totalSwap: Kibibytes?
  /// Of that, unused.
  public var freeSwap: Kibibytes?

  init() {}

  /// The value of a counter in pages.
  public func pages(_ key: String) -> Int? { counters.first { $0.key == key }?.value }
}

/// A number with the kernel's own name for it.
public struct Counter: Hashable, Sendable {
  /// As printed.
  public var key: String
  /// In the unit of the list it stands in.
  public var value: Int
}

/// One zone of a node.
public struct Zone: Hashable, Sendable {
  /// `nil` where there are no nodes.
  public var node: Int?
  /// `DMA`, `DMA32`, `Normal`, `HighMem`, `Movable` or `Device`.
  public var name: String
  /// All the line says, in kibibytes: `free`, `min`, `low`, `high`, `present`, `managed` and so on.
  public var sizes: [Counter]
  /// Pages kept from allocations that could use a higher zone, one for each zone from the lowest.
  public var reserve: [Int] = []
  /// Free memory by block size; the last line's sum may differ, for time goes on.
  public var blocks: [FreeBlock] = []
  /// True where reclaim gave up on it; printed up to 4.7.
  public var isUnreclaimable: Bool?

  /// One of `sizes`.
  public func size(_ key: String) -> Kibibytes? {
    sizes.first { $0.key == key }.map { Kibibytes($0.value) }
  }
}

/// Free blocks of one size.
public struct FreeBlock: Hashable, Sendable {
  /// The size of one block.
  public var size: Kibibytes
  /// The number of blocks.
  public var count: Int
  /// The kinds they may be used for, a letter each: `U`, `M`, `R`, `E`, `H`, `C`, `I`; printed from 3.x.
  public var kinds: String
}
