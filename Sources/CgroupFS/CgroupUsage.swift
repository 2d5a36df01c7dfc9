import ProcFS

/// The memory that a memory cgroup with all below it uses at present. Sources:
/// Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst.
public struct CgroupUsage: Hashable, Sendable {
  /// Bytes, `memory.current` or `memory.usage_in_bytes`; `nil` for the root of version 2.
  public var memory: Int?
  /// Bytes of it that are file cache on the lists for reclaim, from `memory.stat`.
  public var cache: Int?

  /// Bytes that are left below a limit once file cache is dropped, below 0 beyond it; `nil` where the use isn't told.
  public func headroom(below limit: Int) -> Int? {
    memory.map { Int(clamping: Int128(limit) - Int128($0) + Int128(cache ?? 0)) }
  }
}

extension CgroupUsage {
  init(in group: borrowing Directory, _ version: CgroupHierarchy.Version) throws(ProcFSError) {
    let name = version == .one ? "memory.usage_in_bytes" : "memory.current"
    memory = try group.amount(name)
    // The file of version 1 has this group's own numbers too, without the prefix.
    let statistics: CgroupStatistics? = try group.readIfPresent("memory.stat", isLong: true)
    cache = version == .one ? statistics?.totalCache : statistics?.cache
  }
}

/// The lines of `memory.stat` that count file cache (mm/memcontrol.c `memory_stats`, version 1:
/// mm/memcontrol-v1.c `memcg1_stat_format`), as bytes.
struct CgroupStatistics: KernelText {
  static var expectation: String { "lines of memory.stat, as inactive_file 4096" }
  var cache: Int?
  var totalCache: Int?
  /// `hierarchical_memory_limit` of version 1: the lowest limit from here up to the system's root.
  var hierarchicalLimit: Int?

  init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let key = cursor.word(in: text)
      cursor.skipBlanks(in: text)
      if text.holds("inactive_file", in: key) || text.holds("active_file", in: key) {
        cache = Self.sum(cache, cursor.natural(in: text))
      } else if text.holds("total_inactive_file", in: key)
        || text.holds("total_active_file", in: key)
      {
        totalCache = Self.sum(totalCache, cursor.natural(in: text))
      } else if text.holds("hierarchical_memory_limit", in: key) {
        hierarchicalLimit = cursor.natural(in: text).flatMap(CgroupAmount.limit)
      }
      _ = cursor.line(in: text)
    }
  }

  /// A sum beyond `Int` stays at its end.
  private static func sum(_ left: Int?, _ right: UInt64?) -> Int? {
    guard let right else { return left }
    let (sum, overflow) = (left ?? 0).addingReportingOverflow(Int(clamping: right))
    return overflow ? .max : sum
  }
}
