import Badness
import Changes
import Core
import KillPrediction
import ProcFS
import Processes
import Rendering

/// A kill of the kernel's on the whole system, by SysRq-f.
struct SystemDrill {
  let command: Drill

  private var common: CommonOptions { command.common }

  func run(by program: Program, in world: borrowing World) throws(Failure) -> ExitStatus {
    let sysRq = SysRq(in: world)
    let forecast = try forecast(in: world)
    guard !command.options.isDryRun else {
      return show(
        SystemDrillReport(
          forecast: forecast, sysRq: sysRq, obstacle: obstacle(to: forecast, sysRq), kill: nil,
          isAnnounced: false), program, world)
    }
    try refuse(forecast, sysRq)
    if common.format == .text { announce(forecast, by: program) }
    try confirm(forecast, by: program)
    // Typing takes time, in which another one may have become the worst.
    let victim = try self.forecast(in: world).victim
    guard victim.id == forecast.victim.id else {
      throw Failure(
        "meanwhile it would be \(victim.label): nothing was done", advice: "Look at it again.",
        status: .refused)
    }
    try refuseContradiction(victim, in: world)
    let kill = try SystemKill(of: forecast, in: world)
    return show(
      SystemDrillReport(
        forecast: forecast, sysRq: sysRq, obstacle: nil, kill: kill,
        isAnnounced: common.format == .text),
      program, world)
  }

  private func show(
    _ report: SystemDrillReport, _ program: Program, _ world: borrowing World
  ) -> ExitStatus {
    program.show(report, of: Drill.name, common, in: world)
  }

  private func announce(_ forecast: SystemForecast, by program: Program) {
    var text = Text()
    forecast.write(to: &text, on: Page(common, in: program.environment))
    _ = program.console.write(.output, text.bytes)
  }

  private func forecast(in world: borrowing World) throws(Failure) -> SystemForecast {
    let context = try ProcessContext(common, in: world)
    let machine = context.machine
    guard let capacity = machine.capacity, machine.rule != nil, let kernel = machine.kernel else {
      throw Failure("nothing can be predicted on this kernel")
    }
    let domain = Domain.system(capacity)
    var policy = Policy(for: domain, on: kernel, in: world)
    // The kernel's worker asks for memory then, which has none of its own and can't be killed.
    policy.killsAllocatingTask = false
    if kernel >= Self.withoutPanic { policy.panics = false }
    if policy.panics != false, !command.options.isForced {
      throw Failure(
        policy.panics == nil
          ? "vm.panic_on_oom can't be read, and with it this kernel would panic"
          : "with vm.panic_on_oom this kernel would panic, not kill",
        advice: "--force does it nevertheless.", status: .refused)
    }
    let panics = policy.panics
    // Where it is forced, the victim is the one that the kernel would kill otherwise.
    if panics == true { policy.panics = false }
    let field = try PredictionInput(domain, isWhole: true, count: 1, on: machine, in: world)
    let prediction = Prediction(field, until: Horizon(steps: 1), policy: policy, in: world)
    guard let kill = prediction.kills.first else {
      throw Failure("there is nobody that the kernel could kill")
    }
    return SystemForecast(
      kill: kill, prediction: prediction, panics: panics, field: field,
      context: context.columnContext,
      ancestors: try Self.ancestry(in: world))
  }

  /// This program and what started it, up to process 1.
  private static func ancestry(in world: borrowing World) throws(Failure) -> [ProcessID] {
    var ancestry: [ProcessID] = []
    guard var id = world.environment.ownID().map({ ProcessID($0) }) else { return ancestry }
    while id.rawValue > 0, !ancestry.contains(id) {
      ancestry.append(id)
      do {
        id = try world.proc.process(id).stat.parent
      } catch {
        throw Failure(error)
      }
    }
    return ancestry
  }

  /// From this kernel on SysRq-f never panics (mm/oom_kill.c `check_panic_on_oom`).
  private static let withoutPanic = KernelVersion(4, 3)

  /// Throws the obstacles that are known before the user is asked.
  private func refuse(_ forecast: SystemForecast, _ sysRq: SysRq) throws(Failure) {
    if let failure = sysRq.failure { throw failure }
    try refuseBlindness(forecast)
    try refuseOther(than: forecast.victim)
  }

  /// The obstacle, for a dry run.
  private func obstacle(to forecast: SystemForecast, _ sysRq: SysRq) -> Failure? {
    do throws(Failure) {
      try refuse(forecast, sysRq)
      return nil
    } catch {
      return error
    }
  }

  /// The name that was given must be the victim's.
  private func refuseOther(than victim: ScoredProcess) throws(Failure) {
    guard let given = command.confirmation?.text, given != name(of: victim) else { return }
    throw Failure(
      "the victim would be \(victim.label), not '\(given)': nothing was done", status: .refused)
  }

  private func name(of victim: ScoredProcess) -> String { victim.record.name ?? "?" }

  private func refuseBlindness(_ forecast: SystemForecast) throws(Failure) {
    guard !forecast.field.completeness.isComplete, !command.options.isForced else { return }
    throw Failure(
      "not all processes can be seen from here: the kernel may kill another one",
      advice: "Try it as root on the host; --force does it nevertheless.", status: .refused)
  }

  /// The kernel decides by its own scores, and the last look is at these: where one is above the named
  /// process's, another would die.
  private func refuseContradiction(
    _ victim: ScoredProcess, in world: borrowing World
  ) throws(Failure) {
    let scan = try ScoreScan(count: 1, in: world.proc)
    let own = scan.highest.first { $0.id == victim.id }
    guard let top = scan.highest.first?.score, own?.score != top else { return }
    throw Failure(
      "\(victim.label) hasn't the highest oom_score any more: nothing was done",
      advice: "Look at it again.", status: .refused)
  }

  /// The name, given or typed, or nothing happens.
  private func confirm(_ forecast: SystemForecast, by program: Program) throws(Failure) {
    let name = name(of: forecast.victim)
    guard command.confirmation == nil else { return }
    if common.format == .text {
      let question = "\nType the name of the victim to have it killed: "
      _ = program.console.write(.output, Array(question.utf8))
      if let typed = program.environment.typedLine() {
        guard typed == name else {
          throw Failure("that isn't its name: nothing was done", status: .refused)
        }
        return
      }
      _ = program.console.write(.output, Array("\n".utf8))
    }
    throw Failure(
      "nobody confirmed it: nothing was done",
      advice: "At a terminal type the name, or give --yes NAME.",
      status: .refused)
  }
}
