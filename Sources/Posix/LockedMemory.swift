import CLinux
import Glibc
package import ProcFS

/// The means that keep the program's own memory from being swapped out just when it is needed.
package enum LockedMemory {
  /// Pins each page from its first use on (mlockall(2)), or says what prevented that. With `isWhole` all
  /// that is mapped is read in at once, so that nothing needs to be fetched later.
  package static func pin(isWhole: Bool = false) -> Errno? {
    // Under a limit all would seem well until some later allocation failed. Where it can't be lifted, it
    // is lowered to nothing: then the call succeeds only with CAP_IPC_LOCK, which no limit binds.
    if !limit(to: rlimit(rlim_cur: .max, rlim_max: .max)) {
      var present = rlimit()
      unsafe getrlimit(resource, &present)
      _ = limit(to: rlimit(rlim_cur: 0, rlim_max: present.rlim_max))
    }
    // Without MCL_ONFAULT (Linux 4.4) all that is mapped is read in.
    let way = isWhole ? 0 : CInt(MCL_ONFAULT)
    return mlockall(MCL_CURRENT | MCL_FUTURE | way) == 0 ? nil : .current
  }

  /// Takes the room that later work will need, and keeps it: heap that was handed back stays the program's
  /// (it was told not to return it), and the stack has been as deep as it will be.
  package static func makeRoom() {
    mallopt(M_MMAP_MAX, 0)
    let size = 2 << 20
    if let room = unsafe malloc(size) {
      unsafe memset(room, 1, size)
      unsafe free(room)
    }
    _ = deepen(32)
  }

  /// Touches some kilobytes of the stack a level.
  @inline(never)
  private static func deepen(_ levels: Int) -> UInt8 {
    let room = InlineArray<4096, UInt8>(repeating: UInt8(truncatingIfNeeded: levels))
    return levels > 0 ? deepen(levels - 1) &+ room[levels] : room[0]
  }

  private static func limit(to limit: rlimit) -> Bool {
    unsafe withUnsafePointer(to: limit) { unsafe setrlimit(resource, $0) } == 0
  }

  private static var resource: CInt { CInt(__RLIMIT_MEMLOCK.rawValue) }
}
