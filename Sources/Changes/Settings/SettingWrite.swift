package import Core
package import ProcFS

/// One write to a kernel setting.
package struct SettingWrite: Sendable, Equatable {
  /// Below `/proc/sys`, as `vm/swappiness`.
  package let path: String
  package let old: String
  package let new: String

  package init(path: String, old: String, new: String) {
    self.path = path
    self.old = old
    self.new = new
  }

  /// As sysctl(8) spells it.
  package var key: String { Self.key(of: path) }

  static func key(of path: String) -> String { String(path.map { $0 == "/" ? "." : $0 }) }

  /// Writes with one call, and reads back.
  func apply(in world: borrowing World) throws(WriteFailure) -> String {
    var isWritten = false
    let found: String
    do throws(ProcFSError) {
      try world.proc.directory.write(new, to: "sys/" + path)
      isWritten = true
      found = try Self.read(path, in: world)
    } catch {
      throw WriteFailure(Self.failure(error, path), mayHaveHappened: isWritten)
    }
    guard found == new else {
      throw WriteFailure(
        Failure("\(key): reads \(found), though \(new) was written"), mayHaveHappened: found != old)
    }
    return found
  }

  /// The value of a setting, with single blanks between several numbers.
  package static func value(of path: String, in world: borrowing World) throws(Failure) -> String {
    do throws(ProcFSError) {
      return try read(path, in: world)
    } catch {
      throw failure(error, path)
    }
  }

  /// The value of a setting, with the error as it is.
  package static func read(_ path: String, in world: borrowing World) throws(ProcFSError) -> String
  {
    let text: String = try world.proc.directory.read("sys/" + path)
    return normal(text)
  }

  /// The kernel separates several numbers by tabulators.
  static func normal(_ text: String) -> String {
    text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      .map { String(Substring($0)) }.joined(separator: " ")
  }

  /// The reason why a setting couldn't be read or written, in words for the user.
  package static func failure(_ error: ProcFSError, _ path: String) -> Failure {
    let key = key(of: path)
    guard let errno = error.errno else { return Failure("\(key): \(error)") }
    switch errno {
    case .noSuchFile:
      return Failure("\(key): this kernel has no such setting (\(error))").asAbsence
    case .readOnlyFileSystem:
      return Failure(
        "\(key): \(error)",
        advice: "/proc/sys is mounted for reading only, as in containers: set it on the host.")
    case .invalidArgument:
      return Failure("\(key): the kernel doesn't take that value (\(error))")
    case _ where errno.meansForbidden:
      return Failure("\(key): \(error)", advice: "Try again as root of the host.")
    default:
      return Failure("\(key): \(error)")
    }
  }
}
