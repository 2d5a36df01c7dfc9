import Glibc
import ProcFS

/// A terminal's own settings (termios(3)): how it was found, and how a screen of keys needs it.
struct TerminalModes {
  let found: termios

  /// Of what lies behind a descriptor; `nil` when that is no terminal.
  init?(of descriptor: CInt) {
    var modes = termios()
    guard unsafe tcgetattr(descriptor, &modes) == 0 else { return nil }
    found = modes
  }

  /// Keys come one by one and aren't shown. Those that send signals still do: they are meant for all that
  /// was started together, as sudo.
  var forKeys: termios {
    var modes = found
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO)
    modes.c_iflag &= ~tcflag_t(IXON | ICRNL)
    return modes
  }

  /// Sets them, at once.
  static func set(_ modes: termios, of descriptor: CInt) {
    var modes = modes
    for _ in 0..<100 where unsafe tcsetattr(descriptor, TCSANOW, &modes) == 0 || errno != EINTR {
      return
    }
  }
}
