import Glibc
package import ProcFS

extension FileDescriptor {
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
