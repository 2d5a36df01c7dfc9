import CLinux
import Glibc

extension Process {
  /// Sends a signal, which reaches this process or none (pidfd_send_signal(2), from kernel 5.1 on).
  public func send(_ signal: Int32) throws(ProcFSError) {
    let file = try pidfd()
    let result = linux_pidfd_send_signal(
      Int(SYS_pidfd_send_signal), file.number, signal, 0, 0)
    guard result == 0 else {
      throw ProcFSError(path: directory.path, reason: .system(.current))
    }
  }
}
