import CLinux
import Glibc
package import ProcFS

/// The signals that a lasting command handles. They are kept from interrupting it, and read like a file
/// (signalfd(2)).
///
/// Used by one thread: its former mask is back when this goes. Signals that came until then are
/// dropped: a program that lets it go is about to end, and another signal shouldn't kill it in the
/// middle of that.
package struct Signals: ~Copyable {
  private let file: FileDescriptor
  private let formerMask: sigset_t

  /// The meaning of a signal to the guard.
  package enum Kind {
    /// SIGHUP: read the rules anew.
    case reload
    /// SIGTERM, or SIGINT from a terminal.
    case end
  }

  /// Those that end a lasting command, or have it read its rules anew.
  package init() throws(Errno) { try self.init(Self.ending) }

  package init(_ numbers: [CInt]) throws(Errno) {
    var mask = sigset_t()
    var former = sigset_t()
    unsafe sigemptyset(&mask)
    for signal in numbers { unsafe sigaddset(&mask, signal) }
    let failure = unsafe pthread_sigmask(SIG_BLOCK, &mask, &former)
    guard failure == 0 else { throw Errno(rawValue: failure) }
    let result = unsafe signalfd(-1, &mask, CInt(SFD_CLOEXEC | SFD_NONBLOCK))
    guard result >= 0 else {
      let errno = Errno.current
      unsafe pthread_sigmask(SIG_SETMASK, &former, nil)
      throw errno
    }
    file = FileDescriptor(owning: result)
    formerMask = former
  }

  deinit {
    while nextNumber() != nil {}
    var mask = formerMask
    unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// For poll(2).
  package var descriptor: CInt { file.number }

  /// The next one that came, without waiting.
  package func next() -> Kind? { nextNumber().map { $0 == SIGHUP ? .reload : .end } }

  /// The number of the next one that came, without waiting.
  package func nextNumber() -> CInt? {
    var information = InlineArray<128, UInt8>(repeating: 0)
    var span = information.mutableSpan
    guard let count = try? file.read(into: &span), count == MemoryLayout<signalfd_siginfo>.size
    else { return nil }
    // Its first member is the number.
    return CInt(unsafe information.span.bytes.unsafeLoad(as: UInt32.self))
  }
}

extension Signals {
  /// The signals by which a lasting command is told to end.
  package static let ending = [SIGHUP, SIGTERM, SIGINT]
  /// The signal that nothing survives, SIGKILL.
  package static let kill = SIGKILL
  /// The signal that the terminal has another size, SIGWINCH.
  package static let resize = SIGWINCH
  /// The signal that a terminal stops a program by, SIGTSTP.
  package static let stop = SIGTSTP
  /// The signal that a stopped program goes on by, SIGCONT.
  package static let continuation = SIGCONT

  /// Stops as SIGTSTP does by itself; it goes on here when it is continued.
  package static func suspend() {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    unsafe sigaddset(&mask, SIGTSTP)
    raise(SIGTSTP)
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
  }
}
