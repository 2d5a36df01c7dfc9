import CLinux
import Glibc

/// Gives the terminal back where a deadly signal ends the program, in the middle of whatever it is.
///
/// All that its handler uses lies ready: neither memory is taken nor a lock (signal-safety(7)).
enum TerminalRescue {
  /// All that ends a program by default, also those that have no name, but for what can't be caught. Those that
  /// are read as an orderly end (``WatchSession/handled``) are blocked meanwhile.
  static let signals: [CInt] = (1...64).filter { !harmless.contains($0) }

  /// Signals that don't end a program by default (signal(7)); SIGKILL, which can't be caught; and
  /// two that the C library keeps for itself.
  private static let harmless: [CInt] =
    [SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGCHLD, SIGURG, SIGWINCH] + reserved

  /// nptl(7). The library refuses to handle or to block them, though they are as deadly as others.
  private static let reserved: [CInt] = [32, 33]

  // Written by the one thread there is before the handler can run, and read by that.
  nonisolated(unsafe) private static var modes = termios()
  nonisolated(unsafe) private static var input: CInt = -1
  nonisolated(unsafe) private static var output: CInt = -1
  nonisolated(unsafe) private static var stack: UnsafeMutableRawPointer?
  nonisolated(unsafe) private static var handled: [CInt] = []

  private static let stackSize = 1 << 16

  /// Has it ready from now on, unless it is.
  static func prepare(_ modes: TerminalModes?, input: CInt, output: CInt) {
    guard unsafe handled.isEmpty else { return }
    unsafe Self.modes = modes?.found ?? termios()
    unsafe Self.input = modes == nil ? -1 : input
    unsafe Self.output = output
    useOwnStack()
    setReserved(blocked: true)
    for signal in signals where handle(signal) { unsafe handled.append(signal) }
  }

  /// Lets these signals be deadly again without more ado: the terminal is no longer ours.
  static func dismiss() {
    for signal in unsafe handled { Glibc.signal(signal, SIG_DFL) }
    unsafe handled = []
    setReserved(blocked: false)
  }

  /// `false` where nobody handles it: it is ignored, and not deadly.
  private static func handle(_ signal: CInt) -> Bool {
    var former = sigaction()
    // SIG_IGN is the number 1.
    guard unsafe sigaction(signal, nil, &former) == 0,
      unsafe unsafeBitCast(former.__sigaction_handler.sa_handler, to: Int.self) != 1
    else { return false }
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { TerminalRescue.restore($0) }
    unsafe sigfillset(&action.sa_mask)
    action.sa_flags = CInt(SA_ONSTACK) | CInt(bitPattern: UInt32(SA_RESETHAND))
    return unsafe sigaction(signal, &action, nil) == 0
  }

  /// They wait until the terminal is given back (rt_sigprocmask(2)).
  private static func setReserved(blocked isBlocked: Bool) {
    var set = reserved.reduce(UInt64(0)) { $0 | 1 << UInt64($1 - 1) }
    _ = unsafe linux_rt_sigprocmask(
      Int(SYS_rt_sigprocmask), isBlocked ? SIG_BLOCK : SIG_UNBLOCK, &set, nil,
      MemoryLayout<UInt64>.size)
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

  /// No other signal comes in between: all are blocked until it returns.
  private static func restore(_ signal: CInt) {
    // A text that was written in part doesn't matter: an escape begins anew.
    if unsafe input >= 0 { unsafe tcsetattr(input, TCSANOW, &modes) }
    unsafe TerminalText.write(TerminalText.leave, to: output)
    // By now that does what it would have done; it comes as soon as the handler has returned.
    raise(signal)
  }
}

/// The text that is written to take a terminal over, and to give it back (ECMA-48; xterm's private
/// modes).
enum TerminalText {
  /// The other screen, lines that aren't wrapped, no cursor.
  static var enter: StaticString { "\u{1B}[?1049h\u{1B}[?7l\u{1B}[?25l" }
  /// The main screen, lines that are wrapped, the cursor. On a terminal with only one screen the
  /// last line is left empty.
  static var leave: StaticString {
    "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[999;1H\u{1B}[K\u{1B}[?1049l"
  }

  /// All of it, unless the terminal is gone.
  static func write(_ text: StaticString, to output: CInt) {
    var start = unsafe text.utf8Start
    var count = text.utf8CodeUnitCount
    while count > 0 {
      let written = unsafe Glibc.write(output, start, count)
      guard written > 0 else { return }
      unsafe start += written
      count -= written
    }
  }
}
