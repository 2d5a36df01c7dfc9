/// The limits of a memory cgroup, as far as they make up its capacity.
public struct MemoryCgroup: Hashable, Sendable {
  /// Bytes: `memory.limit_in_bytes` or `memory.max`; `Int.max` is none.
  public var limit: Int
  /// The swap that it may use besides.
  public var swapLimit: SwapLimit
  /// `memory.swappiness`, or in the second version `vm.swappiness`.
  public var swappiness: Int

  /// The limit in bytes; the swappiness of 0…200.
  public init(limit: Int, swapLimit: SwapLimit = .swap(.max), swappiness: Int = 60) {
    self.limit = limit
    self.swapLimit = swapLimit
    self.swappiness = swappiness
  }

  /// The limit on swap, in bytes; `Int.max` is none.
  public enum SwapLimit: Hashable, Sendable {
    /// Together with memory, `memory.memsw.limit_in_bytes` of the first version.
    case memoryAndSwap(Int)
    /// On its own, `memory.swap.max` of the second version; also where swap isn't accounted.
    case swap(Int)
  }
}
