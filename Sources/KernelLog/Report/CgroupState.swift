public import DaemonLog

/// The state of a memory cgroup as printed: `mem_cgroup_print_oom_context` and
/// `mem_cgroup_print_oom_meminfo` in `mm/memcontrol.c`.
public struct CgroupState: Hashable, Sendable {
  /// The cgroup of the task, of 2.6.30 to 4.20; since then the summary has it.
  public var task: String?
  /// The cgroup at its limit, of 2.6.30 to 4.20; since then the summary has it.
  public var limitOwner: String?
  /// RAM.
  public var memory: Usage?
  /// RAM and swap together; cgroup v1.
  public var memoryAndSwap: Usage?
  /// Swap alone; cgroup v2 from 5.3.
  public var swap: Usage?
  /// The kernel's memory; cgroup v1.
  public var kernel: Usage?
  /// The cgroup whose statistics follow.
  public var statisticsOwner: String?
  /// `memory.stat` of that cgroup, in bytes from 5.3 on and in kibibytes before, as `statisticsInBytes` says.
  public var statistics: [Counter] = []
  /// True where `statistics` are in bytes.
  public var statisticsInBytes = false
  /// The cgroup all of whose processes die: `memory.oom.group`.
  public var killedAsGroup: String?

  init() {}

  /// A counter and its limit.
  public struct Usage: Hashable, Sendable {
    /// Charged.
    public var usage: Kibibytes
    /// `nil` where there is none.
    public var limit: Kibibytes?
    /// The number of times that the limit was hit.
    public var failures: Int
  }
}
