import Badness
import ProcFS

/// What the kernel does when memory is short, before it looks for the worst process.
struct Policy: Sendable, Equatable {
  /// `nil` where `vm.panic_on_oom` can't be read, though this kernel has it.
  var panics: Bool?
  /// `nil` where `vm.oom_kill_allocating_task` can't be read.
  var killsAllocatingTask: Bool?
  /// Whether the memory cgroup's processes wait in place of being killed.
  var isKillDisabled: Bool

  init(for domain: Domain, on kernel: KernelVersion, in world: borrowing World) {
    // To 2.6.38 any number could be written, so the settings' own types are too strict.
    let panic = world.known(try world.proc.directory.read("sys/vm/panic_on_oom", as: Int.self))
    let allocating = world.known(try world.proc.value(of: .oomKillAllocatingTask))
    let shortage = domain.shortage
    panics =
      shortage.panics(at: 2, on: kernel) ? panic.map { shortage.panics(at: $0, on: kernel) } : false
    killsAllocatingTask =
      shortage.killsAllocatingTask(at: 1, on: kernel)
      ? allocating.map { shortage.killsAllocatingTask(at: $0, on: kernel) } : false
    isKillDisabled = domain.limits?.isKillDisabled ?? false
  }

  /// Whether it comes to a search for the worst process. What can't be read is taken for the default.
  var searches: Bool { panics != true && killsAllocatingTask != true && !isKillDisabled }

  /// Settings that couldn't be read.
  var unknown: [String] {
    (panics == nil ? ["vm.panic_on_oom"] : [])
      + (killsAllocatingTask == nil ? ["vm.oom_kill_allocating_task"] : [])
  }
}
