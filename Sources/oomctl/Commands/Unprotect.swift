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
    var subjects: [Subject] = []
    var notes: [Remark] = []
    var absence: Failure?
    do throws(Failure) {
      let targets = try Targets(protectable: scene, options, in: world)
      subjects = targets.subjects
      notes = targets.missing + targets.remarks
    } catch {
      guard error.status == .failed else { throw error }
      // Its unit may be stopped.
      absence = error
    }
    let kinds = selection.persistence + subjects.map { Persistence(of: $0.record) }
    let removals = Persistence.removals(of: Set(kinds).sorted(), in: world)
    let calls = try world.journal().calls
    let identity = Identity(in: world)
    var changes: [Change] = []
    for subject in subjects {
      let kind = Persistence(of: subject.record)
      let value =
        calls.valueBeforeProtection(of: subject, identity)
        ?? (removals.kinds.contains(kind)
          ? kind.unit.flatMap { UnitFiles(of: $0, in: world).others?.adjustment } ?? 0 : nil)
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
    if !options.isDryRun {
      var session = try ChangeSession(of: Self.name, in: world)
      session.carryOut(&changes, in: world)
      notes += Systemd.reload(after: changes, in: world) + session.notes
    }
    return ChangeReport(changes: changes, notes: notes)
  }
}

extension SelectionOptions {
  /// What would make those last that it names, whether they run or not.
  fileprivate var persistence: [Persistence] {
    var kinds: [Persistence] = []
    for unit in units.map(\.name) {
      kinds += [.dropIn(unit: unit), .rule(selector: "unit:\(unit)")]
    }
    var words = names.map(\.text)
    for operand in operands {
      if case .name(let name) = operand { words.append(name) }
    }
    for name in words {
      kinds.append(.rule(selector: "name:\(name)"))
      kinds.append(.dropIn(unit: name.hasSuffix(".service") ? name : name + ".service"))
    }
    return kinds + programs.map { .rule(selector: "exe:\($0.text)") }
  }
}

extension Persistence: Comparable {
  static func < (one: Persistence, other: Persistence) -> Bool {
    (one.unit ?? "", one.selector ?? "") < (other.unit ?? "", other.selector ?? "")
  }
}

extension [Journal.Call] {
  /// What a process had before oomctl protected it, if that is what it has still.
  fileprivate func valueBeforeProtection(of subject: Subject, _ identity: Identity) -> Int? {
    for call in reversed() where call.command == Protect.name {
      for recorded in call.changes where !recorded.isUndone {
        guard case .adjustment(let entry) = recorded.change, identity.isThat(of: entry),
          entry.pid == subject.id.rawValue, entry.startTicks == subject.record.stat?.startTicks,
          AdjustmentFile(rawValue: entry.file)?.value(of: subject.record) == entry.new
        else { continue }
        return entry.old
      }
    }
    return nil
  }
}
