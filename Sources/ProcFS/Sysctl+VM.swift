// The settings that decide over OOM. Sources: Documentation/admin-guide/sysctl/vm.rst,
// Documentation/mm/overcommit-accounting.rst, kernel/sysctl.c and mm/ of the kernel.

/// The kernel's answer to requests for memory, `vm.overcommit_memory`.
public enum OvercommitPolicy: Int, SysctlValue, CaseIterable {
  /// Refuses only what could never be met.
  case heuristic = 0
  /// Never refuses.
  case always = 1
  /// Refuses what would exceed the commit limit.
  case never = 2
}

/// The kinds of OOM that end in a panic, `vm.panic_on_oom`.
public enum PanicPolicy: Int, SysctlValue, CaseIterable {
  case never = 0
  /// Unless the OOM is confined to a cpuset, a memory policy or a memory cgroup.
  case unconfined = 1
  case always = 2
}

extension Sysctl where Value == OvercommitPolicy {
  /// 0…2, `vm.overcommit_memory`.
  public static var overcommitMemory: Self {
    Self("vm/overcommit_memory", .heuristic ... .never, "How requests for memory are judged.")
  }
}

extension Sysctl where Value == PanicPolicy {
  /// 0…2, `vm.panic_on_oom`.
  public static var panicOnOOM: Self {
    Self("vm/panic_on_oom", .never ... .always, "Whether an OOM panics instead of killing.")
  }
}

extension Sysctl where Value == Int {
  /// The kernel checks no range.
  public static var overcommitRatio: Self {
    Self("vm/overcommit_ratio", nil, "The commit limit's share of RAM in policy 2, percent.")
  }

  /// 0 or anything else; the kernel checks no range.
  public static var oomKillAllocatingTask: Self {
    Self("vm/oom_kill_allocating_task", nil, "Kill whoever asks for memory, not the worst.")
  }

  /// 0 or anything else, by default 1; the file came with 2.6.25.
  public static var oomDumpTasks: Self {
    Self("vm/oom_dump_tasks", nil, "List all candidates in the log with each kill.")
  }

  /// To 5.7 at most 100.
  public static var swappiness: Self {
    Self("vm/swappiness", 0...200, "How readily anonymous pages are swapped.")
  }

  /// Up to what `int` holds; the kernel computes a default from the memory's size.
  public static var minFreeKilobytes: Self {
    Self("vm/min_free_kbytes", 0...Int(Int32.max), "Memory kept free for emergencies, KiB.")
  }

  /// To 5.12 at most 1000; the file came with 4.6.
  public static var watermarkScaleFactor: Self {
    Self("vm/watermark_scale_factor", 1...3000, "Distance between watermarks, 1/10000 of a zone.")
  }

  /// The file came with 5.0.
  public static var watermarkBoostFactor: Self {
    Self(
      "vm/watermark_boost_factor", 0...Int(Int32.max),
      "Reclaim against fragmentation, 1/10000 of the high watermark.")
  }
}

extension Sysctl where Value == UInt64 {
  /// The file came with 3.14; writing it zeroes the ratio.
  public static var overcommitKilobytes: Self {
    Self("vm/overcommit_kbytes", nil, "The commit limit in policy 2 as an amount, KiB.")
  }

  /// The file came with 3.10.
  public static var adminReserveKilobytes: Self {
    Self("vm/admin_reserve_kbytes", nil, "Kept for administrators in policy 2, KiB.")
  }

  /// The file came with 3.10.
  public static var userReserveKilobytes: Self {
    Self("vm/user_reserve_kbytes", nil, "Kept from a single process in policy 2, KiB.")
  }
}
