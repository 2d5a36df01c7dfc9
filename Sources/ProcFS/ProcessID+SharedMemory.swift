import CLinux
import Glibc

extension ProcessID {
  /// Whether two processes run on the same memory (kcmp(2), `KCMP_VM`). `nil` where that can't be
  /// told: one is gone, the caller may not look, or the kernel lacks the call.
  public func sharesMemory(with other: ProcessID) -> Bool? {
    let result = linux_kcmp(Int(SYS_kcmp), rawValue, other.rawValue, 1, 0, 0)
    return result < 0 ? nil : result == 0
  }
}
