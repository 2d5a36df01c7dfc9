package import Badness
import CgroupFS
package import Core
import ProcFS
package import Processes

/// The kernel's action when memory is short, before it looks for the worst process.
package struct Policy: Sendable, Equatable {
  /// `vm.panic_on_oom`; `nil` where it can't be read, or this kernel doesn't have it.
  package let panicSetting: Int?
  /// `vm.oom_kill_allocating_task`; `nil` where it can't be read, or this kernel doesn't have it.
  package let invokerSetting: Int?
  /// True if the kernel panics; `nil` where `vm.panic_on_oom` can't be read, though this kernel has
  /// it.
  package var panics: Bool?
  /// True if the process that asks for memory dies; `nil` where `vm.oom_kill_allocating_task` can't
  /// be read.
  package var killsAllocatingTask: Bool?
  /// True if the memory cgroup's processes wait instead of being killed.
  var isKillDisabled: Bool
  /// True if some of them wait right now.
  var hasWaiting = false

  package init(for domain: Domain, on kernel: KernelVersion, in world: borrowing World) {
    self.init(
      for: domain.shortage, on: kernel, isKillDisabled: domain.limits?.isKillDisabled ?? false,
      in: world)
    hasWaiting = domain.limits?.hasWaiting ?? false
  }

  /// The policy of a shortage on the whole machine; `nil` where the kernel's version is unknown.
  package init?(ofSystemOn machine: Machine, in world: borrowing World) {
    guard let kernel = machine.kernel else { return nil }
    self.init(for: .system, on: kernel, isKillDisabled: false, in: world)
  }

  private init(
    for shortage: Shortage, on kernel: KernelVersion, isKillDisabled: Bool,
    in world: borrowing World
  ) {
    // To 2.6.38 any number could be written, so the settings' own types are too strict.
    let panic = world.known(try world.proc.directory.read("sys/vm/panic_on_oom", as: Int.self))
    let invoker = world.known(try world.proc.value(of: .oomKillAllocatingTask))
    panics =
      shortage.panics(at: 2, on: kernel) ? panic.map { shortage.panics(at: $0, on: kernel) } : false
    killsAllocatingTask =
      shortage.killsAllocatingTask(at: 1, on: kernel)
      ? invoker.map { shortage.killsAllocatingTask(at: $0, on: kernel) } : false
    panicSetting = panic
    invokerSetting = invoker
    self.isKillDisabled = isKillDisabled
  }

  /// The first action; the raw values are JSON's words.
  package enum Action: String, CaseIterable {
    /// The worst process is looked for, and killed.
    case search = "kill"
    case panic
    case killInvoker = "allocating_task"
    /// Processes that ask for memory wait until some is freed.
    case wait
  }

  /// The action, with the default for a setting that can't be read.
  package var action: Action {
    if panics == true { return .panic }
    if isKillDisabled { return .wait }
    return killsAllocatingTask == true ? .killInvoker : .search
  }

  /// True if the kernel searches for the worst process.
  package var searches: Bool { action == .search }

  /// Settings that couldn't be read.
  var unknown: [String] {
    (panics == nil ? ["vm.panic_on_oom"] : [])
      + (killsAllocatingTask == nil ? ["vm.oom_kill_allocating_task"] : [])
  }
}

extension Policy {
  /// The action instead of a kill by badness, in a sentence; `nil` where the worst process is
  /// killed.
  package var exception: String? {
    switch action {
    case .search: nil
    case .panic:
      "The kernel panics instead of killing (vm.panic_on_oom \(panicSetting ?? 1))."
    case .killInvoker:
      "The process that asks for memory is killed, whatever its badness "
        + "(vm.oom_kill_allocating_task)."
    case .wait where hasWaiting:
      "Nobody is killed: tasks wait right now (memory.oom_control: under_oom 1) until memory is freed "
        + "or the limit raised."
    case .wait:
      "Nobody is killed: whoever asks for more waits (memory.oom_control) until memory is freed "
        + "or the limit raised."
    }
  }

  /// The result of a shortage of the whole machine, and the settings that cause it.
  package var summary: String {
    let words =
      switch action {
      case .search: "kill the worst process"
      case .wait: "wait"
      case .killInvoker: "kill the process that asks for memory"
      case .panic where panicSetting == 1: "panic, but in cgroups kill the worst process"
      case .panic: "panic"
      }
    let number = { (value: Int?) in value.map(String.init) ?? "-" }
    return words + " (panic_on_oom \(number(panicSetting)), "
      + "oom_kill_allocating_task \(number(invokerSetting)))"
  }
}
