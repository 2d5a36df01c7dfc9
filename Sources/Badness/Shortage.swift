/// The place where memory is short: `enum oom_constraint` in `include/linux/oom.h`.
public enum Shortage: Hashable, Sendable {
  /// On the whole machine.
  case system
  /// On the nodes that a cpuset or a memory policy allows.
  case nodes
  /// In a memory cgroup, which has used up its limit.
  case memoryCgroup
}

extension Shortage {
  /// True where the kernel panics instead of killing, with that value of `vm.panic_on_oom`:
  /// `check_panic_on_oom` in `mm/oom_kill.c`. A shortage called for by SysRq never panics from 4.4
  /// on.
  public func panics(at value: Int, on kernel: KernelVersion) -> Bool {
    guard value != 0, kernel >= KernelVersion(2, 6, 18) else { return false }
    switch self {
    case .system: return true
    case .nodes: return value == 2 && kernel >= KernelVersion(2, 6, 22)
    case .memoryCgroup: return value == 2 && kernel >= KernelVersion(2, 6, 36)
    }
  }

  /// True where the kernel kills the task that asked for memory instead of the worst one, with that
  /// value of `vm.oom_kill_allocating_task`: `out_of_memory` in `mm/oom_kill.c`.
  public func killsAllocatingTask(at value: Int, on kernel: KernelVersion) -> Bool {
    self != .memoryCgroup && value != 0 && kernel >= KernelVersion(2, 6, 24)
  }
}
