import Glibc

/// How often a call is made again that failed for a reason which passes. It has an end, whoever keeps that
/// reason alive: a signal that comes time and again, or a user who holds a lease on a file of hers.
struct Persistence {
  private var interruptions = 100
  private var attempts = 8
  private var pauses = 50

  /// In microseconds: all pauses take a second.
  private static let pause: UInt32 = 20_000

  /// Whether a call that reads or writes may be made again: a signal interrupted it.
  mutating func allowsAnother(after errno: Errno) -> Bool {
    guard errno == .interrupted, interruptions > 0 else { return false }
    interruptions -= 1
    return true
  }

  /// The same of a call that opens. `EAGAIN` says with openat2(2) that a folder was moved meanwhile, which is
  /// tried again at once; else that somebody holds a lease on the file (fcntl(2), `F_SETLEASE`), who is given
  /// a second to let go of it.
  mutating func allowsOpening(after errno: Errno, isConfined: Bool) -> Bool {
    guard errno == .again else { return allowsAnother(after: errno) }
    if isConfined, attempts > 0 {
      attempts -= 1
      return true
    }
    guard pauses > 0 else { return false }
    pauses -= 1
    usleep(Self.pause)
    return true
  }
}

extension Errno {
  /// What a call gives that is made again where a signal interrupts it; below 0 it has failed.
  package static func patiently(_ call: () -> Int) throws(Errno) -> Int {
    var persistence = Persistence()
    while true {
      let result = call()
      if result >= 0 { return result }
      let errno = Errno.current
      guard persistence.allowsAnother(after: errno) else { throw errno }
    }
  }
}
