import Glibc
package import ProcFS

/// The kind, size, time and identity of an open file (fstat(2)).
package struct FileStatus: Sendable {
  /// The kinds of file that are told apart.
  package enum Kind: Sendable { case ordinary, folder, pipe, other }

  package let kind: Kind
  /// Bytes; of an ordinary file.
  package let size: Int
  /// The time of the last write, in seconds since 1970.
  package let modified: Int
  package let identity: FileIdentity

  /// True where both are the same file, under whichever names.
  package func isSameFile(as other: FileStatus) -> Bool {
    identity == other.identity
  }

  /// Of what is at a path, of a symbolic link itself (lstat(2)).
  package init(ofLink path: String) throws(Errno) {
    var information = stat()
    _ = try Errno.patiently { unsafe Int(lstat(path, &information)) }
    self.init(information)
  }

  /// Of what a path leads to, with all links followed (stat(2)).
  package init(at path: String) throws(Errno) {
    var information = stat()
    _ = try Errno.patiently { unsafe Int(stat(path, &information)) }
    self.init(information)
  }

  fileprivate init(_ information: stat) {
    kind =
      switch information.st_mode & S_IFMT {
      case S_IFREG: .ordinary
      case S_IFDIR: .folder
      case S_IFIFO: .pipe
      default: .other
      }
    size = Int(information.st_size)
    modified = Int(information.st_mtim.tv_sec)
    identity = FileIdentity(
      device: UInt64(information.st_dev), inode: UInt64(information.st_ino))
  }
}

extension FileDescriptor {
  /// The status of the open file.
  package var status: FileStatus {
    get throws(Errno) {
      var information = stat()
      let number = number
      _ = try Errno.patiently { unsafe Int(fstat(number, &information)) }
      return FileStatus(information)
    }
  }
}
