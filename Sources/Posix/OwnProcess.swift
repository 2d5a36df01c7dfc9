import CLinux
import Glibc
package import ProcFS

/// This process as the system knows it.
package enum OwnProcess {
  /// Its number (getpid(2)).
  package static var id: Int32 { getpid() }
  /// The user who called it (getuid(2)).
  package static var userID: UInt32 { getuid() }
  /// The user whose powers it has (geteuid(2)).
  package static var effectiveUserID: UInt32 { geteuid() }

  /// Keeps freed memory for later use: to hand it back piecemeal only costs calls (mallopt(3)).
  package static func keepFreedMemory() { mallopt(M_TRIM_THRESHOLD, .max) }

  /// Ends it (exit(3)).
  package static func end(_ status: CInt) -> Never { exit(status) }

  /// Becomes another program (execve(2)), with the present environment. Returns only with what prevented it.
  ///
  /// - Parameters:
  ///   - path: The path of the program, with a slash in it.
  ///   - words: What it is told, beginning with what it is called by.
  ///   - isShellTried: Whether a script without a first line is given to the shell (execvp(3)).
  package static func become(
    _ path: String, _ words: [String], isShellTried: Bool = false
  ) -> Errno {
    let arguments = Strings(words)
    if isShellTried {
      unsafe execvp(path, arguments.pointers)
    } else {
      unsafe execv(path, arguments.pointers)
    }
    return .current
  }
}
