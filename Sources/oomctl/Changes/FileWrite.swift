import ProcFS

/// A whole file that is to be replaced, made or removed.
struct FileWrite: Sendable, Equatable {
  /// From the root.
  let path: String
  let old: String?
  /// `nil` removes it.
  let new: String?

  /// Writes it, unless it has changed since it was looked at.
  func apply(in world: borrowing World) throws(Failure) {
    let isAsItWas: Bool
    do throws(ProcFSError) {
      let folder = try world.folder(above: path, making: new != nil)
      let name = Self.name(of: path)
      isAsItWas = try folder.ownContents(of: name) == old.map { Array($0.utf8) }
      if !isAsItWas {
        // Another's.
      } else if let new {
        try folder.replace(name, with: Array(new.utf8))
      } else if old != nil {
        try folder.remove(name)
        try world.removeEmptyFolder(above: path)
      }
    } catch {
      throw Failure(error, writing: path)
    }
    guard isAsItWas else {
      throw Failure(
        "\(path): was changed by another meanwhile, or isn't UTF-8",
        advice: "Look at it, and try again.")
    }
  }

  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

extension Failure {
  /// Why a file couldn't be written.
  init(_ error: ProcFSError, writing path: String) {
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
