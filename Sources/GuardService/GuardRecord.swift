import Core
import ProcFS
import Protecting

/// The file in which a guard writes how it fares, and as which process.
struct GuardRecord {
  /// `nil` where nobody is told.
  private let place: (path: String, process: ProcessID, startTicks: UInt64)?

  init(in world: borrowing World) {
    guard let path = GuardStateFile.ownPath(in: world.environment),
      let id = world.environment.ownID().map({ ProcessID($0) }),
      let start = try? world.proc.process(id).stat.startTicks
    else {
      place = nil
      return
    }
    place = (path, id, start)
  }

  func write(_ rules: RulesInForce, in world: borrowing World) throws(ProcFSError) {
    guard let place else { return }
    try file(rules, place.process, place.startTicks).write(to: place.path, in: world)
  }

  private func file(
    _ rules: RulesInForce, _ process: ProcessID, _ startTicks: UInt64
  ) -> GuardStateFile {
    GuardStateFile(
      process: process, startTicks: startTicks, ruleCount: rules.book.rules.count,
      problemCount: rules.problems.count, since: rules.since, path: rules.path)
  }

  /// Says nothing any more.
  func remove(in world: borrowing World) {
    guard let place else { return }
    GuardStateFile.remove(from: place.path, of: place.process, place.startTicks, in: world)
  }
}
