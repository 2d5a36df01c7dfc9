import Glibc

/// The repetitions that are left for a call that failed for a passing reason. They come to an end
/// even where somebody keeps that reason alive: with signals time and again, or with a lease on a
/// file of their own.
struct Persistence {
  private var interruptions = 100
  private var attempts = 8
  private var pauses = 50

  /// In microseconds: all pauses take a second.
  private static let pause: UInt32 = 20_000

  /// True where a call that reads or writes may be made again: a signal interrupted it.
  mutating func allowsAnother(after errno: Errno) -> Bool {
    guard errno == .interrupted, interruptions > 0 else { return false }
    interruptions -= 1
    return true
  }

  /// True where a call that opens may be made again. With openat2(2) `EAGAIN` means that a folder
  /// was moved meanwhile, which is tried again at once; otherwise that somebody holds a lease on
  /// the file (fcntl(2), `F_SETLEASE`), and has a second to let go of it.
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
  /// The result of a call that is made again where a signal interrupts it; below 0 it has failed.
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
