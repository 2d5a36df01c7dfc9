import Arguments
import Configuration
import ProcFS

/// Takes back what protect did.
struct Unprotect: WorldCommand {
  static let name = "unprotect"
  static let summary = "Take a protection back: the value, and what makes it last."
  static let group: String? = "Act"
  static let discussion = [
    """
    The process gets the adjustment back that it had before oomctl protect, and the drop-in or rule \
    that oomctl wrote is removed, also where nothing of that name runs. What others wrote is left alone.
    """
  ]
  static let examples = [
    Example("oomctl unprotect postgres", "Let it take its chances again."),
    Example("oomctl unprotect --unit backup", "A service that may be stopped."),
  ]
  static let parameters: [Parameter<Self>] =
    SelectionOptions.parameters.within(\.selection) + ChangeOptions.parameters.within(\.options)
    + CommonOptions.parameters.within(\.common)

  var selection = SelectionOptions()
  var options = ChangeOptions()
  var common = CommonOptions()

  mutating func validate() throws(UsageError) {
    if selection.isEmpty { throw .missingOperand("PROCESS") }
  }

  func run(in world: borrowing World) throws(Failure) -> any Report {
    let scene = try Scene(common, selection: selection, in: world)
    return try ChangeReport.carrying(options, of: Self.name, in: world) { () throws(Failure) in
      try plan(scene, in: world)
    }
  }

  private func plan(
    _ scene: Scene, in world: borrowing World
  ) throws(Failure) -> ChangeReport {
    var targets: Targets?
    var absence: Failure?
    do throws(Failure) {
      targets = try Targets(protectable: scene, options, takesLogins: true, in: world)
    } catch {
      guard error.status == .failed else { throw error }
      // What was protected may have ended since.
      absence = error
    }
    let subjects = targets?.subjects ?? []
    let removals = Persistence.removals(
      of: selection, and: subjects, among: targets?.population ?? [], in: world)
    let calls = try world.journal().calls
    let identity = try Identity(in: world)
    var changes: [Change] = []
    for subject in subjects {
      let value =
        calls.valueBeforeProtection(of: subject, identity)
        ?? removals.value(for: subject, among: targets?.population ?? [], in: world)
      guard let value else { continue }
      let request = AdjustmentRequest(amount: .absolute(value))
      changes.append(request.change(of: subject, on: scene.machine, in: world))
    }
    changes += removals.changes
    if changes.isEmpty {
      throw absence
        ?? Failure(
          "nothing here was protected by oomctl",
          advice: "'oomctl adjust -n 0' sets an ordinary adjustment, whoever set another.")
    }
    var report = ChangeReport(changes: changes)
    report.notes = (targets?.missing ?? []) + (targets?.remarks ?? [])
    return report
  }
}

extension [Journal.Call] {
  /// What a process had before oomctl protected it, once or several times in a row, if what it has now is
  /// still oomctl's.
  fileprivate func valueBeforeProtection(of subject: Subject, _ identity: Identity) -> Int? {
    var value: Int?
    for call in reversed() {
      for recorded in call.changes.reversed() where recorded.isOpen {
        guard case .adjustment(let entry) = recorded.change, identity.isThat(of: entry),
          entry.pid == subject.id.rawValue, entry.startTicks == subject.record.stat?.startTicks
        else { continue }
        // What another command did is no protection, nor is what was there before it.
        if value != nil, call.command != Protect.name { return value }
        let present = value ?? AdjustmentFile(rawValue: entry.file)?.value(of: subject.record)
        if call.command == Protect.name, entry.new == present { value = entry.old }
      }
    }
    return value
  }
}
