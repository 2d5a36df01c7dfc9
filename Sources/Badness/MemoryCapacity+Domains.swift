extension MemoryCapacity {
  /// The capacity that a kill inside a memory cgroup measures against.
  ///
  /// Only the limit that was hit counts, not those of cgroups further up. `nil` before 2.6.36, when
  /// capacity played no part.
  public static func memoryCgroup(
    _ cgroup: MemoryCgroup, of machine: MemoryCapacity, on kernel: KernelVersion
  ) -> MemoryCapacity? {
    guard let rule = CgroupCapacityRule.inForce(in: kernel) else { return nil }
    let total = rule.totalPages(of: cgroup, on: machine)
    let ram = min(total, Int128(cgroup.limit) / machine.bytesPerPage)
    var capacity = machine
    capacity.ram = Pages(Int(clamping: ram))
    capacity.swap = Pages(Int(clamping: total - ram))
    return capacity
  }

  /// The capacity that a kill measures against when memory runs out on some nodes:
  /// `constrained_alloc` in `mm/oom_kill.c`.
  ///
  /// `nil` before 2.6.36, when capacity played no part.
  public static func nodes(
    _ nodes: [MemoryNode], of machine: MemoryCapacity, on kernel: KernelVersion
  ) -> MemoryCapacity? {
    guard kernel >= KernelVersion(2, 6, 36) else { return nil }
    let areHolesCounted = kernel < KernelVersion(5, 4)
    var capacity = machine
    capacity.ram = nodes.reduce(0) { $0 + (areHolesCounted ? $1.spanned : $1.present) }
    return capacity
  }
}

/// A memory node, as `/proc/zoneinfo` sums it up.
public struct MemoryNode: Hashable, Sendable {
  /// With holes; measured against to 5.3.
  public var spanned: Pages
  /// Without holes; measured against from 5.4.
  public var present: Pages

  /// From the pages that the node spans, holes included, and those that are present.
  public init(spanned: Pages, present: Pages) {
    self.spanned = spanned
    self.present = present
  }
}
