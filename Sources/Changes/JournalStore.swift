package import Configuration
package import Core
import Posix
import ProcFS

/// The journal's file, held by one oomctl at a time.
final class JournalStore {
  private let folder: Directory
  private let lock: FileLock
  let journal: Journal

  fileprivate static let file = "journal"
  /// A longer one is cut to half of that.
  private static let largestSize = 1 << 20
  /// The longest wait for another oomctl, in milliseconds.
  private static let timeout = 10_000

  /// Opens it, and waits until no other process holds it. Its folder is made if need be.
  init(at path: String, in world: borrowing World) throws(ProcFSError) {
    let folder = try world.folder(above: path + "/" + Self.file, making: true)
    try world.refuseForeign(folder)
    let lock = try FileLock("lock", in: folder, timeout: Self.timeout)
    let bytes = try world.journalContents(in: folder)
    var journal = Journal(parsing: bytes)
    if bytes.count > Self.largestSize {
      let rest = journal.trimmed(to: Self.largestSize / 2)
      if rest.count < bytes.count {
        try folder.replace(Self.file, with: rest, permissions: 0o600)
        journal = Journal(parsing: rest)
      }
    }
    self.folder = folder
    self.lock = lock
    self.journal = journal
  }

  /// Adds entries, all or none. With `isDurable` they outlive a loss of power.
  func append(_ entries: [Journal.Entry], isDurable: Bool) throws(ProcFSError) {
    guard !entries.isEmpty else { return }
    // A line that was torn by a crash is closed first, so that it spoils no other.
    let start = journal.isTorn ? [UInt8(ascii: "\n")] : []
    try folder.append(
      start + entries.flatMap { Journal.line(for: $0) }, to: Self.file, isDurable: isDurable)
  }
}

extension World {
  /// The folder of the journal: root's with the system's state, others' with their own (the XDG
  /// Base Directory Specification). `nil` where no home is known.
  package var statePath: String? {
    if !isThisMachine || environment.userID() == 0 { return "/var/lib/oomctl" }
    if let folder = environment.variables["XDG_STATE_HOME"], folder.hasPrefix("/") {
      return folder + "/oomctl"
    }
    guard let home = environment.variables["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.local/state/oomctl"
  }
}

extension World {
  /// The content of the journal; empty where there is none.
  package func journal() throws(Failure) -> Journal {
    guard let path = statePath else { return Journal(parsing: []) }
    do throws(ProcFSError) {
      guard let folder = try ifPresent(try folder(above: path + "/" + JournalStore.file)) else {
        return Journal(parsing: [])
      }
      try refuseForeign(folder)
      return Journal(parsing: try journalContents(in: folder))
    } catch {
      throw Failure(error)
    }
  }

  fileprivate func journalContents(in folder: borrowing Directory) throws(ProcFSError) -> [UInt8] {
    if proc.isLive { try folder.refuseForeign(JournalStore.file) }
    return try folder.ownContents(of: JournalStore.file) ?? []
  }

  /// The journal decides what undo does: others mustn't be able to write there. In a captured tree
  /// nothing is changed but its own files.
  fileprivate func refuseForeign(_ folder: borrowing Directory) throws(ProcFSError) {
    if proc.isLive { try folder.refuseForeign(".") }
  }
}
