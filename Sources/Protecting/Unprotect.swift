import Arguments
import Changes
import Configuration
import Core
import ProcFS
import Processes

/// Takes back what protect did.
package struct Unprotect: WorldCommand {
  static let name = "unprotect"
  static let summary = "Take a protection back: the value, and what makes it last."
  static let group: String? = "Act"
  static let discussion = [
    """
    The process gets the adjustment back that it had before oomctl protect, and the drop-in or rule \
    that oomctl wrote is removed, also where nothing of that name runs. What others wrote is left alone. \
    Workers that inherited the value are listed; --tree takes them, too.
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

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    let context = try ProcessContext(common, selection: selection, in: world)
    return try ChangeReport.carrying(options, of: Self.name, in: world) { () throws(Failure) in
      try plan(context, in: world)
    }
  }

  private func plan(
    _ context: ProcessContext, in world: borrowing World
  ) throws(Failure) -> ChangeReport {
    var targets: Targets?
    var absence: Failure?
    do throws(Failure) {
      targets = try Targets(
        protectable: context, options, for: AdjustmentRequest(amount: .relative(0)),
        takesLogins: true,
        in: world)
    } catch {
      guard error.meansAbsence else { throw error }
      // A protected process may have ended since.
      absence = error
    }
    let subjects = targets?.subjects ?? []
    let processes = targets?.processes ?? []
    let removals = Persistence.removals(
      of: selection, and: subjects, among: processes, in: world)
    let calls = try world.journal().calls
    let identity = try BootIdentity(in: world)
    var inheritance = InheritedProtection(among: processes)
    var changes: [Change] = []
    var changed: Set<ProcessID> = []
    for subject in subjects.sorted(by: { $0.startsBefore($1) }) {
      let own =
        calls.valueBeforeProtection(of: subject, identity)
        ?? removals.value(for: subject, among: processes, in: world)
      guard let value = inheritance.value(of: subject, own: own) else { continue }
      changed.insert(subject.id)
      let request = AdjustmentRequest(amount: .absolute(value))
      changes.append(request.change(of: subject, on: context.machine, in: world))
    }
    changes += removals.changes
    let absentees = (targets?.absentees ?? []).filter { absentee in
      // Also where nothing of that name runs, what kept it protected goes.
      absentee.value.map {
        Persistence.removals(of: $0.options, and: [], among: processes, in: world).changes.isEmpty
      } ?? true
    }
    let heirs = inheritance.heirs(of: subjects)
    let vain = context.selection.parts.filter { part in
      let meant = subjects.filter { part.means($0.record) }
      return !meant.isEmpty && !meant.contains { changed.contains($0.id) }
        && Persistence.removals(of: part.options, and: meant, among: processes, in: world)
          .changes.isEmpty
    }
    var report = ChangeReport(changes: changes + absentees.map(\.change))
    report.notes = targets?.remarks ?? []
    if changes.isEmpty {
      guard absence == nil, !absentees.isEmpty else { throw absence ?? Self.vanity(heirs) }
      report.notes.append(Self.vanity(heirs).remark)
      return report
    }
    report.changes += vain.map { Absentee(of: $0, Self.vanity(of: $0)).change }
    if !heirs.isEmpty {
      let them = heirs.count == 1 ? "it" : "them"
      report.hints.append(
        "\(heirs.listed) inherited the value: --tree takes \(them), too.")
    }
    return report
  }

  /// The reason why there is nothing to take back of one of several values.
  private static func vanity(of part: ProcessSelection) -> Failure {
    Failure(
      "\(part.words): nothing here was protected by oomctl",
      advice: "'oomctl adjust -n 0' sets an ordinary adjustment, whoever set another.")
  }

  /// The reason why there is nothing to take back.
  private static func vanity(_ heirs: [ScoredProcess]) -> Failure {
    heirs.isEmpty
      ? Failure(
        "nothing here was protected by oomctl",
        advice: "'oomctl adjust -n 0' sets an ordinary adjustment, whoever set another.")
      : Failure(
        "what was named isn't protected any more, but \(heirs.listed) inherited the value",
        advice: "Add --tree, and \(heirs.count == 1 ? "it is" : "they are") taken too.")
  }
}

/// Protection that was handed down: workers that a daemon started while it was protected keep its value.
struct InheritedProtection {
  private let processes: [ScoredProcess]
  /// The values that processes have once all is taken back.
  private var values: [ProcessID: Int] = [:]

  init(among processes: [ScoredProcess]) {
    self.processes = processes
  }

  /// The value that a process is to have: its own former one, else that of its nearest ancestor
  /// that was asked about; `nil` where its value is none of ours. Parents are asked for first.
  mutating func value(of subject: ScoredProcess, own: Int?) -> Int? {
    if let own {
      values[subject.id] = own
      return own
    }
    guard let present = subject.record.adjustment else { return nil }
    guard Protect.mayHaveSet(present), let value = ofAncestor(subject) else {
      values[subject.id] = present
      return nil
    }
    values[subject.id] = value
    return value
  }

  private func ofAncestor(_ subject: ScoredProcess) -> Int? {
    var parent = subject.record.parent
    var seen: Set<ProcessID> = []
    while let id = parent, seen.insert(id).inserted {
      if let value = values[id] { return Protect.mayHaveSet(value) ? nil : value }
      parent = processes.first { $0.id == id }?.record.parent
    }
    return nil
  }

  /// Descendants of some processes that still have a protection's value, and that nobody takes it from.
  func heirs(of subjects: [ScoredProcess]) -> [ScoredProcess] {
    let family = processes.descendants(of: Set(subjects.map(\.id)))
    return processes.filter { subject in
      family.contains(subject.id) && values[subject.id] == nil && !subject.record.isKernelThread
        && subject.record.adjustment.map { Protect.mayHaveSet($0) } ?? false
        && !SecureShell.contains(subject.record)
    }
  }
}

extension [Journal.Call] {
  /// The value that a process had before oomctl protected it, once or several times in a row, if
  /// its present value is still oomctl's.
  fileprivate func valueBeforeProtection(of subject: ScoredProcess, _ identity: BootIdentity)
    -> Int?
  {
    var value: Int?
    for call in reversed() {
      for recorded in call.changes.reversed() where recorded.isOpen {
        guard case .adjustment(let entry) = recorded.change, identity.isThat(of: entry),
          entry.process == subject.record.identity
        else { continue }
        // A change by another command is no protection, nor is a value from before it.
        if value != nil, call.command != Protect.name { return value }
        let present = value ?? AdjustmentFile(rawValue: entry.file)?.value(of: subject.record)
        if call.command == Protect.name, entry.new == present { value = entry.old }
      }
    }
    return value
  }
}
