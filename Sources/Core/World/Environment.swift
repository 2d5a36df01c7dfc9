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
  package var now: @Sendable () -> Int = { WallClock.seconds }
  /// The process and the user that the program runs as; few commands need them.
  package var ownID: @Sendable () -> Int32? = { OwnProcess.id }
  package var userID: @Sendable () -> UInt32 = { OwnProcess.userID }
  /// The terminal that it was called on, as `pts/3`; few commands need it.
  package var terminalName: @Sendable () -> String? = { nil }
  /// True where programs that it starts run with root's powers, or as root.
  var actsAsRoot: @Sendable () -> Bool = {
    OwnProcess.userID == 0 || OwnProcess.effectiveUserID == 0
  }

  /// The real one.
  package static var current: Environment {
    Environment(
      name: CommandWords.name ?? "oomctl",
      program: { (try? ProcFS().directory.link("self/exe")) ?? "oomctl" },
      systemFolders: Self.systemFolders, variables: .ofProcess, terminalWidth: widthOfTerminal,
      typedLine: { lineOfTerminal }, terminalName: { nameOfTerminal })
  }

  /// True where the version is all that is asked for.
  package static var asksForVersionOnly: Bool {
    CommandWords.are("--version") || CommandWords.are("-V")
  }

  private static var lineOfTerminal: String? {
    guard StandardStream.input.isTerminal, let bytes = StandardStream.input.next() else {
      return nil
    }
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// Of the first standard stream that is one (proc_pid_fd(5)).
  private static var nameOfTerminal: String? {
    for stream in [StandardStream.input, .output, .errors] where stream.isTerminal {
      guard let path = try? ProcFS().directory.link("self/fd/\(stream.number)") else { continue }
      return path.hasPrefix("/dev/") ? String(path.dropFirst("/dev/".utf8.count)) : path
    }
    return nil
  }

  private static var widthOfTerminal: Int? {
    StandardStream.output.columns.map { $0 > 0 ? $0 : 80 }
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
      case .ofProcess: OwnVariables.value(of: name)
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
