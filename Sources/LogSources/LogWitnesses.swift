import Core
import KernelLog
package import LogLines

/// The logs that only the kernel's lines get into, and the time that each of them must know of.
package struct LogWitnesses: Sendable {
  private var witnesses: [Witness] = []
  /// The name of this machine, up to a dot; `nil` where that isn't known, or files were named.
  private let host: String?
  private let areNamed: Bool

  private struct Witness {
    let source: LogSource
    /// In microseconds; both ends included.
    let time: ClosedRange<Int>
  }

  /// - Parameters:
  ///   - coverage: What has been read.
  ///   - boot: The last one of the machine whose logs these are, in seconds since 1970.
  ///   - now: In seconds since 1970.
  ///   - isLive: Whether the journal goes on until now.
  package init(
    _ coverage: LogCoverage, areNamed: Bool, boot: Int?, now: Int, isLive: Bool = true,
    host: String?
  ) {
    self.areNamed = areNamed
    self.host = host.map(Self.short)
    let now = now.multipliedSaturating(by: 1_000_000)
    let boot = boot?.multipliedSaturating(by: 1_000_000)
    let sources = coverage.sources.filter { $0.source.writers == .kernel }
    for source in sources where source.source.fileName == nil {
      // The kernel's own clock, by which the ring buffer tells the time, stands still in suspend.
      guard source.isWhole, source.isPunctual, let first = source.first?.microseconds else {
        continue
      }
      add(source.source, first, isLive ? now : source.last?.microseconds ?? first)
    }
    addFiles(sources.filter { $0.source.fileName != nil }, boot: boot, now: now)
  }

  private mutating func add(_ source: LogSource, _ first: Int, _ last: Int) {
    if first <= last { witnesses.append(Witness(source: source, time: first...last)) }
  }

  /// Files, each from its first line to its last, and between two that follow each other. Nobody logs for
  /// days at times: what was written to since boot, when there always are lines, is still in use.
  private mutating func addFiles(_ sources: [LogCoverage.Source], boot: Int?, now: Int) {
    var last: (time: Int, file: LogCoverage.Source)?
    for source in sources {
      if let former = last?.file, !former.continues(in: source) { last = nil }
      if source.isEmpty, let former = last {
        last = (former.time, source)
      } else if source.isWhole, let first = source.first?.microseconds,
        let end = source.last?.microseconds
      {
        add(source.source, min(first, last?.time ?? first), end)
        last = (end, source)
      } else {
        last = nil
      }
      if let last, let boot, last.time >= boot, source.source.fileName?.isPresent ?? false {
        add(source.source, last.time, now)
      }
    }
  }

  /// The log that would have to know of a kill that others don't vouch for.
  package func witness(for stamp: Stamp, at time: LogTime, in source: LogSource) -> LogSource? {
    // A log server has others' lines, which aren't in its own kernel's log.
    if let name = stamp.host, let host, Self.short(name) != host { return nil }
    return witnesses.first { witness in
      guard !areNamed || witness.source.folder == source.folder else { return false }
      return witness.time.contains(time.microseconds)
    }?.source
  }

  private static func short(_ host: String) -> String { String(host.prefix { $0 != "." }) }
}

extension LogCoverage.Source {
  /// True where another file of the family goes on where this one ends.
  fileprivate func continues(in next: LogCoverage.Source) -> Bool {
    guard isWhole, source.folder == next.source.folder, let name = source.fileName,
      let nextName = next.source.fileName
    else { return false }
    return name.isFollowed(by: nextName)
  }
}
