package import Core
import ProcFS

/// A program by the path that a user gave, which may be a symbolic link: `/usr/bin/java` means the file
/// behind it.
package final class ProgramFile: Sendable {
  let path: String
  /// The path with all links followed.
  private let realPath: String
  /// True if running programs have files here, and not only names as in a captured tree.
  private let isLive: Bool

  package init(_ path: String, in world: borrowing World) {
    self.path = path
    isLive = world.isThisMachine
    realPath = world.known(try world.realPath(of: path)) ?? path
  }

  /// True if a process runs it. On this machine the file decides, by device and inode: the name is
  /// the one in the mounts of the process, and those may be a user's own.
  package func isRun(by record: ProcessSnapshot) -> Bool {
    guard isLive, let running = record.executableFile else {
      return !isLive && [path, realPath].contains(record.program)
    }
    // An upgrade puts another file in its place: it is looked for at each question.
    if let present = FileIdentity(of: path) { return running == present }
    return false
  }

  /// True if a process runs a program of that name, wherever its file is.
  func bearsName(of record: ProcessSnapshot) -> Bool {
    let base = { (path: String) in path.split(separator: "/").last }
    guard let name = record.program.flatMap(base) else { return false }
    return [path, realPath].contains { base($0) == name }
  }

  /// True if a process runs the former file of that path, which has been replaced or removed since.
  package func wasRun(by record: ProcessSnapshot) -> Bool {
    record.isReplaced && record.isInOwnMounts && [path, realPath].contains(record.program)
  }
}

extension World {
  /// A path with all symbolic links followed, within the root.
  func realPath(of path: String) throws(ProcFSError) -> String {
    var rest = path.split(separator: "/").map(String.init)[...]
    var real: [String] = []
    var linkCount = 0
    while let name = rest.popFirst() {
      if name == "." { continue }
      if name == ".." {
        real = real.dropLast()
        continue
      }
      guard let target = try link(name, in: "/" + real.joined(separator: "/")) else {
        real.append(name)
        continue
      }
      linkCount += 1
      guard linkCount <= 40 else { throw ProcFSError(path: path, reason: .system(.symbolicLink)) }
      if target.hasPrefix("/") { real = [] }
      rest = target.split(separator: "/").map(String.init) + rest
    }
    return "/" + real.joined(separator: "/")
  }

  /// The target of a link; `nil` if it is no link, or isn't there.
  private func link(_ name: String, in folder: String) throws(ProcFSError) -> String? {
    do throws(ProcFSError) {
      return try ifPresent(try directory(at: folder).link(name))
    } catch {
      guard error.errno == .invalidArgument || error.errno == .notADirectory else { throw error }
      return nil
    }
  }
}
