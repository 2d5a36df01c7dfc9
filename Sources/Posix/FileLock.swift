import Glibc
package import ProcFS

/// A file that one process at a time holds; to let go of it is to close it (flock(2)).
package struct FileLock: ~Copyable, Sendable {
  private let file: FileDescriptor

  /// Takes the lock, and waits as long as that for another one to let go of it; then `EAGAIN`.
  package init(
    _ name: String, in directory: borrowing Directory, timeout milliseconds: Int
  ) throws(ProcFSError) {
    // Users who can open the file can lock it, so others mustn't be able to.
    let file = try directory.open(
      name, flags: O_RDWR | O_CREAT | O_NOFOLLOW, permissions: 0o600)
    var waited = 0
    while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
      let errno = Errno.current
      guard errno == .again || errno == .interrupted, waited < milliseconds else {
        throw ProcFSError(path: directory.path(of: name), reason: .system(errno))
      }
      usleep(20_000)
      waited += 20
    }
    self.file = file
  }
}
