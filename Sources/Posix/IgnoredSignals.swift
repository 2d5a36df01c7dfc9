import Glibc

/// Signals that this program ignores because what they tell shows as an error, too: a reader that left early
/// (EPIPE), a file that may grow no further (EFBIG).
package struct IgnoredSignals: Sendable {
  // Signals that the caller ignored already are ignored by programs that replace this one, too.
  private var handsBackPipe = false
  private var handsBackSize = false

  /// None: nothing is to be handed back.
  package init() {}

  private init(handsBackPipe: Bool, handsBackSize: Bool) {
    self.handsBackPipe = handsBackPipe
    self.handsBackSize = handsBackSize
  }

  /// Ignores them from now on.
  package static func begin() -> IgnoredSignals {
    IgnoredSignals(handsBackPipe: ignore(SIGPIPE), handsBackSize: ignore(SIGXFSZ))
  }

  /// True where it wasn't ignored before.
  private static func ignore(_ number: CInt) -> Bool {
    // SIG_IGN is the number 1.
    unsafe unsafeBitCast(signal(number, SIG_IGN), to: Int.self) != 1
  }

  /// Lets them be as they were, for a program that takes the place of this one.
  package func handBack() {
    if handsBackPipe { signal(SIGPIPE, SIG_DFL) }
    if handsBackSize { signal(SIGXFSZ, SIG_DFL) }
  }
}
