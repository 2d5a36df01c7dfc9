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
  package var remarks: [Remark] { hiddenRemark.map { [$0] + noted } ?? noted }
  private var noted: [Remark] = []
  /// The names of what this user may not read.
  private var hidden: [String] = []

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
        if trouble.isHidden, !areNamed {
          hidden.append(source.name)
        } else {
          note(trouble.failure)
        }
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
    guard stream.isSection || isFirstOf(stream.status) else { return }
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
    coverage[number].isPunctual = isPunctual(source)
    let trouble = stream.trouble()
    if source == .journal {
      checkJournal(stream.journalTroubles, number, in: world)
      if let unknown = unknownBoot(number, stream.journalTroubles) { throw .delivery(unknown) }
    }
    if let trouble {
      coverage[number].isWhole = false
      // journalctl has no other words for what the user may not read.
      if source == .journal, !stream.hasHung, hidden.contains(source.name) { return }
      note(trouble, isError: stream.hasHung)
    }
  }

  /// What a clock that stands still in suspend told, or one that others looked at, isn't right to the second.
  private func isPunctual(_ source: LogSource) -> Bool {
    switch source {
    case .journal, .file, .standardInput: true
    case .ring: !MonotonicClock.stoodStill
    case .crash, .captured: false
    }
  }

  /// What the journal's reader doesn't say: that this user sees a part of it only, or that files are damaged.
  private mutating func checkJournal(
    _ troubles: [String], _ number: Int, in world: borrowing World
  ) {
    if world.hidesJournal {
      hidden.append(LogSource.journal.name)
      coverage[number].isWhole = false
    }
    for trouble in troubles {
      coverage[number].isWhole = false
      note(Failure("the journal: \(trouble)"))
    }
  }

  /// The failure where nothing at all came of the boot that was asked for: each has lines of the kernel's.
  private func unknownBoot(_ number: Int, _ troubles: [String]) -> Failure? {
    guard command.mustKnowBoot, let boot = command.boot, coverage[number].isEmpty else {
      return nil
    }
    let isHidden = hidden.contains(LogSource.journal.name)
    return Failure(
      "the journal has no boot \(boot)" + (isHidden ? " that this user may read" : ""),
      advice: hiddenRemark?.advice ?? troubles.first.map { $0 + "." }
        ?? "journalctl --list-boots lists those that it has.")
  }

  private var hiddenRemark: Remark? {
    guard !hidden.isEmpty else { return nil }
    return Remark(
      text: "this user may not read: \(hidden.joined(separator: ", "))",
      advice: "Try again as root, or as a member of the groups adm and systemd-journal.",
      isError: false)
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
    noted.append(
      Remark(text: failure.message, advice: failure.advice, isError: areNamed || isError))
  }
}
