import Badness
import ProcFS

/// What the kernel does when memory is short, before it looks for the worst process.
struct Policy: Sendable, Equatable {
  var panics = false
  var killsAllocatingTask = false
  /// Whether the memory cgroup's processes wait in place of being killed.
  var isKillDisabled = false

  init(for domain: Domain, on machine: Machine, in world: borrowing World) {
    guard let kernel = machine.kernel else { return }
    let panic = (try? world.proc.value(of: .panicOnOOM))?.rawValue ?? 0
    let allocating = (try? world.proc.value(of: .oomKillAllocatingTask)) ?? 0
    panics = domain.shortage.panics(at: panic, on: kernel)
    killsAllocatingTask = domain.shortage.killsAllocatingTask(at: allocating, on: kernel)
    isKillDisabled = domain.limits?.isKillDisabled ?? false
  }

  /// Whether it comes to a search for the worst process.
  var searches: Bool { !panics && !killsAllocatingTask && !isKillDisabled }
}
