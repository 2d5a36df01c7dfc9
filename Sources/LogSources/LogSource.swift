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

  /// For people.
  package var name: String {
    switch self {
    case .journal: "journal"
    case .file(let path): path
    case .ring: "ring buffer"
    case .standardInput: "standard input"
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

  /// All that this machine has. A captured tree has files only.
  package init(of world: borrowing World) {
    var sources = LogFileName.all(in: world).map { LogSource.file($0.path) }
    if world.proc.isLive {
      if world.environment.helper(JournalCommand.name) != nil {
        sources.insert(.journal, at: 0)
      }
      // Behind all that tell the time better, and before what every user can write to: that is then held
      // against all others.
      let place = sources.firstIndex { $0.writers == .everyone } ?? sources.count
      sources.insert(.ring, at: place)
    }
    all = sources
    areNamed = false
  }
}
