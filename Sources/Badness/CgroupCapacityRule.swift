/// One way in which kernels have summed up the capacity of a memory cgroup: `mem_cgroup_get_limit`,
/// later `mem_cgroup_get_max`, in `mm/memcontrol.c`.
struct CgroupCapacityRule: KernelEra {
  let since: KernelVersion
  let traits: Traits

  struct Traits: OptionSet {
    let rawValue: Int

    /// Computed in bytes; else in pages, and then never 0.
    static let bytes = Self(rawValue: 1 << 0)
    /// The machine's pages of swap are added to bytes as they are.
    static let mixedUnits = Self(rawValue: 1 << 1)
    /// Without swappiness swap doesn't count.
    static let swappiness = Self(rawValue: 1 << 2)
    /// `memory.swap.max` counts.
    static let swapMax = Self(rawValue: 1 << 3)
    /// Memory and swap limited apart may add up to more than a counter holds.
    static let uncapped = Self(rawValue: 1 << 4)
  }

  static let history: [CgroupCapacityRule] = [
    // Bytes plus pages: hardly any swap is seen.
    Self(since: .init(2, 6, 36), traits: [.bytes, .mixedUnits]),
    // Bytes plus bytes.
    Self(since: .init(2, 6, 39), traits: [.bytes]),
    // Swappiness 0 means no swap.
    Self(since: .init(3, 7), traits: [.bytes, .swappiness]),
    // Page counters instead of bytes.
    Self(since: .init(3, 19), traits: [.swappiness]),
    // The second version has a limit for swap.
    Self(since: .init(4, 6), traits: [.swappiness, .swapMax]),
    // Swap is limited before it is added: that differs only for a cgroup without limits.
    Self(since: .init(5, 10), traits: [.swappiness, .swapMax, .uncapped]),
  ]
}

extension CgroupCapacityRule {
  /// The kernel's `totalpages` for a kill inside the cgroup.
  func totalPages(of cgroup: MemoryCgroup, on machine: MemoryCapacity) -> Int128 {
    let total = units(cgroup.limit, on: machine) + swap(beside: cgroup, on: machine)
    return traits.contains(.bytes) ? total / machine.bytesPerPage : max(1, total)
  }

  /// The amount that swap adds to the limit, in the units of the era.
  private func swap(beside cgroup: MemoryCgroup, on machine: MemoryCapacity) -> Int128 {
    if traits.contains(.swappiness), cgroup.swappiness == 0 { return 0 }
    let isInBytes = traits.contains(.bytes) && !traits.contains(.mixedUnits)
    let system = Int128(machine.swap.count) * (isInBytes ? machine.bytesPerPage : 1)
    switch cgroup.swapLimit {
    case .memoryAndSwap(let bytes):
      return min(system, units(bytes, on: machine) - units(cgroup.limit, on: machine))
    case .swap(let bytes):
      let swap = traits.contains(.swapMax) ? min(system, units(bytes, on: machine)) : system
      guard !traits.contains(.uncapped) else { return swap }
      return min(swap, units(.max, on: machine) - units(cgroup.limit, on: machine))
    }
  }

  private func units(_ bytes: Int, on machine: MemoryCapacity) -> Int128 {
    if traits.contains(.bytes) { return Int128(bytes) }
    // PAGE_COUNTER_MAX of a 32-bit kernel is the largest long.
    return min(Int128(bytes) / machine.bytesPerPage, -1 - machine.wordSize.lowestLong)
  }
}
