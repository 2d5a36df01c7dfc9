import Glibc
import TestSupport

@testable import oomctl

/// A terminal of the test's own with a real program on it (pty(7)).
final class PseudoTerminal {
  private let master: CInt
  let id: pid_t
  private(set) var screen: EmulatedTerminal
  private var isReaped = false
  /// All that was written to it.
  private(set) var written: [UInt8] = []

  /// The test's own way to the settings: as long as it is open, they stay as they are left.
  private let slave: CInt
  /// Its settings before the program was there.
  let found: termios

  /// Starts a program with the terminal as its own; `variables` are all that its environment holds.
  ///
  /// With `isControlling` it leads the terminal's session; when such a one ends the kernel hangs the
  /// terminal up, and resets its settings; `settings` are what it finds there.
  init(
    _ words: [String], width: Int = 80, height: Int = 24,
    variables: [String] = ["TERM=xterm", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"],
    isControlling: Bool = true, settings: (inout termios) -> Void = { _ in }
  ) throws {
    master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    var number: CInt = 0
    var isLocked: CInt = 0
    guard master >= 0, unsafe ioctl(master, Self.setLock, &isLocked) == 0,
      unsafe ioctl(master, Self.getNumber, &number) == 0
    else { throw DataError("/dev/ptmx", "no terminal can be had") }
    slave = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    screen = EmulatedTerminal(width: width, height: height)
    Self.setSize(of: master, width, height)
    var modes = termios()
    unsafe tcgetattr(slave, &modes)
    settings(&modes)
    unsafe tcsetattr(slave, TCSANOW, &modes)
    found = modes

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that a session's leader opens is the session's.
    for stream in 0...2 {
      unsafe posix_spawn_file_actions_addopen(
        &actions, CInt(stream), "/dev/pts/\(number)", O_RDWR | (isControlling ? 0 : O_NOCTTY), 0)
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // Threads of tests block signals, which would be inherited.
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    unsafe posix_spawnattr_setsigmask(&attributes, &mask)
    // A shell has those ignore SIGINT and SIGQUIT that it starts in the background.
    unsafe sigfillset(&mask)
    unsafe posix_spawnattr_setsigdefault(&attributes, &mask)
    unsafe posix_spawnattr_setflags(
      &attributes,
      Self.newSession | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    var environment = unsafe variables.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe arguments.indices { unsafe free(arguments[index]) }
      for index in unsafe environment.indices { unsafe free(environment[index]) }
    }
    var id: pid_t = 0
    let error = unsafe posix_spawn(&id, words[0], &actions, &attributes, &arguments, &environment)
    guard error == 0 else { throw DataError(words[0], "can't be started") }
    self.id = id
  }

  // TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)), whose macros Swift doesn't take.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  /// POSIX_SPAWN_SETSID, which the C library shows only with its extensions.
  private static let newSession: Int16 = 0x80

  deinit {
    if !isReaped {
      kill(-id, SIGKILL)
      wait()
    }
    close(slave)
    close(master)
  }

  private static func setSize(of terminal: CInt, _ width: Int, _ height: Int) {
    var size = winsize(
      ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    unsafe _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
  }

  func resize(width: Int, height: Int) {
    readAll()
    screen.resize(width: width, height: height)
    Self.setSize(of: master, width, height)
  }

  func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    unsafe _ = bytes.withUnsafeBytes { unsafe write(master, $0.baseAddress, $0.count) }
  }

  func send(_ signal: CInt) { kill(id, signal) }

  /// Takes in what was written to the terminal.
  func readAll() {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(master, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return }
      written += buffer[..<count]
      screen.write(Array(buffer[..<count]))
    }
  }

  /// Whether the screen comes to be so in time; machines can be busy.
  func shows(_ condition: (EmulatedTerminal) -> Bool) -> Bool {
    LiveGuard.comes(within: 20_000) {
      readAll()
      return condition(screen)
    }
  }

  func shows(_ text: String) -> Bool { shows { $0.text.contains(text) } }

  /// Waits for its end: its exit status, or 128 and the signal that ended it. Whoever doesn't come to an
  /// end is killed.
  @discardableResult
  func wait() -> Int {
    isReaped = true
    var status: CInt = 0
    let hasEnded = LiveGuard.comes(within: 30_000) {
      let result = unsafe waitpid(id, &status, WNOHANG)
      readAll()
      return result == id || result < 0 && errno != EINTR
    }
    if !hasEnded {
      kill(id, SIGKILL)
      unsafe waitpid(id, &status, 0)
    }
    let signal = status & 0x7F
    return Int(signal == 0 ? status >> 8 & 0xFF : 128 + signal)
  }

  /// The terminal's own settings, as the kernel has them.
  var modes: termios {
    var modes = termios()
    unsafe tcgetattr(master, &modes)
    return modes
  }

  /// Whether lines can be typed as into a shell.
  var takesLines: Bool { modes.c_lflag & tcflag_t(ICANON | ECHO) == tcflag_t(ICANON | ECHO) }
}
