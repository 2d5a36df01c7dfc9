import Arguments
import Badness
import Changes
import Configuration
import Core
import ProcFS
import Processes
import Units

/// Keeps processes alive: lowers their adjustment, now and if asked for whenever they start.
package struct Protect: WorldCommand {
  static let name = "protect"
  static let summary = "Keep processes alive, now and with --persist after restarts."
  static let group: String? = "Act"
  static let discussion = [
    """
    The adjustment becomes \(lastInLine): the kernel takes the process only when nothing else is left. What is \
    lower already stays so. Of all that a name means only the main process is taken, and of sshd the \
    one that listens, never the sessions: what is started from there would inherit.
    """,
    """
    With --persist a service of systemd gets a drop-in, \
    /etc/systemd/system/UNIT.d/50-oomctl.conf; anything else gets a rule in /etc/oomctl/rules.conf, \
    which oomctl guard keeps: it names the user, the unit or memory cgroup where there is a lasting one, \
    and the program. What could be claimed by someone else gets none. oomctl unprotect removes either.
    """,
    Ownership.discussion,
  ]
  static let examples = [
    Example("oomctl protect sshd", "Keep the way in."),
    Example("oomctl protect postgres --persist", "Also after the next restart."),
  ]
  static let parameters: [Parameter<Self>] =
    [
      .flag(
        "never", sets: \.isImmune,
        help: "Use \(OOMAdjustment.minimum): the kernel may never take it."),
      .flag("persist", sets: \.lasts, help: "Make it last beyond a restart."),
    ] + SelectionOptions.parameters.within(\.selection)
    + ChangeOptions.parameters.within(\.options) + CommonOptions.parameters.within(\.common)

  var isImmune = false
  var lasts = false
  var selection = SelectionOptions()
  var options = ChangeOptions()
  var common = CommonOptions()

  /// Low enough to be the last, and not immune: a leak can still be stopped.
  package static let lastInLine = -900

  private var adjustment: Int { isImmune ? OOMAdjustment.minimum : Self.lastInLine }

  /// True for a value that a drop-in or a rule of ours can have set.
  static func mayHaveSet(_ adjustment: Int?) -> Bool {
    adjustment.map { [lastInLine, OOMAdjustment.minimum].contains($0) } ?? true
  }

  mutating func validate() throws(UsageError) {
    if selection.isEmpty { throw .missingOperand("PROCESS") }
  }

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    let context = try ProcessContext(common, selection: selection, in: world)
    var targets: Targets?
    var stopped: [String] = []
    var report = try ChangeReport.carrying(options, of: Self.name, in: world) {
      () throws(Failure) in
      stopped = try stoppedUnits(context, in: world)
      targets = nil
      // Nothing needs to run where nothing but stopped units is meant.
      if stopped.isEmpty || !context.selection.meansOnly(units: stopped) {
        targets = try Targets(
          protectable: context, stopped: stopped, options, for: request, in: world)
      }
      return plan(targets, stopped, context, in: world)
    }
    if let targets {
      report.hints += hints(on: targets, report.changes, context.machine, in: world)
    }
    report.hints += report.changes.filter { change in
      change.result != .refused && stopped.contains(change.target)
    }.map { "\($0.target) isn't running: it has the value from its next start." }
    return report
  }

  private var request: AdjustmentRequest { AdjustmentRequest(amount: .atMost(adjustment)) }

  private func plan(
    _ targets: Targets?, _ stopped: [String], _ context: ProcessContext, in world: borrowing World
  ) -> ChangeReport {
    var report =
      targets.map { AdjustmentPlan(request, $0, on: context.machine, in: world).report }
      ?? ChangeReport(changes: [])
    guard lasts else { return report }
    var kinds = stopped.map { Persistence(ofStopped: $0, in: world) }
    if let targets {
      kinds += Persistence.kinds(
        for: targets.subjects, among: targets.processes, isForced: options.isForced, in: world)
    }
    // A unit that another's file starts as low needs none of ours.
    let needed = kinds.filter { kind in
      kind.unit.flatMap { UnitFiles(of: $0, in: world).others }.map { $0.adjustment > adjustment }
        ?? true
    }
    report.changes += Persistence.changes(
      for: needed, to: adjustment, isForced: options.isForced,
      keeping: { isLower(whatHas: $0, targets?.subjects ?? [], context, in: world) }, in: world)
    return report
  }

  /// True where the rules give all processes that certain selectors mean a lower value: the last
  /// rule holds, and one more would raise it.
  private func isLower(
    whatHas selectors: String, _ subjects: [ScoredProcess], _ context: ProcessContext,
    in world: borrowing World
  ) -> Bool {
    // A file that isn't there, or is wrong, is up to its author.
    guard let book = try? RuleBook(at: GuardRules.path, in: world),
      let meaning = Persistence.selection(of: selectors, context.columnContext.users, in: world)
    else { return false }
    let meant = subjects.filter { meaning.means($0.record) }
    return !meant.isEmpty
      && meant.allSatisfy { subject in
        book.rule(for: subject.record, on: context.machine).map { $0.adjustment < adjustment }
          ?? false
      }
  }

  /// Units that were named and don't run: they can be given their drop-ins all the same.
  private func stoppedUnits(
    _ context: ProcessContext, in world: borrowing World
  ) throws(Failure) -> [String] {
    let units = selection.units.map(\.name).filter { unit in
      DropIn.isSafeUnitName(unit) && !SecureShell.isUnit(unit)
        && UnitFiles(of: unit, in: world).isKnown
    }
    guard lasts, !units.isEmpty else { return [] }
    let running = try ProcessList(
      on: context.machine, needs: [.stat, .cgroups], isScored: false, in: world.proc)
    // A process that can't be read may be one of them.
    guard running.reader.problemCount + running.reader.hiddenCount == 0 else { return [] }
    let inUnits = Set(running.subjects.compactMap { $0.record.unit?.system })
    return units.filter { !inUnits.contains($0) }
  }
}

