import CLinux
import Glibc

extension Process {
  /// The inode of a pidfd for this process (pidfd_open(2)), unique since boot from kernel 6.9 on.
  public var pidfdInode: UInt64 {
    get throws(ProcFSError) { try pidfd().inode }
  }

  /// A descriptor for the process itself, whatever becomes of its number.
  func pidfd() throws(ProcFSError) -> FileDescriptor {
    let number = linux_pidfd_open(Int(SYS_pidfd_open), id.rawValue, 0)
    guard number >= 0 else {
      throw ProcFSError(path: directory.path, reason: .system(.current))
    }
    let descriptor = FileDescriptor(owning: CInt(number))
    // The number might have passed to another process before the call; this one must be alive still.
    _ = try oomScore
    return descriptor
  }
}
