import CLinux
import Glibc

/// A stack for the whole program where the limit (ulimit -s) leaves the first one too small.
package enum OwnStack {
  /// In bytes; nothing here needs as much. It is no larger than that because memory that is locked is all
  /// there from the beginning.
  static let size = 1 << 20

  /// Carries out the program: where it is, or where that stack is too small on a thread that has one of its
  /// own.
  package static func use(_ body: @escaping () -> Never) {
    var limit = rlimit()
    guard unsafe getrlimit(CInt(RLIMIT_STACK.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(size)
    else { body() }
    let work = unsafe Unmanaged.passRetained(Work(body)).toOpaque()
    var attributes = pthread_attr_t()
    var thread = pthread_t()
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setstacksize(&attributes, size)
    // Signals are that thread's affair: it blocks and reads them, and its handlers have their stack.
    var former = sigset_t()
    unsafe pthread_sigmask(SIG_SETMASK, &all, &former)
    unsafe Work.mask = former
    let failure = unsafe pthread_create(
      &thread, &attributes,
      { context in
        unsafe pthread_sigmask(SIG_SETMASK, &Work.mask, nil)
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(context).takeUnretainedValue().body()
      }, work)
    guard failure == 0 else {
      // No memory for it: what is there may do.
      unsafe pthread_sigmask(SIG_SETMASK, &former, nil)
      body()
    }
    // The last two too, which the C library keeps for itself.
    var every = UInt64.max
    _ = unsafe linux_rt_sigprocmask(
      Int(SYS_rt_sigprocmask), SIG_SETMASK, &every, nil, MemoryLayout<UInt64>.size)
    // It ends the process.
    while true { pause() }
  }

  private final class Work {
    let body: () -> Never
    // Written before there is the other thread.
    nonisolated(unsafe) static var mask = sigset_t()

    init(_ body: @escaping () -> Never) { self.body = body }
  }
}
