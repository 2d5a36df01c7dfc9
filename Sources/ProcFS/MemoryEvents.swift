/// Counts of `/proc/vmstat` since boot that concern the OOM killer (mm/vmstat.c), or those of a
/// memory cgroup since it was made (mm/memcontrol.c `memory_events_show`,
/// `mem_cgroup_oom_control_read`).
public struct MemoryEvents: Hashable, Sendable {
  /// Kills by the OOM killer, the system's and those of memory cgroups; the line came with 4.13.
  public var oomKills: UInt64?
  /// The number of times that a memory cgroup met its limit (`max` of `memory.events`).
  public var limitHits: UInt64?
  /// The number of times that this left no room, and the OOM killer acted for it (`oom` of
  /// `memory.events`).
  public var shortages: UInt64?
}

extension MemoryEvents: KernelText {
  public static var expectation: String { "lines of counters, as oom_kill 2" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    guard text.count > 0 else { return nil }
    while !cursor.isAtEnd(in: text) {
      let key = cursor.word(in: text)
      cursor.skipBlanks(in: text)
      if text.holds("oom_kill", in: key) { oomKills = cursor.natural(in: text) }
      if text.holds("oom", in: key) { shortages = cursor.natural(in: text) }
      if text.holds("max", in: key) { limitHits = cursor.natural(in: text) }
      _ = cursor.line(in: text)
    }
  }
}
