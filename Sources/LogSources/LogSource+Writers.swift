/// Those who can write a kernel's line into a log.
package enum LogWriters: Equatable, Sendable {
  /// The kernel, and root.
  case kernel
  /// Every user, as with logger(1).
  case everyone
  /// Unknown: only the user of this program can tell where the log comes from.
  case unknown
}

extension LogSource {
  /// Syslog's socket takes any line from any user. The facility "kern", which kern.log is made of, is the
  /// kernel's: journald, before syslog, gives it to no one else.
  package var writers: LogWriters {
    switch self {
    case .journal, .ring, .crash: .kernel
    case .standardInput: .unknown
    case .captured(let log): log.isRing ? .kernel : .everyone
    case .file:
      switch fileName?.family {
      case "kern.log": .kernel
      case .some: .everyone
      case nil: .unknown
      }
    }
  }

  /// The name of a file, where it is one of syslog's, in whatever folder.
  var fileName: LogFileName? {
    guard case .file(let path) = self, let name = path.split(separator: "/").last else {
      return nil
    }
    return LogFileName(String(name))
  }

  /// The folder that a file lies in.
  var folder: String? {
    guard case .file(let path) = self else { return nil }
    return path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
  }
}
