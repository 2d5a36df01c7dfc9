package import CivilTime
import KernelLog

/// The time that the sources cover, so that finding nothing means something.
package struct LogCoverage: Sendable {
  /// In the order in which they were read.
  package private(set) var sources: [Source] = []

  package init() {}

  /// The coverage of one source.
  package struct Source: Equatable, Sendable {
    package let source: LogSource
    /// The time of its first line; `nil` where it is empty, or doesn't tell.
    package var first: LogTime?
    /// The time of its last line.
    package var last: LogTime?
    /// True where it holds nothing.
    var isEmpty = true
    /// True where being empty tells something: the user named it, or asked for a part of it. Each
    /// whole log of the kernel's has lines, so an empty one is none, as of journalctl where there is
    /// no journal.
    var mayBeEmpty = false
    /// True where it begins with the boot: the ring buffer before anything was overwritten.
    var beginsAtBoot = false
    /// True where it was read to its end.
    var isWhole = true
    /// True where its times are right to the second.
    var isPunctual = true
  }

  /// Adds a source, and tells its number.
  mutating func add(_ source: Source) -> Int {
    sources.append(source)
    return sources.count - 1
  }

  /// Changes what is known of a source.
  subscript(number: Int) -> Source {
    get { sources[number] }
    set { sources[number] = newValue }
  }

  /// The first moment that any of them covers.
  package var first: LogTime? {
    sources.compactMap(\.first).min { $0.microseconds < $1.microseconds }
  }

  /// The last moment that any of them covers.
  package var last: LogTime? {
    sources.compactMap(\.last).max { $0.microseconds < $1.microseconds }
  }

  /// True where all that there is could be read.
  package var isComplete: Bool { !sources.isEmpty && sources.allSatisfy(\.isWhole) }

  /// True where nothing at all could be read, so that finding nothing means nothing.
  package var isBlind: Bool {
    sources.allSatisfy(\.isEmpty) && !(isComplete && sources.contains(where: \.mayBeEmpty))
  }

  /// True where no line of this boot can be missing.
  var isCompleteSinceBoot: Bool { sources.contains { $0.beginsAtBoot && $0.isWhole } }
}

extension LogCoverage {
  /// The extent to which finding no line proves that there was none.
  package enum Reach: Sendable {
    /// No log could be read.
    case none
    /// Some couldn't.
    case partial
    /// All that there are, which may begin later than the boot.
    case present
    /// All since boot.
    case sinceBoot
  }

  package var reach: Reach {
    if isBlind { return .none }
    if isCompleteSinceBoot { return .sinceBoot }
    return isComplete ? .present : .partial
  }

  /// As `journal since 2026-10-11, kern.log to kern.log.4.gz since 2026-09-02, ring buffer since boot`;
  /// empty where nothing was there to be read.
  package func text(in zone: ZoneRules) -> String {
    var parts: [String] = []
    let present = sources.filter { !$0.isEmpty }
    guard present.count(where: Self.isNamedFile) <= Self.mostNamed else {
      let since = first.map { " since \(zone.date($0))" } ?? ""
      return "\(present.count) files\(since)"
    }
    var rest = present[...]
    while let source = rest.popFirst() {
      var run = [source]
      while let next = rest.first, Self.family(of: next) != nil,
        Self.family(of: next) == Self.family(of: source)
      {
        run.append(next)
        rest.removeFirst()
      }
      parts.append(Self.text(of: run, in: zone))
    }
    return parts.joined(separator: ", ")
  }

  /// More files than a reader wants to be told.
  private static let mostNamed = 8

  /// True of a file that isn't one of the system's logs.
  private static func isNamedFile(_ source: Source) -> Bool {
    if case .file = source.source { fileName(of: source) == nil } else { false }
  }

  /// Of files in `/var/log`, which continue each other.
  private static func family(of source: Source) -> String? { fileName(of: source)?.family }

  private static func fileName(of source: Source) -> LogFileName? {
    guard case .file(let path) = source.source, path.hasPrefix(LogFileName.folder + "/") else {
      return nil
    }
    return LogFileName(String(path.dropFirst(LogFileName.folder.utf8.count + 1)))
  }

  /// A run of rotated files begins with the oldest.
  private static func text(of run: [Source], in zone: ZoneRules) -> String {
    let names = [run.last, run.first].compactMap { $0 }.map { source in
      fileName(of: source)?.name ?? source.source.name
    }
    let name = names.first == names.last ? names[0] : names.joined(separator: " to ")
    if run.contains(where: \.beginsAtBoot) { return "\(name) since boot" }
    guard let first = run.compactMap(\.first).min(by: { $0.microseconds < $1.microseconds }) else {
      return name
    }
    return "\(name) since \(zone.date(first))"
  }
}
