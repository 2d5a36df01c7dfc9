import Glibc
import Rendering

/// What the program finds around it but for files: who called it, and on which terminal.
struct Environment: Sendable {
  /// The name it was called by.
  var name = "oomctl"
  /// Environment variables that matter.
  var variables: [String: String] = [:]
  /// The width of the terminal behind standard output, `nil` when that is none.
  var terminalWidth: Int?
  /// Processes that selectors leave alone: this one and those that started it.
  var ownID: Int32?
  var userID: UInt32 = 0

  /// The real one.
  static var current: Environment {
    var environment = Environment()
    let path = CommandLine.arguments.first ?? ""
    if let base = path.split(separator: "/").last { environment.name = String(base) }
    for name in ["NO_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG", "COLUMNS"] {
      environment.variables[name] = unsafe getenv(name).map { unsafe String(cString: $0) }
    }
    environment.terminalWidth = widthOfTerminal
    environment.ownID = getpid()
    environment.userID = getuid()
    return environment
  }

  private static var widthOfTerminal: Int? {
    guard isatty(Console.Stream.output.rawValue) == 1 else { return nil }
    var size = winsize()
    guard unsafe ioctl(Console.Stream.output.rawValue, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return 80 }
    return Int(size.ws_col)
  }
}

extension Environment {
  var isTerminal: Bool { terminalWidth != nil }

  /// Whether block characters can be shown: the locale's encoding is UTF-8.
  var usesBlocks: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { variables[$0] }
      .first { !$0.isEmpty }
    let encoding = (locale ?? "").uppercased()
    return encoding.hasSuffix("UTF-8") || encoding.hasSuffix("UTF8")
  }

  /// Colour by default: a terminal that knows it, and nobody against it.
  var wantsColor: Bool {
    isTerminal && variables["NO_COLOR", default: ""].isEmpty && variables["TERM"] != "dumb"
  }
}
