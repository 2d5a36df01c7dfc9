import Glibc

/// Gives the terminal back where a deadly signal ends the program in the middle of something.
///
/// All that its handler uses lies ready: neither memory is taken nor a lock (signal-safety(7)).
enum TerminalRescue {
  /// What came from within, or from outside without a word of ours: all that ends a program by default and
  /// isn't read as an orderly end.
  static let signals: [CInt] = [
    SIGILL, SIGSEGV, SIGABRT, SIGTRAP, SIGBUS, SIGFPE, SIGSYS, SIGQUIT, SIGXCPU, SIGXFSZ, SIGUSR1,
    SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSTKFLT,
  ]

  // Written by the one thread there is before the handler can run, and read by that.
  nonisolated(unsafe) private static var modes = termios()
  nonisolated(unsafe) private static var input: CInt = -1
  nonisolated(unsafe) private static var output: CInt = -1
  nonisolated(unsafe) private static var stack: UnsafeMutableRawPointer?

  private static let stackSize = 1 << 16

  /// Has it ready from now on.
  static func prepare(_ modes: TerminalModes?, input: CInt, output: CInt) {
    unsafe Self.modes = modes?.found ?? termios()
    unsafe Self.input = modes == nil ? -1 : input
    unsafe Self.output = output
    useOwnStack()
    for signal in signals {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { TerminalRescue.restore($0) }
      unsafe sigfillset(&action.sa_mask)
      action.sa_flags = CInt(SA_ONSTACK) | CInt(bitPattern: UInt32(SA_RESETHAND))
      unsafe sigaction(signal, &action, nil)
    }
  }

  /// Lets these signals be deadly again without more ado: the terminal is no longer ours.
  static func dismiss() {
    for signal in signals { Glibc.signal(signal, SIG_DFL) }
  }

  /// A stack that has overflown leaves no room for a handler.
  private static func useOwnStack() {
    guard unsafe stack == nil, let memory = unsafe malloc(stackSize) else { return }
    unsafe stack = memory
    var description = unsafe stack_t()
    unsafe description.ss_sp = memory
    unsafe description.ss_size = stackSize
    unsafe sigaltstack(&description, nil)
  }

  private static func restore(_ signal: CInt) {
    let text = TerminalText.leave
    unsafe _ = write(output, text.utf8Start, text.utf8CodeUnitCount)
    if unsafe input >= 0 { unsafe tcsetattr(input, TCSANOW, &modes) }
    // By now that does what it would have done; it comes as soon as the handler has returned.
    raise(signal)
  }
}

/// What is written to take a terminal over, and to give it back (ECMA-48; xterm's private modes).
enum TerminalText {
  /// The other screen, lines that aren't wrapped, no cursor.
  static var enter: StaticString { "\u{1B}[?1049h\u{1B}[?7l\u{1B}[?25l" }
  /// Where there is but one screen, the last line is left empty.
  static var leave: StaticString {
    "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[999;1H\u{1B}[K\u{1B}[?1049l"
  }
}
