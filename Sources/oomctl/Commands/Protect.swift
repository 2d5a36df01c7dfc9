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
  private static let lastInLine = -900

  private var adjustment: Int { isImmune ? OOMAdjustment.minimum : Self.lastInLine }

  mutating func validate() throws(UsageError) {
    if selection.isEmpty { throw .missingOperand("PROCESS") }
  }

  func run(in world: borrowing World) throws(Failure) -> any Report {
    let scene = try Scene(common, selection: selection, in: world)
    let targets = try Targets(protectable: scene, options, in: world)
    let request = AdjustmentRequest(amount: .atMost(adjustment))
    var plan = AdjustmentPlan(request, targets, on: scene.machine, in: world)
    if lasts { plan.changes += try lastingChanges(for: targets.subjects, in: world) }
    let hints = self.hints(on: targets, plan.changes, scene.machine, in: world)
    if !options.isDryRun {
      var session = try ChangeSession(of: Self.name, in: world)
      session.carryOut(&plan.changes, in: world)
      plan.notes += Systemd.reload(after: plan.changes, in: world) + session.notes
    }
    return ChangeReport(changes: plan.changes, notes: plan.notes, hints: hints)
  }

  /// One for each unit or program.
  private func lastingChanges(
    for subjects: [Subject], in world: borrowing World
  ) throws(Failure) -> [Change] {
    if let shell = subjects.first(where: { SecureShell.contains($0.record) }), !options.isForced {
      throw Failure(
        "\(shell.label): OOMScoreAdjust= in sshd's unit would be the value of every login too",
        advice: "Leave out --persist: sshd protects its listener by itself at each start.",
        status: .refused)
    }
    var kinds: [Persistence] = []
    for kind in subjects.map({ Persistence(of: $0.record) }) where !kinds.contains(kind) {
      if let unit = kind.unit, let own = UnitFiles(of: unit, in: world).others,
        own.adjustment <= adjustment
      {
        continue
      }
      kinds.append(kind)
    }
    return Persistence.changes(
      for: kinds, to: adjustment, isForced: options.isForced, in: world)
  }
}

extension Targets {
  /// Main processes only, unless whole trees are asked for.
  init(
    protectable scene: Scene, _ options: ChangeOptions, in world: borrowing World
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
    if !options.isForced {
      refuse(
        { SecureShell.isSession($0.record) }, "serves a login: all that is started there inherits")
    }
  }
}
