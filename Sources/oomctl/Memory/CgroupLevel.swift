import ProcFS

/// A memory cgroup on the way up from where the question is asked: what it uses, and what it may.
struct CgroupLevel: Equatable, Sendable {
  var path: String
  var usage: CgroupUsage
  var limits: CgroupLimits
  /// The file with its limit.
  var source: String

  /// Bytes until its limit that reclaiming file cache leaves at the least; `nil` without a limit.
  var headroom: Int? {
    guard let limit = limits.memory, let used = usage.memory else { return nil }
    return Int(clamping: Int128(limit) - Int128(used) + Int128(usage.cache ?? 0))
  }
}

extension CgroupLevel {
  /// The group, and those above it whose limits count for it too, up to the hierarchy's root.
  static func all(
    from path: String, in hierarchy: borrowing CgroupHierarchy
  ) throws(ProcFSError) -> [CgroupLevel] {
    var levels = [try level(path, in: hierarchy)]
    for above in hierarchy.lineage(of: path).dropFirst() {
      let next = try level(above, in: hierarchy)
      guard next.limits.isHierarchical else { break }
      levels.append(next)
    }
    // The root of version 2 has neither.
    return levels.filter { $0.usage.memory != nil || $0.limits.memory != nil }
  }

  private static func level(
    _ path: String, in hierarchy: borrowing CgroupHierarchy
  ) throws(ProcFSError) -> CgroupLevel {
    let file = hierarchy.version == .one ? "memory.limit_in_bytes" : "memory.max"
    return CgroupLevel(
      path: path, usage: try hierarchy.usage(of: path), limits: try hierarchy.limits(of: path),
      source: "\(hierarchy.folder(of: path))/\(file)")
  }
}
