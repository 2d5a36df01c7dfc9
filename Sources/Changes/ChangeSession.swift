import Configuration
package import Core
import ProcFS
import Processes

/// The changes of one call: nobody else's come between, and each is in the journal before it is made.
package struct ChangeSession {
  private let store: JournalStore?
  private let command: String
  private let call: Int
  private var count = 0
  /// Reasons why something can't be undone.
  package private(set) var notes: [Remark] = []

  /// Waits for another oomctl that is changing things. Where there can be no journal changes are made
  /// nevertheless: when memory is short, a full disk must not stand in the way.
  package init(of command: String, in world: borrowing World) throws(Failure) {
    self.command = command
    store = try Self.openJournal(in: world, &notes)
    call = store?.journal.nextCall ?? 0
  }

  private static func openJournal(
    in world: borrowing World, _ notes: inout [Remark]
  ) throws(Failure) -> JournalStore? {
    guard let path = world.statePath else {
      notes.append(.note("no home folder: \(cannotBeUndone)"))
      return nil
    }
    do throws(ProcFSError) {
      return try JournalStore(at: path, in: world)
    } catch {
      if error.errno == .again { throw isBusy(error) }
      notes.append(remark(on: error, cannotBeUndone))
      return nil
    }
  }

  private static func isBusy(_ error: ProcFSError) -> Failure {
    Failure(
      "\(error.path): another oomctl is changing something",
      advice: "Try again when it has ended; 'fuser \(error.path)' shows which it is.")
  }

  /// Calls made before this one.
  var history: [Journal.Call] { store?.journal.calls ?? [] }

  /// Makes the changes that are planned.
  package mutating func carryOut(_ changes: inout [Change], in world: borrowing World) {
    let planned = changes.indices.filter { changes[$0].result == .planned }
    let entries = note(planned, of: changes, in: world)
    for index in planned { changes[index].apply(in: world) }
    let failed = planned.filter { changes[$0].result != .done && !changes[$0].mayHaveHappened }
    markFailed(failed.compactMap { entries[$0] }, in: world)
  }

  /// Makes the changes that are planned, all or none: where one fails those before it are taken back, the
  /// last one first. What can't be taken back stays in the journal.
  package mutating func carryOutTogether(_ changes: inout [Change], in world: borrowing World) {
    let planned = changes.indices.filter { changes[$0].result == .planned }
    guard !changes.contains(where: { [.failed, .refused].contains($0.result) }) else {
      for index in planned { changes[index].result = .refused }
      return
    }
    let entries = note(planned, of: changes, in: world)
    for (place, index) in planned.enumerated() {
      changes[index].apply(in: world)
      guard changes[index].result == .failed else { continue }
      var settled = Array(planned[(place + 1)...])
      if changes[index].takeBackRest(in: world) { settled.append(index) }
      for former in planned[..<place].reversed() where changes[former].takeBack(in: world) {
        settled.append(former)
      }
      for later in planned[(place + 1)...] { changes[later].result = .refused }
      markFailed(settled.sorted().compactMap { entries[$0] }, in: world)
      return
    }
  }

  /// Writes to the journal what is about to be done.
  private mutating func note(
    _ planned: [Int], of changes: [Change], in world: borrowing World
  ) -> [Int: Journal.Entry] {
    guard !planned.isEmpty else { return [:] }
    let identity: BootIdentity
    do throws(Failure) {
      identity = try BootIdentity(in: world)
    } catch {
      notes.append(.error("\(error.message): \(Self.cannotBeUndone)"))
      return [:]
    }
    var entries: [Int: Journal.Entry] = [:]
    for index in planned {
      guard let change = changes[index].journalled(identity) else { continue }
      entries[index] = entry(change, in: world)
    }
    let caller = Journal.Entry(
      call: call, index: 0, time: world.environment.now(), command: command,
      change: .caller(world.caller))
    write([caller] + planned.compactMap { entries[$0] }, otherwise: Self.cannotBeUndone)
    return entries
  }

  /// Notes that changes never came about.
  private mutating func markFailed(_ failed: [Journal.Entry], in world: borrowing World) {
    var entries: [Journal.Entry] = []
    for one in failed {
      entries.append(entry(.failed(call: one.call, index: one.index), in: world))
    }
    write(entries, otherwise: "the journal still calls failed changes done")
  }

  /// Notes that changes are taken back.
  mutating func markUndone(_ places: [(call: Int, index: Int)], in world: borrowing World) {
    var entries: [Journal.Entry] = []
    for place in places {
      entries.append(entry(.undone(call: place.call, index: place.index), in: world))
    }
    write(entries, otherwise: "the journal still calls undone changes done")
  }

  private mutating func entry(
    _ change: Journal.Change, in world: borrowing World
  ) -> Journal.Entry {
    defer { count += 1 }
    return Journal.Entry(
      call: call, index: count, time: world.environment.now(), command: command, change: change)
  }

  /// Changes of processes alone are worth nothing after a loss of power.
  private mutating func write(_ entries: [Journal.Entry], otherwise consequence: String) {
    let isDurable = entries.contains { if case .file = $0.change { true } else { false } }
    do throws(ProcFSError) {
      try store?.append(entries, isDurable: isDurable)
    } catch {
      notes.append(Self.remark(on: error, consequence))
    }
  }

  /// A full disk, one that is read only, and something else in the journal's place are known to
  /// their owners, and mustn't make every change look failed. All else is an error: a promise isn't
  /// kept.
  private static func remark(on error: ProcFSError, _ consequence: String) -> Remark {
    let isOrdinary =
      error.meaning == .hidden || error.reason == .notOrdinary
      || [
        .noSpace, .quotaExceeded, .readOnlyFileSystem, .notADirectory, .symbolicLink,
        .noDeviceOrAddress,
      ].contains(error.errno)
    return isOrdinary ? .note("\(error): \(consequence)") : .error("\(error): \(consequence)")
  }

  private static let cannotBeUndone = "this can't be undone by 'oomctl undo'"
}

extension Change {
  /// As the journal keeps it; `nil` where nothing is changed.
  fileprivate func journalled(_ identity: BootIdentity) -> Journal.Change? {
    switch action {
    case .adjustment(let write), .along(let write):
      .adjustment(
        Journal.Adjustment(
          boot: identity.boot, namespace: identity.namespace, pid: write.process.id.rawValue,
          startTicks: write.process.startTicks, name: write.name,
          file: (write.kept == nil ? write.file : .modern).rawValue,
          old: write.kept?.old ?? write.old, new: write.kept?.new ?? write.expected,
          upTicks: identity.upTicks))
    case .file(let write):
      .file(Journal.FileChange(path: write.path, old: write.old, new: write.new))
    case .setting(let write), .zeroed(let write):
      .setting(
        Journal.SettingChange(
          path: "sys/" + write.path, old: write.old, new: write.new, boot: identity.boot))
    case .none: nil
    }
  }
}
