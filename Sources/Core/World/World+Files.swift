package import ProcFS

extension World {
  /// The folder that a file lies in; with `making` it is made, and those above it.
  ///
  /// It is the program's own, or a unit's: where it is a symbolic link, somebody planted it, and it isn't
  /// followed.
  package func folder(above path: String, making: Bool = false) throws(ProcFSError) -> Directory {
    let components = path.split(separator: "/").dropLast().map(String.init)
    guard let name = components.last else { return try directory(at: "/") }
    if making { try makeDirectory(components[...]) }
    return try directory(above: components[...]).ownDirectory(name)
  }

  /// The content of a file that isn't a symbolic link; `nil` when there is no such file.
  package func ownContents(of path: String) throws(ProcFSError) -> [UInt8]? {
    do throws(ProcFSError) {
      return try folder(above: path).ownContents(of: path.lastPathComponent)
    } catch {
      guard error.errno == .noSuchFile else { throw error }
      return nil
    }
  }

  /// Removes a unit's folder of drop-ins once nothing is left in it.
  package func removeEmptyFolder(above path: String) throws(ProcFSError) {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    guard folder.hasSuffix(".d") else { return }
    try self.folder(above: folder).removeIfEmpty(folder.lastPathComponent)
  }

  /// Makes a folder, and those above it if they aren't there.
  private func makeDirectory(_ components: ArraySlice<String>) throws(ProcFSError) {
    guard let name = components.last else { return }
    do throws(ProcFSError) {
      try directory(above: components).makeDirectory(name)
    } catch {
      guard error.errno == .noSuchFile, components.count > 1 else { throw error }
      try makeDirectory(components.dropLast())
      try directory(above: components).makeDirectory(name)
    }
  }

  private func directory(above components: ArraySlice<String>) throws(ProcFSError) -> Directory {
    try directory(at: "/" + components.dropLast().joined(separator: "/"))
  }
}
