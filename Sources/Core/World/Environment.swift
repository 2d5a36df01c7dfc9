import Glibc
package import Posix
import ProcFS
import Rendering

/// The program's surroundings other than files: its caller, and its terminal.
package struct Environment: Sendable {
  /// The name that it was called by, with or without its folder.
  package var name = "oomctl"
  /// The path of its executable; few commands need it.
  package var program: @Sendable () -> String = { "/usr/local/bin/oomctl" }
  /// Folders in which programs of the system lie.
  package var systemFolders: [String] = []
  package var variables: Variables = [:]
  /// The width of the terminal behind standard output, `nil` when that is none.
  package var terminalWidth: Int?
  /// The signals that this program ignores, and that programs taking its place get back.
  package var ignoredSignals = IgnoredSignals()
  /// The longest time for which a helper program may do nothing at all, in milliseconds.
  package var helperTimeout = 30_000
  /// The longest time that systemd may take to read its files, in milliseconds.
  package var systemdTimeout = 60_000
  /// The next line that somebody types at the terminal; `nil` where standard input is none, or has ended.
  package var typedLine: @Sendable () -> String? = { nil }
  /// Seconds since 1970.
  package var now: @Sendable () -> Int = { time(nil) }
  /// The process and the user that the program runs as; few commands need them.
  package var ownID: @Sendable () -> Int32? = { getpid() }
  package var userID: @Sendable () -> UInt32 = { getuid() }
  /// The terminal that it was called on, as `pts/3`; few commands need it.
  package var terminalName: @Sendable () -> String? = { nil }
  /// True where programs that it starts run with root's powers, or as root.
  var actsAsRoot: @Sendable () -> Bool = { getuid() == 0 || geteuid() == 0 }

  /// The real one.
  package static var current: Environment {
    Environment(
      name: unsafe CommandLine.unsafeArgv[0].map { unsafe String(cString: $0) } ?? "oomctl",
      program: { (try? ProcFS().directory.link("self/exe")) ?? "oomctl" },
      systemFolders: Self.systemFolders, variables: .ofProcess, terminalWidth: widthOfTerminal,
      typedLine: { lineOfTerminal }, terminalName: { nameOfTerminal })
  }

  /// True where the version is all that is asked for. The words are looked at in place: making an
  /// array of them takes longer than answering.
  package static var asksForVersionOnly: Bool {
    guard CommandLine.argc == 2, let word = unsafe CommandLine.unsafeArgv[1] else { return false }
    return unsafe strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0
  }

  private static var lineOfTerminal: String? {
    guard isatty(STDIN_FILENO) == 1 else { return nil }
    // A terminal hands over a line at a time.
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// Of the first standard stream that is one (proc_pid_fd(5)).
  private static var nameOfTerminal: String? {
    for stream in [STDIN_FILENO, Console.Stream.output.rawValue, Console.Stream.errors.rawValue]
    where isatty(stream) == 1 {
      guard let path = try? ProcFS().directory.link("self/fd/\(stream)") else { continue }
      return path.hasPrefix("/dev/") ? String(path.dropFirst("/dev/".utf8.count)) : path
    }
    return nil
  }

  private static var widthOfTerminal: Int? {
    var size = winsize()
    // A file that isn't a terminal doesn't answer this.
    guard unsafe ioctl(Console.Stream.output.rawValue, UInt(TIOCGWINSZ), &size) == 0 else {
      return nil
    }
    return size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}

extension Environment {
  /// The name that messages begin with.
  package var baseName: String { name.lastPathComponent }

  /// Variables of the environment by name. The real ones are looked up only when one is asked for.
  package enum Variables: ExpressibleByDictionaryLiteral, Sendable {
    case ofProcess
    case listed([String: String])

    package init(dictionaryLiteral elements: (String, String)...) {
      self = .listed(Dictionary(elements) { $1 })
    }

    package subscript(name: String) -> String? {
      switch self {
      case .ofProcess: unsafe getenv(name).map { unsafe String(cString: $0) }
      case .listed(let values): values[name]
      }
    }
  }

  package var isTerminal: Bool { terminalWidth != nil }

  /// True where block characters can be shown: the locale's encoding is UTF-8.
  package var usesBlocks: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { variables[$0] }
      .first { !$0.isEmpty }
    let encoding = (locale ?? "").uppercased()
    return encoding.hasSuffix("UTF-8") || encoding.hasSuffix("UTF8")
  }

  /// Colour by default: a terminal that knows it, and nobody against it.
  package var wantsColor: Bool {
    isTerminal && (variables["NO_COLOR"] ?? "").isEmpty && variables["TERM"] != "dumb"
  }
}

extension Environment {
  /// One that nobody called from, but for what is changed in it.
  package init(_ change: (inout Environment) -> Void) {
    self.init(name: "oomctl")
    change(&self)
  }
}
