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

  /// Reads once from an offset of an ordinary file, and leaves the position where it is (pread(2)).
  package func read(
    into buffer: inout MutableSpan<UInt8>, at offset: Int
  ) throws(Errno) -> Int {
    let number = number
    return try unsafe buffer.withUnsafeMutableBytes { (bytes) throws(Errno) in
      try Errno.patiently { unsafe pread(number, bytes.baseAddress, bytes.count, off_t(offset)) }
    }
  }

  /// The position that the next read begins at; `nil` of what has none, as a pipe (lseek(2)).
  package var position: Int? {
    let position = lseek(number, 0, SEEK_CUR)
    return position >= 0 ? Int(position) : nil
  }

  /// Goes to the file's beginning.
  package func rewind() throws(Errno) {
    guard lseek(number, 0, SEEK_SET) >= 0 else { throw .current }
  }

  /// Goes behind what is there now; of `/dev/kmsg` behind the latest record.
  package func skipToEnd() throws(Errno) {
    guard lseek(number, 0, SEEK_END) >= 0 else { throw .current }
  }

  /// Another descriptor of what this process has open under a number (fcntl(2), `F_DUPFD_CLOEXEC`).
  package init(duplicating number: CInt) throws(Errno) {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw .current }
    self.init(owning: copy)
  }
}
