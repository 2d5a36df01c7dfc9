import Glibc

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
    identity = FileIdentity(information)
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

extension Directory {
  /// Opens a file in this folder for reading, without waiting for anybody at the other end of a pipe.
  package func file(_ name: String) throws(ProcFSError) -> FileDescriptor {
    try open(name, flags: FileDescriptor.forReading)
  }

  /// Opens a file by its whole path in the same way.
  package static func file(_ path: String) throws(ProcFSError) -> FileDescriptor {
    do {
      return try unsafe FileDescriptor(opening: path, flags: FileDescriptor.forReading)
    } catch {
      throw ProcFSError(opening: path, error)
    }
  }
}
