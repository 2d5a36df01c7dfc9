import Configuration
import Core
package import ProcFS

/// A whole file that is to be replaced, made or removed.
package struct FileWrite: Sendable, Equatable {
  /// From the root.
  let path: String
  let old: String?
  /// `nil` removes it.
  let new: String?

  /// Writes it, unless it has changed since it was looked at, and reads it back.
  func apply(in world: borrowing World) throws(WriteFailure) {
    var isWritten = false
    let isAsItWas: Bool
    do throws(ProcFSError) {
      let folder = try world.folder(above: path, making: new != nil)
      let name = path.lastPathComponent
      isAsItWas = try folder.ownContents(of: name) == old.map { Array($0.utf8) }
      var unsafety: Errno?
      if isAsItWas { (isWritten, unsafety) = try write(in: folder) }
      // It is there, but a loss of power could take it.
      if let unsafety { throw ProcFSError(path: path, reason: .system(unsafety)) }
      if isWritten, new == nil { try world.removeEmptyFolder(above: path) }
      if isWritten, try world.ownContents(of: path) != new.map({ Array($0.utf8) }) {
        throw ProcFSError(path: path, reason: .malformed("what was written there"))
      }
    } catch {
      throw WriteFailure(Failure(error, writing: path), mayHaveHappened: isWritten)
    }
    guard isAsItWas else {
      throw WriteFailure(
        Failure(
          "\(path): was changed by someone else meanwhile, or isn't UTF-8",
          advice: "Look at it, and try again."))
    }
  }

  /// Replaces or removes it: `isWritten` where there was anything to do, `unsafety` for the error
  /// that kept it from the disk.
  private func write(
    in folder: borrowing Directory
  ) throws(ProcFSError) -> (isWritten: Bool, unsafety: Errno?) {
    let name = path.lastPathComponent
    if let new { return (true, try folder.replace(name, with: Array(new.utf8))) }
    return old == nil ? (false, nil) : (true, try folder.remove(name))
  }

  /// True for one of the few files that oomctl writes, wherever the path comes from.
  static func isOurs(_ path: String) -> Bool {
    if [GuardRules.path, SysctlFile.path].contains(path) { return true }
    let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
    let unit = folder.hasSuffix(".d") ? String(folder.dropLast(2)) : ""
    return DropIn.isSafeUnitName(unit) && path == DropIn.path(unit: unit)
  }
}

extension Failure {
  /// The reason why a file couldn't be written.
  package init(_ error: ProcFSError, writing path: String) {
    switch error.errno {
    case .symbolicLink, .notADirectory:
      self.init(
        "\(error.path): is a symbolic link, or not what it should be: nothing is written there",
        advice: "Look who put it there, and remove it.")
    case .noSpace:
      self.init("\(error)", advice: "The old file stays as it was.")
    case .readOnlyFileSystem:
      self.init("\(error)", advice: "\(path) lies on a file system that is read only.")
    default:
      self.init(error)
    }
  }
}
