package import Core
import ProcFS

/// The main processes of all that a word matches: the daemon and not its workers, the listener and
/// not the sessions.
package enum MainProcesses {
  /// - Parameter isExplicit: True for a process that was asked for by its number.
  package static func of(
    _ selected: [ScoredProcess], isExplicit: (ScoredProcess) -> Bool, in world: borrowing World
  ) throws(Failure) -> [ScoredProcess] {
    let shells = selected.filter { SecureShell.contains($0.record) }
    let others = roots(of: selected.filter { !SecureShell.contains($0.record) })
    let explicit = selected.filter { subject in
      isExplicit(subject) && !SecureShell.contains(subject.record)
    }
    let listeners = SecureShell.listeners(among: shells, in: world)
    if listeners.isEmpty, !shells.isEmpty, others.isEmpty, !shells.contains(where: isExplicit) {
      throw SecureShell.absence(of: shells)
    }
    let sessions = shells.filter { shell in
      isExplicit(shell) && !listeners.contains { $0.id == shell.id }
    }
    let chosen = Set((others + explicit + listeners + sessions).map(\.id))
    return selected.filter { chosen.contains($0.id) }
  }

  /// Processes that none of the others started.
  package static func roots(of subjects: [ScoredProcess]) -> [ScoredProcess] {
    let ids = Set(subjects.map(\.id))
    return subjects.filter { subject in
      subject.record.parent.map { !ids.contains($0) || $0 == subject.id } ?? true
    }
  }
}
