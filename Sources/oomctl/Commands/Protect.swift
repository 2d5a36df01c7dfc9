import Arguments
import Badness
import Configuration
import ProcFS

/// Keeps processes alive: lowers their adjustment, now and if asked for whenever they start.
struct Protect: WorldCommand {
  static let name = "protect"
  static let summary = "Keep processes alive, now and with --persist after restarts."
  static let group: String? = "Act"
  static let discussion = [
    """
    The adjustment becomes -900: the kernel takes the process only when nothing else is left. What is \
    lower already stays so. Of all that a name means only the main process is taken, and of sshd the \
    one that listens, never the sessions: what is started from there would inherit.
    """,
    """
    With --persist a service of systemd gets a drop-in, \
    /etc/systemd/system/UNIT.d/50-oomctl.conf; anything else gets a rule in /etc/oomctl/rules.conf, \
    which oomctl guard keeps. oomctl unprotect removes either.
    """,
  ]
  static let examples = [
    Example("oomctl protect sshd", "Keep the way in."),
    Example("oomctl protect postgres --persist", "Also after the next restart."),
  ]
  static let parameters: [Parameter<Self>] =
    [
      .flag("never", sets: \.isImmune, help: "Use -1000: the kernel may never take it."),
      .flag("persist", sets: \.lasts, help: "Make it last beyond a restart."),
    ] + SelectionOptions.parameters.within(\.selection)
    + ChangeOptions.parameters.within(\.options) + CommonOptions.parameters.within(\.common)

  var isImmune = false
  var lasts = false
  var selection = SelectionOptions()
  var options = ChangeOptions()
  var common = CommonOptions()

  /// Low enough to be the last, and not immune: a leak can still be stopped.
  static let lastInLine = -900

  private var adjustment: Int { isImmune ? OOMAdjustment.minimum : Self.lastInLine }

  /// Whether a value can be one that a drop-in or a rule of ours brought about.
  static func mayHaveSet(_ adjustment: Int?) -> Bool {
    adjustment.map { [lastInLine, OOMAdjustment.minimum].contains($0) } ?? true
  }

  mutating func validate() throws(UsageError) {
    if selection.isEmpty { throw .missingOperand("PROCESS") }
  }

  func run(in world: borrowing World) throws(Failure) -> any Report {
    let scene = try Scene(common, selection: selection, in: world)
    var targets: Targets?
    var report = try ChangeReport.carrying(options, of: Self.name, in: world) {
      () throws(Failure) in
      if let changes = try changesOfStopped(scene, in: world) {
        return ChangeReport(changes: changes)
      }
      let found = try Targets(protectable: scene, options, in: world)
      targets = found
      let request = AdjustmentRequest(amount: .atMost(adjustment))
      let plan = AdjustmentPlan(request, found, on: scene.machine, in: world)
      var report = plan.report
      if lasts { report.changes += try lastingChanges(for: found, in: world) }
      return report
    }
    if let targets {
      report.hints += hints(on: targets, report.changes, scene.machine, in: world)
    } else {
      report.hints += report.changes.map {
        "\($0.target) isn't running: it has the value from its next start."
      }
    }
    return report
  }

  /// Units that were named and don't run can be given their drop-ins all the same.
  private func changesOfStopped(
    _ scene: Scene, in world: borrowing World
  ) throws(Failure) -> [Change]? {
    let units = selection.units.map(\.name).filter(DropIn.isSafeUnitName)
    guard lasts, !units.isEmpty, units.allSatisfy({ UnitFiles(of: $0, in: world).isKnown }),
      !units.contains(where: SecureShell.isUnit)
    else { return nil }
    let running = try Population(
      on: scene.machine, needs: scene.selection.needs, isScored: false, in: world.proc)
    guard scene.selection.selected(from: running.subjects).isEmpty else { return nil }
    return Persistence.changes(
      for: units.map { .dropIn(unit: $0) }, to: adjustment, isForced: options.isForced, in: world)
  }

  /// One for each unit or program.
  private func lastingChanges(
    for targets: Targets, in world: borrowing World
  ) throws(Failure) -> [Change] {
    if let shell = targets.subjects.first(where: { SecureShell.contains($0.record) }),
      !options.isForced
    {
      throw Failure(
        "\(shell.label): OOMScoreAdjust= in sshd's unit would be the value of every login too",
        advice: "Leave out --persist: sshd protects its listener by itself at each start.",
        status: .refused)
    }
    let kinds = try Persistence.kinds(
      for: targets.subjects, among: targets.population, isForced: options.isForced, in: world
    ).filter { kind in
      kind.unit.flatMap { UnitFiles(of: $0, in: world).others }.map { $0.adjustment > adjustment }
        ?? true
    }
    return Persistence.changes(
      for: kinds, to: adjustment, isForced: options.isForced, in: world)
  }
}

extension Targets {
  /// Main processes only, unless whole trees are asked for.
  init(
    protectable scene: Scene, _ options: ChangeOptions, takesLogins: Bool = false,
    in world: borrowing World
  ) throws(Failure) {
    let numbers = Set(scene.selection.numbers.map(\.id))
    let withDescendants = scene.selection.withDescendants
    try self.init(
      of: scene, needs: [.cgroups, .commandLine, .executable], readsAll: true, options, in: world
    ) { (selected) throws(Failure) in
      if withDescendants {
        guard let shell = selected.first(where: { SecureShell.contains($0.record) }),
          !options.isForced
        else { return selected }
        throw Failure(
          "\(shell.label): --tree would take along all that its logins start", status: .refused)
      }
      return try MainProcesses.of(
        selected, isExplicit: { numbers.contains($0.id) || options.meansAll }, in: world)
    }
    if !options.isForced, !takesLogins {
      refuse(
        { SecureShell.isSession($0.record) }, "serves a login: all that is started there inherits")
    }
  }
}
