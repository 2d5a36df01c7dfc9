public import ProcFS

extension CgroupHierarchy {
  /// Bytes of a group, with those below it, that are in swap: `memory.swap.current`, or what
  /// `memory.memsw.usage_in_bytes` counts beyond `memory.usage_in_bytes`.
  ///
  /// `nil` where swap isn't accounted for, and for the root of version 2.
  public func swapped(by path: String) throws(ProcFSError) -> Int? {
    let group = try open(path)
    guard version == .one else {
      return try group.readIfPresent("memory.swap.current", as: CgroupAmount.self)?.bytes
    }
    guard
      let both = try group.readIfPresent("memory.memsw.usage_in_bytes", as: CgroupAmount.self)?
        .bytes,
      let memory = try group.readIfPresent("memory.usage_in_bytes", as: CgroupAmount.self)?.bytes
    else { return nil }
    return max(0, both - memory)
  }
}
