package import Core
package import KernelLog
import Posix
import ProcFS

/// Something found in a log.
package struct LogFinding: Sendable {
  package let event: LogEvent
  /// The time at which it was logged, as far as that can be told.
  package let time: LogTime?
  /// The number of its source in ``LogCoverage/sources``.
  package let source: Int
}

/// Reads sources one after the other, in the memory of one buffer.
package struct LogReading {
  /// The coverage of what was read.
  package private(set) var coverage = LogCoverage()
  /// Remarks on what couldn't be read.
  package private(set) var remarks: [Remark] = []

  private let scope: LogScope
  /// The command that asks the journal.
  private let command: JournalCommand
  private var buffer: [UInt8] = []
  private var files: [FileStatus] = []

  package init(_ scope: LogScope, asking command: JournalCommand = JournalCommand()) {
    self.scope = scope
    self.command = command
  }

  /// True where the user named the sources.
  private var areNamed: Bool { scope.sources.areNamed }

  /// Delivers what one source tells. What can't be read becomes a remark; only what `deliver` throws is
  /// thrown.
  package mutating func events(
    from source: LogSource, in world: borrowing World,
    deliver: (LogFinding) throws(Failure) -> Void
  ) throws(Failure) {
    do throws(Interruption) {
      try read(source, in: world, deliver)
    } catch {
      switch error {
      case .unreadable(let trouble):
        guard areNamed || !trouble.isNothing else { return }
        _ = coverage.add(LogCoverage.Source(source: source, isWhole: false))
        note(trouble.failure)
      case .delivery(let failure): throw failure
      }
    }
  }

  private enum Interruption: Error {
    case unreadable(LogStream.Trouble)
    case delivery(Failure)
  }

  private mutating func read(
    _ source: LogSource, in world: borrowing World,
    _ deliver: (LogFinding) throws(Failure) -> Void
  ) throws(Interruption) {
    var stream = try open(source, in: world)
    guard isFirstOf(stream.status) else { return }
    if buffer.isEmpty { buffer = Array(repeating: 0, count: LogStream.bufferSize) }
    let isPart = source == .journal && command.isNarrowed
    let number = coverage.add(
      LogCoverage.Source(source: source, mayBeEmpty: areNamed || isPart))
    var scan = LogScan(source: number, clock: scope.times.clock(for: stream))
    do throws(Failure) {
      while true {
        let count = fill(from: &stream, number)
        guard count > 0 else { break }
        coverage[number].isEmpty = false
        try scan.take(buffer.span.extracting(first: count), deliver: deliver)
      }
      try scan.finish(deliver: deliver)
    } catch {
      throw .delivery(error)
    }
    coverage[number].first = scan.first
    coverage[number].last = scan.last
    coverage[number].beginsAtBoot = source == .ring && stream.records.areComplete
    coverage[number].isPunctual = source != .ring || !MonotonicClock.stoodStill
    if let failure = stream.trouble() {
      coverage[number].isWhole = false
      note(failure, isError: stream.hasHung)
    }
  }

  private func open(
    _ source: LogSource, in world: borrowing World
  ) throws(Interruption) -> LogStream {
    do {
      return try LogStream(source, asking: command, in: world)
    } catch {
      throw .unreadable(error)
    }
  }

  /// True for a file that wasn't read under another name, and may be one of the system's logs at
  /// all.
  private mutating func isFirstOf(_ status: FileStatus?) -> Bool {
    guard let status else { return true }
    if status.kind != .ordinary { return areNamed }
    if files.contains(where: { $0.isSameFile(as: status) }) { return false }
    files.append(status)
    return true
  }

  /// 0 bytes are the end, also where it came too early.
  private mutating func fill(from stream: inout LogStream, _ number: Int) -> Int {
    do {
      var span = buffer.mutableSpan
      return try stream.read(into: &span)
    } catch {
      coverage[number].isWhole = false
      note(error, isError: stream.hasHung)
      return 0
    }
  }

  /// Notes a failure. It is an error where the user asked for the source, but not where this
  /// machine merely might have told something, or where the journal fails; a source that hangs is
  /// an error, as nothing is known of what it might have told.
  private mutating func note(_ failure: Failure, isError: Bool = false) {
    remarks.append(
      Remark(text: failure.message, advice: failure.advice, isError: areNamed || isError))
  }
}