extension Persistence {
  /// The persistence of a unit that doesn't run: it is protected from its next start on.
  init(ofStopped unit: String, in world: borrowing World) {
    let files = UnitFiles(of: unit, in: world)
    guard files.isUmbrella else {
      self = .dropIn(unit: unit)
      return
    }
    let others = files.pulledIn(in: world)
    let them = others.count == 1 ? "that" : "those"
    self = .refused(
      Refusal(
        target: unit, file: DropIn.path(unit: unit),
        reason: "starts no process of its own: a drop-in for it can never help",
        advice: others.isEmpty
          ? "Protect the units that it stands for."
          : "It stands for \(others.joined(separator: ", ")): protect \(them)."))
  }
}

extension Targets {
  /// Main processes only, unless whole trees are asked for.
  init(
    protectable context: ProcessContext, stopped: [String] = [], _ options: ChangeOptions,
    for request: AdjustmentRequest,
    takesLogins: Bool = false, in world: borrowing World
  ) throws(Failure) {
    let numbers = Set(context.selection.numbers.map(\.id))
    let withDescendants = context.selection.withDescendants
    try self.init(
      of: context, needs: [.cgroups, .commandLine, .executable], readsAll: true, stopped: stopped,
      options, for: request, in: world
    ) { (selected) throws(Failure) in
      guard !withDescendants else { return selected }
      return try MainProcesses.of(
        options.meansAll ? selected : context.selection.withoutLogins(selected),
        isExplicit: { numbers.contains($0.id) || options.meansAll }, in: world)
    }
    // Of a family whose head couldn't be read nobody else takes its place.
    let unread = unread
    refuse(
      { !numbers.contains($0.id) && $0.record.parent.map(unread.contains) ?? false },
      "its parent can't be read: it may be a worker, and not the main process")
    if withDescendants, !options.isForced {
      refuse(
        { SecureShell.contains($0.record) }, "--tree would take along all that its logins start")
    }
    if !options.isForced, !takesLogins {
      refuse(
        { SecureShell.isSession($0.record) }, "serves a login: all that is started there inherits")
    }
    for value in context.selection.values {
      let meant = matching.filter { value.means($0.record) }
      let left = Set((subjects + refused.map(\.subject)).map(\.id))
      guard !meant.isEmpty, !meant.contains(where: { left.contains($0.id) }),
        meant.allSatisfy({ SecureShell.contains($0.record) })
      else { continue }
      note(Absentee(of: value, SecureShell.absence(of: meant)))
    }
  }
}

extension ProcessSelection {
  /// Without what was started in logins that the same value means, too: where no session has a scope of its
  /// own, all of it is in the server's unit, also when its session is over.
  fileprivate func withoutLogins(_ selected: [ScoredProcess]) -> [ScoredProcess] {
    guard selected.contains(where: { SecureShell.contains($0.record) }) else { return selected }
    var meant: Set<ProcessID> = Set(numbers.map(\.id))
    for value in values {
      let its = selected.filter { value.means($0.record) }
      let ofServer = its.filter { SecureShell.contains($0.record) }
      let sessions = Set(ofServer.filter { SecureShell.isSession($0.record) }.map(\.id))
      var started = its.descendants(of: sessions).subtracting(sessions)
      if !ofServer.isEmpty {
        started.formUnion(its.filter { $0.record.isInSecureShellUnit }.map(\.id))
      }
      meant.formUnion(its.map(\.id).filter { !started.contains($0) })
    }
    return selected.filter { meant.contains($0.id) || SecureShell.contains($0.record) }
  }
}

extension ProcessSnapshot {
  fileprivate var isInSecureShellUnit: Bool {
    (unit?.system).map(SecureShell.isUnit) ?? false
  }
}
