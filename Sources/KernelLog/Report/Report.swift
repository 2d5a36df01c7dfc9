public import DaemonLog
public import LogLines

/// The report that the kernel printed about one shortage of memory: `dump_header` in
/// `mm/oom_kill.c`.
///
/// Every part can be missing: the kernel limits how much it prints, buffers wrap, daemons drop lines.
public struct Report: Hashable, Sendable {
  /// The task that asked for memory in vain; seldom the victim.
  public var invoker: Invoker?
  /// The kernel's release, as `uname -r` prints it.
  public var release: String?
  /// True where the line before says that somebody asked for a kill by SysRq.
  public var isAskedFor = false
  /// The kind of shortage, where the kernel says so: from 5.0 on.
  public var summary: Summary?
  /// The machine's memory; not printed for memory cgroups from 3.9 on.
  public var memory = MemoryState()
  /// The memory cgroup at its limit.
  public var cgroup: CgroupState?
  /// The processes that could have been chosen.
  public var tasks: TaskTable?
  /// The largest users of kernel memory that can't be reclaimed, as printed.
  public var slabs: [Slab] = []
  /// The places where the kernel allocated most; printed from 6.10 where allocations are profiled.
  public var allocations: [Allocation] = []
  /// The first line's stamp; absent where nothing but the kill was printed.
  public var began: Stamp?
  /// True where another report was printed at the same time, and nothing tells which lines are whose.
  public var isInterleaved = false

  init() {}
}

/// The line `oom-kill:constraint=…`, printed from 5.0 on: `dump_oom_summary` in `mm/oom_kill.c`.
public struct Summary: Hashable, Sendable {
  /// The kernel's word without `CONSTRAINT_`: `NONE`, `CPUSET`, `MEMORY_POLICY`, `MEMCG`, or one of a vendor.
  public var constraint: String
  /// The nodes of a memory policy; `nil` where it is none.
  public var nodes: String?
  /// The invoker's cpuset.
  public var cpuset: String?
  /// The nodes that cpuset allows.
  public var allowedNodes: String?
  /// True where the whole machine was short of memory.
  public var isGlobal: Bool
  /// The cgroup whose limit was hit.
  public var limitCgroup: String?
  /// The victim's cgroup.
  public var taskCgroup: String?
  /// The victim's `comm`.
  public var name: String?
  /// The victim's process number.
  public var pid: Int?
  /// The victim's user.
  public var uid: Int?
  /// True where the line has lost its end: what it ended with isn't told.
  public var isCut = false

  init(constraint: String) {
    self.constraint = constraint
    isGlobal = false
  }
}

/// A cache of the kernel's allocator, printed from 4.15 on where they outgrow the page cache.
public struct Slab: Hashable, Sendable {
  /// As in `/proc/slabinfo`.
  public var name: String
  /// In use.
  public var used: Kibibytes
  /// Held.
  public var total: Kibibytes
}

/// A place in the kernel's source that holds memory.
public struct Allocation: Hashable, Sendable {
  /// Held now.
  public var bytes: Int
  /// Calls that hold it.
  public var count: Int
  /// File, line, module and function as printed.
  public var site: String
}
