import Glibc
import ProcFS

/// What keeps the guard's own memory from being swapped out just when it is needed.
enum LockedMemory {
  /// Pins each page from its first use on (mlockall(2)), or says what prevented that.
  static func pin() -> Errno? {
    // Under a limit all would seem well until some later allocation failed. Where it can't be lifted, it
    // is lowered to nothing: then the call succeeds only with CAP_IPC_LOCK, which no limit binds.
    if !limit(to: rlimit(rlim_cur: .max, rlim_max: .max)) {
      var present = rlimit()
      unsafe getrlimit(resource, &present)
      _ = limit(to: rlimit(rlim_cur: 0, rlim_max: present.rlim_max))
    }
    // Without MCL_ONFAULT (Linux 4.4) all that is mapped would be read in.
    return mlockall(MCL_CURRENT | MCL_FUTURE | CInt(MCL_ONFAULT)) == 0 ? nil : .current
  }

  private static func limit(to limit: rlimit) -> Bool {
    unsafe withUnsafePointer(to: limit) { unsafe setrlimit(resource, $0) } == 0
  }

  private static var resource: CInt { CInt(__RLIMIT_MEMLOCK.rawValue) }
}
