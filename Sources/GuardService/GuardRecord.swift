import Core
import ProcFS
import Protecting

/// The file in which a guard writes how it fares, and as which process.
struct GuardRecord {
  /// `nil` where nobody is told.
  private let place: (path: String, process: ProcessIdentity)?

  init(in world: borrowing World) {
    guard let path = GuardStateFile.ownPath(in: world.environment),
      let id = world.environment.ownID().map({ ProcessID($0) }),
      let process = try? world.proc.process(id).identity
    else {
      place = nil
      return
    }
    place = (path, process)
  }

  func write(_ rules: RulesInForce, in world: borrowing World) throws(ProcFSError) {
    guard let place else { return }
    try file(rules, place.process).write(to: place.path, in: world)
  }

  private func file(_ rules: RulesInForce, _ process: ProcessIdentity) -> GuardStateFile {
    GuardStateFile(
      process: process, ruleCount: rules.book.rules.count, problemCount: rules.problems.count,
      since: rules.since, path: rules.path)
  }

  /// Says nothing any more.
  func remove(in world: borrowing World) {
    guard let place else { return }
    GuardStateFile.remove(from: place.path, of: place.process, in: world)
  }
}
