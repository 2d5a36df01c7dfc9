import Changes
import Configuration
import Core
import ProcFS
import Processes
import Units

extension Protect {
  /// Facts that the administrator may not think of.
  func hints(
    on targets: Targets, _ changes: [Change], _ machine: Machine, in world: borrowing World
  ) -> [String] {
    var hints: [String] = []
    let failed = Set(changes.filter { $0.result == .failed }.map(\.target))
    for subject in targets.subjects where !failed.contains(subject.label) {
      hints += hint(onListener: subject, among: targets.matching)
      if isImmune { hints += Immunity.warnings(on: subject, machine: machine, in: world) }
      guard !SecureShell.contains(subject.record), !selection.withDescendants,
        let sentence = Inheritance.sentence(
          on: subject, among: targets.processes, changing: targets.subjects)
      else { continue }
      hints.append(sentence)
    }
    return hints + hintsOnLasting(targets, changes.filter { $0.result != .failed }, in: world)
  }

  private func hint(onListener subject: ScoredProcess, among meant: [ScoredProcess]) -> [String] {
    guard SecureShell.contains(subject.record) else { return [] }
    var hints: [String] = []
    if let adjustment = subject.record.adjustment, adjustment <= Self.lastInLine {
      hints.append(
        "\(subject.label) has \(adjustment): sshd protects its listener by itself, at each start.")
    }
    let sessions = meant.count { other in
      SecureShell.isSession(other.record) && other.id != subject.id
    }
    if sessions > 0 {
      hints.append(
        "Left alone: \(sessions) \(sessions == 1 ? "process" : "processes") of login sessions; "
          + "they have the value that sshd was started with.")
    }
    return hints
  }

  private func hintsOnLasting(
    _ targets: Targets, _ changes: [Change], in world: borrowing World
  ) -> [String] {
    guard lasts else { return [] }
    var hints: [String] = []
    let units = targets.subjects.compactMap { $0.ownService(among: targets.processes) }
    for unit in Set(units).sorted() {
      guard let other = UnitFiles(of: unit, in: world).others else { continue }
      if !changes.contains(where: { $0.target == unit }) {
        hints.append("\(unit) needs no drop-in: \(other.path) says \(other.adjustment).")
      } else if other.path.hasSuffix(".conf"),
        other.path.lastPathComponent > DropIn.path(unit: unit).lastPathComponent
      {
        hints.append(
          "\(other.path) is read later and says \(other.adjustment): change it, or it wins.")
      }
    }
    if changes.contains(where: { $0.file == GuardRules.path && $0.result != .refused }) {
      hints.append(
        "A rule needs the guard: 'oomctl guard' as a service (oomctl generate unit), which notices it "
          + "by itself, or 'oomctl guard --once' from cron.")
    }
    return hints
  }
}
