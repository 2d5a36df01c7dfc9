public import ProcFS

extension CgroupHierarchy {
  /// Bytes of a group, with those below it, that are in swap: `memory.swap.current`, or what
  /// `memory.memsw.usage_in_bytes` counts beyond `memory.usage_in_bytes`.
  ///
  /// `nil` where swap isn't accounted for, and for the root of version 2.
  public func swapped(by path: String) throws(ProcFSError) -> Int? {
    try swapped(in: open(path))
  }

  func swapped(in group: borrowing Directory) throws(ProcFSError) -> Int? {
    guard version == .one else { return try group.amount("memory.swap.current") }
    guard let both = try group.amount("memory.memsw.usage_in_bytes"),
      let memory = try group.amount("memory.usage_in_bytes")
    else { return nil }
    return max(0, both - memory)
  }
}
