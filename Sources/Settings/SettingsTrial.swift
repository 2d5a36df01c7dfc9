import Changes
import Core
import Posix
import ProcFS
import Rendering

/// Settings on trial: they are taken back by themselves unless somebody confirms them.
enum SettingsTrial {
  /// Says why none can begin.
  static func refuse(in world: borrowing World) throws(Failure) {
    guard world.isThisMachine else {
      throw Failure("on a captured tree nothing can be tried: --confirm needs this machine")
    }
    if let pending = try PendingTrial.read(in: world), try pending.isWaiting(in: world) {
      throw Failure(
        "other settings wait for confirmation already",
        advice: "Say 'oomctl tune --keep' or 'oomctl tune --revert' first.", status: .refused)
    }
  }

  /// Starts the process that will take them back, and then makes the changes.
  static func begin(
    _ report: inout ChangeReport, lasting: [String], for time: Duration,
    _ session: inout ChangeSession, in world: borrowing World
  ) throws(Failure) {
    try refuse(in: world)
    let reverter = try start(steps(taking: report.changes, in: world), after: time)
    do {
      let pending = PendingTrial(
        process: try world.proc.process(reverter.id).identity, lasting: lasting)
      try world.folder(above: PendingTrial.path, making: true).replace(
        PendingTrial.path.lastPathComponent, with: Array(pending.text.utf8))
    } catch {
      reverter.tell(RevertProcess.keeping)
      throw Failure("\(PendingTrial.path): \(error): nothing was changed")
    }
    session.carryOutTogether(&report.changes, in: world)
    guard report.changes.contains(where: { $0.result == .done }) else {
      // The revert process may still manage to take back what couldn't be taken back here.
      reverter.tell(RevertProcess.reverting)
      PendingTrial.remove(in: world)
      return
    }
    report.hints.append(
      "Taken back in \(time.seconds) s, unless 'oomctl tune --keep' confirms it; 'oomctl tune --revert' "
        + "takes it back at once.")
  }

  /// Lets them stay: what is to last is handed over.
  static func keep(in world: borrowing World) throws(Failure) -> [String] {
    let pending = try waiting(in: world)
    try pending.tell(RevertProcess.keeping, in: world)
    PendingTrial.remove(in: world)
    return pending.lasting
  }

  /// Takes them back at once.
  static func revert(in world: borrowing World) throws(Failure) {
    try waiting(in: world).tell(RevertProcess.reverting, in: world)
    PendingTrial.remove(in: world)
  }

  /// The trial that waits to be confirmed.
  static func pending(in world: borrowing World) throws(Failure) -> PendingTrial {
    guard let pending = try PendingTrial.read(in: world) else {
      throw Failure("nothing waits for confirmation")
    }
    guard try pending.isWaiting(in: world) else { throw tooLate }
    return pending
  }

  private static let tooLate = Failure(
    "it is too late: the settings were taken back", advice: "Look with 'oomctl tune'.")

  /// The trial that waits to be confirmed; one that has ended is forgotten.
  private static func waiting(in world: borrowing World) throws(Failure) -> PendingTrial {
    do throws(Failure) {
      return try pending(in: world)
    } catch {
      if error == tooLate { PendingTrial.remove(in: world) }
      throw error
    }
  }

  private static func start(
    _ steps: [RevertProcess.Step], after time: Duration
  ) throws(Failure) -> RevertProcess {
    do throws(RevertProcess.Obstacle) {
      return try RevertProcess(steps, after: time.seconds)
    } catch {
      switch error {
      case .call(let name, let errno): throw Failure("\(name): \(errno)")
      case .end: throw Failure("the process that was to take the settings back has ended")
      }
    }
  }

  /// The steps that take changes back, the last one first, each with its file open.
  private static func steps(
    taking changes: [Change], in world: borrowing World
  ) throws(Failure) -> [RevertProcess.Step] {
    var steps: [RevertProcess.Step] = []
    var zeroed = false
    for change in changes.reversed() where change.result == .planned {
      switch change.action {
      case .zeroed(let write):
        zeroed = true
        steps.append(try step(write, change.file))
      case .setting(let write):
        // It becomes 0 again with the one that it zeroed.
        if zeroed, write.old == "0", Setting.named(write.key)?.counterpart != nil { continue }
        steps.append(try step(write, change.file))
      case .adjustment, .file, .along, .none: continue
      }
    }
    return steps
  }

  private static func step(
    _ write: SettingWrite, _ path: String
  ) throws(Failure) -> RevertProcess.Step {
    do throws(Errno) {
      return try RevertProcess.Step(writing: Array(write.old.utf8), to: path)
    } catch {
      throw Failure("\(path): \(error)", advice: "Nothing was changed.")
    }
  }
}
