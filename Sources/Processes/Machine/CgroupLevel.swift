package import CgroupFS
package import Core
package import ProcFS

/// A memory cgroup on the way up from the one in question, with its usage and limits.
package struct CgroupLevel: Equatable, Sendable {
  package var path: String
  package var usage: CgroupUsage
  package var limits: CgroupLimits
  /// The file with its limit.
  package var source: String
  /// The version 1 file that shows whether tasks wait in it.
  var controlSource: String { source.droppingFile + "memory.oom_control" }

  /// Bytes until its limit that reclaiming file cache leaves at the least; `nil` without a limit.
  package var headroom: Int? {
    limits.memory.flatMap { usage.headroom(below: $0) }
  }
}

extension CgroupLevel {
  /// The finding that its tasks wait until memory is freed or the limit raised; `nil` where they
  /// don't.
  package var standstill: Finding? {
    limits.hasWaiting ? .waiting(in: path, source: controlSource) : nil
  }

  /// The finding for the first group, from that of a process up, whose tasks wait; `nil` where
  /// there is none.
  package static func standstill(of record: ProcessSnapshot, in world: borrowing World) -> Finding?
  {
    // Version 2 always kills.
    guard let path = record.cgroups?.memory?.path, let hierarchy = world.knownMemoryCgroups,
      hierarchy.version == .one
    else { return nil }
    let levels = world.known(try all(from: path, in: hierarchy)) ?? []
    return levels.lazy.compactMap(\.standstill).first
  }

  /// The group, and those above it whose limits count for it too, up to the hierarchy's root.
  package static func all(
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

extension Finding {
  /// Tasks of a group wait for memory, and none is killed for them; `source` is its `memory.oom_control`.
  package static func waiting(in path: String, source: String) -> Finding {
    Finding(
      id: "cgroup_waiting", severity: .critical,
      text:
        "tasks in memory cgroup \(path) wait for memory right now (under_oom 1), and nobody is killed for "
        + "them (oom_kill_disable 1)",
      source: source,
      remedy:
        "Raise its limit, or end something in it; a 0 written into that file lets the kernel kill.")
  }
}

extension String {
  /// A path without its last part.
  fileprivate var droppingFile: String {
    let end = utf8.lastIndex(of: UInt8(ascii: "/")).map { utf8.index(after: $0) }
    return String(self[..<(end ?? startIndex)])
  }
}
