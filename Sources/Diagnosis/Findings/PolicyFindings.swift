import Badness
import Changes
import Core
import KillPrediction
import ProcFS
import Processes
import Settings

/// Problems in the settings that are in force, for the programs that run under them.
struct PolicyFindings {
  let overcommit: OvercommitPolicy?
  /// On a shortage of the whole machine; `nil` where the kernel's version is unknown.
  let policy: Policy?
  /// Seconds from a panic to the next boot, `kernel.panic`: 0 is never, below it at once.
  let panicTimeout: Int?
  /// True where a kernel for crash dumps is loaded; `nil` where that can't be told.
  let hasCrashKernel: Bool?
  /// The context that settings are checked against; `nil` where the kernel's version isn't known.
  let context: TuningContext?
  let subjects: [ScoredProcess]
  /// The folder `proc`.
  let folder: String

  /// Read from the world.
  init(
    among subjects: [ScoredProcess], on machine: Machine, _ context: TuningContext?,
    in world: borrowing World
  ) {
    self.subjects = subjects
    self.context = context
    folder = world.proc.directory.path
    overcommit = world.known(try world.proc.value(of: .overcommitMemory))
    policy = Policy(ofSystemOn: machine, in: world)
    panicTimeout = world.known(try SettingWrite.read("kernel/panic", in: world)).flatMap { Int($0) }
    hasCrashKernel = world.hasCrashKernel
  }

  func all(in world: borrowing World) -> [Finding] {
    [forks(in: world), hang(in: world), reboot(in: world), dump(in: world), invoker(in: world)]
      .compactMap { $0 }
  }

  /// The command that sets something for good.
  private func tuning(_ word: String, in world: borrowing World) -> String {
    SettingWord(argument: word)?.request?.remedy(on: context, in: world) ?? "oomctl tune \(word)"
  }

  private func setting(_ name: String) -> String { "\(folder)/sys/\(name)" }
}

extension PolicyFindings {
  /// Redis saves from a fork, which the heuristic refuses when it is large; it warns of that itself.
  private func forks(in world: borrowing World) -> Finding? {
    guard overcommit == .heuristic,
      let server = subjects.first(where: { $0.record.isKnown(as: .savesByFork) })
    else { return nil }
    return Finding(
      id: "overcommit_refuses_fork", severity: .warning,
      text: "\(server.label) saves from a fork of itself, which vm.overcommit_memory 0 can refuse "
        + "when memory is short", source: setting("vm/overcommit_memory"),
      remedy: strictServer.map { strict in
        "Two servers want opposite values: \(server.label) 1, \(strict.label) 0 or 2. Keep 0, and keep "
          + "\(server.label) below half of what is available, or give each a machine of its own."
      } ?? tuning("vm.overcommit_memory=1", in: world))
  }

  /// PostgreSQL, which is told of memory that isn't there by a refusal, and without one is killed as a whole
  /// (its manual, "Linux Memory Overcommit").
  private var strictServer: ScoredProcess? {
    subjects.first { $0.record.isKnown(as: .postgres) }
  }

  /// The value of `vm.panic_on_oom` where it makes the machine panic.
  private var panic: Int? { policy?.panics == true ? policy?.panicSetting : nil }

  /// A loaded crash kernel boots at once, and the wait is never reached (kernel/panic.c `panic`).
  private func hang(in world: borrowing World) -> Finding? {
    guard let panic, panicTimeout == 0 else { return nil }
    let isSaved = hasCrashKernel == true
    return Finding(
      id: "panic_without_reboot", severity: isSaved ? .info : .warning,
      text:
        "vm.panic_on_oom is \(panic) and kernel.panic 0: out of memory, the machine panics "
        + (isSaved
          ? "and only the crash kernel brings it back" : "and hangs until it is reset"),
      source: setting("kernel/panic"), remedy: tuning("kernel.panic=10", in: world))
  }

  /// A machine that reboots loses all its processes in place of one.
  private func reboot(in world: borrowing World) -> Finding? {
    guard let panic, panicTimeout != 0 else { return nil }
    let reboot =
      switch panicTimeout {
      case nil: ""
      case .some(let seconds) where seconds < 0: " and reboots at once (kernel.panic \(seconds))"
      case .some(let seconds): " and reboots after \(seconds) s (kernel.panic)"
      }
    return Finding(
      id: "panic_on_oom", severity: .info,
      text: "vm.panic_on_oom is \(panic): out of memory, the machine panics instead of killing a "
        + "process\(reboot)", source: setting("vm/panic_on_oom"),
      remedy: "If that isn't wanted: \(tuning("vm.panic_on_oom=0", in: world))")
  }

  private func dump(in world: borrowing World) -> Finding? {
    guard let panic, hasCrashKernel == false else { return nil }
    return Finding(
      id: "panic_without_dump", severity: .info,
      text: "vm.panic_on_oom is \(panic) and no kernel for crash dumps is loaded: a panic "
        + "leaves no trace of who used the memory", source: World.crashKernelPath,
      remedy: "Set up kdump, or let the kernel kill instead: "
        + tuning("vm.panic_on_oom=0", in: world))
  }

  /// Of all adjustments only -1000 protects then (mm/oom_kill.c `out_of_memory`).
  private func invoker(in world: borrowing World) -> Finding? {
    guard policy?.killsAllocatingTask == true, let value = policy?.invokerSetting else {
      return nil
    }
    return Finding(
      id: "kills_allocating_task", severity: .warning,
      text: "vm.oom_kill_allocating_task is \(value): the process that asks for memory is killed, "
        + "whatever its badness, and no adjustment above \(OOMAdjustment.minimum) protects it",
      source: setting("vm/oom_kill_allocating_task"),
      remedy: tuning("vm.oom_kill_allocating_task=0", in: world))
  }
}
