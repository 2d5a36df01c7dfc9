import Glibc
import ProcFS

/// A file that can be run.
package struct FoundProgram {
  /// As it is found.
  package let path: String
  /// With all links followed.
  package let realPath: String
  /// The file itself, whatever it is called: `device:inode`.
  package let identity: String

  /// `nil` where there is nothing that can be run.
  package init?(_ path: String) {
    guard let status = try? FileStatus(at: path), status.kind == .ordinary,
      unsafe access(path, X_OK) == 0, let real = unsafe realpath(path, nil)
    else { return nil }
    defer { unsafe free(real) }
    self.path = path
    realPath = unsafe String(cString: real)
    identity = "\(status.identity.device):\(status.identity.inode)"
  }
}
