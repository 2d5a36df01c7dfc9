import Core
import Posix
import ProcFS

/// The state of the guard, in a file that it keeps up to date while it runs, and that `metrics`
/// reads.
package struct GuardStateFile: Equatable {
  var process: ProcessIdentity
  /// The number of rules in force.
  var ruleCount: Int
  /// The number of mistakes in the file as it is now.
  var problemCount: Int
  /// The time since when the rules are in force, in seconds since 1970.
  var since: Int
  /// The path that the rules are read from.
  var path: String

  /// The path of root's guard, in a folder that systemd makes.
  package static let path = "/run/oomctl-guard/state"

  private static let longest = 16 << 10
}

extension GuardStateFile {
  /// Names and values, a line each; what is unknown is skipped.
  init?(parsing bytes: [UInt8]) {
    var values: [Substring: Substring] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    guard let process = values["pid"].flatMap({ Int32($0) }),
      let start = values["start"].flatMap({ UInt64($0) }),
      let rules = values["rules"].flatMap({ Int($0) }), rules >= 0,
      let problems = values["problems"].flatMap({ Int($0) }), problems >= 0,
      let since = values["since"].flatMap({ Int($0) }), let path = values["path"]
    else { return nil }
    self.init(
      process: ProcessIdentity(id: ProcessID(process), startTicks: start), ruleCount: rules,
      problemCount: problems, since: since, path: String(path))
  }

  /// The file's bytes. A line end in the path would be one of the file.
  var bytes: [UInt8] {
    let path = path.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "?")
    return Array(
      """
      pid \(process.id)
      start \(process.startTicks)
      rules \(ruleCount)
      problems \(problemCount)
      since \(since)
      path \(path)

      """.utf8)
  }

  /// The state that a guard has left there, in a file that only root can have written; `nil` where
  /// there is none.
  static func found(in world: borrowing World) throws(ProcFSError) -> GuardStateFile? {
    let bytes: [UInt8]?
    do throws(ProcFSError) {
      bytes = try world.folder(above: path).trustedContents(
        of: path.lastPathComponent, owner: world.isThisMachine ? 0 : nil, longest: longest)
    } catch {
      guard error.errno == .noSuchFile else { throw error }
      return nil
    }
    return bytes.flatMap { GuardStateFile(parsing: $0) }
  }
}

extension GuardStateFile {
  /// The path of this guard's own file; `nil` for an ordinary user's.
  static func ownPath(in environment: Environment) -> String? {
    if let folder = environment.serviceFolder("RUNTIME_DIRECTORY") { return "\(folder)/state" }
    return OwnProcess.effectiveUserID == 0 ? path : nil
  }

  /// Replaces what was said before.
  func write(to path: String, in world: borrowing World) throws(ProcFSError) {
    try world.folder(above: path, making: true).replace(
      path.lastPathComponent, with: bytes, permissions: 0o644)
  }

  /// Removes the file, unless another guard has written it since.
  static func remove(
    from path: String, of process: ProcessIdentity, in world: borrowing World
  ) {
    guard let folder = try? world.folder(above: path),
      let bytes = try? folder.ownContents(of: path.lastPathComponent),
      let present = GuardStateFile(parsing: bytes), present.process == process
    else { return }
    _ = try? folder.remove(path.lastPathComponent)
  }
}
