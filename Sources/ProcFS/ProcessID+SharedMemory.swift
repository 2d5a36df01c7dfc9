import CLinux
import Glibc

extension ProcessID {
  /// The relation between the memories of two processes.
  public enum MemoryOrder: Hashable, Sendable {
    /// They run on the same memory.
    case same
    /// They don't; memories have an order, which means nothing but that they can be sorted.
    case before, after
  }

  /// Compares the memories of two processes (kcmp(2), `KCMP_VM`). `nil` where that can't be told: one
  /// is gone, the caller may not look, or the kernel lacks the call.
  public func memoryOrder(to other: ProcessID) -> MemoryOrder? {
    switch linux_kcmp(Int(SYS_kcmp), rawValue, other.rawValue, 1, 0, 0) {
    case 0: .same
    case 1: .before
    case 2: .after
    default: nil
    }
  }
}
