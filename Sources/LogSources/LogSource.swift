package import Core
import ProcFS

/// Something that may hold the kernel's messages.
package enum LogSource: Hashable, Sendable {
  /// The journal that journald keeps, of all boots.
  case journal
  /// A log file, maybe compressed, by its path from the root.
  case file(String)
  /// The kernel's own ring buffer, of this boot.
  case ring
  /// Whatever is piped in.
  case standardInput
  /// What a crash left of the log before it.
  case crash(CrashLog)
  /// What a collector of support data left of a log.
  case captured(CapturedLog)

  /// For people.
  package var name: String {
    switch self {
    case .journal: "journal"
    case .file(let path): path
    case .ring: "ring buffer"
    case .standardInput: "standard input"
    case .crash(let log): log.name
    case .captured(let log): log.name
    }
  }
}

/// The sources in which history is looked up.
package struct LogSources: Sendable {
  /// In the order in which they are read: what knows the time best comes first.
  package let all: [LogSource]
  /// True where the user named them: then nothing of this host is mixed in, and one that can't be
  /// read is an error.
  package let areNamed: Bool

  /// Those that the user names; `-` is standard input.
  package init(named words: [String]) {
    var sources: [LogSource] = []
    for word in words {
      let source: LogSource =
        switch word {
        case "-": .standardInput
        case LogStream.ringPath: .ring
        default: .file(word)
        }
      if !sources.contains(source) { sources.append(source) }
    }
    all = sources
    areNamed = true
  }

  private init(_ all: [LogSource], areNamed: Bool) {
    self.all = all
    self.areNamed = areNamed
  }

  /// One of them, if it is there.
  package func only(_ source: LogSource) -> Self {
    Self(all.filter { $0 == source }, areNamed: areNamed)
  }

  /// All that this machine has. A captured tree has no ring buffer, and what others made of it.
  ///
  /// Before what every user can write to, which is held against all others, come those that tell the time
  /// best.
  package init(of world: borrowing World) {
    let hasJournal =
      world.proc.isLive
      ? world.environment.helper(JournalCommand.name) != nil
      : !JournalFiles.paths(in: world).isEmpty
    let sources =
      (hasJournal ? [.journal] : []) + LogFileName.all(in: world).map { LogSource.file($0.path) }
      + (world.proc.isLive ? [.ring] : []) + CrashLog.all(in: world).map { LogSource.crash($0) }
      + CapturedLog.all(in: world).map { LogSource.captured($0) }
    all = sources.filter { $0.writers != .everyone } + sources.filter { $0.writers == .everyone }
    areNamed = false
  }

  /// Those that get new lines.
  package var growing: [LogSource] {
    all.filter { source in
      switch source {
      case .journal, .file, .ring, .standardInput: true
      case .crash, .captured: false
      }
    }
  }
}
