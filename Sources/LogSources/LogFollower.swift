package import Core
import KernelLog
import Posix
import ProcFS

/// Waits for what a source has to tell from now on, until a signal ends it.
///
/// The ring buffer, the journal and pipes say themselves when there is more. A file is looked at four times
/// a second, and may be cut off or put aside meanwhile (as `tail -F` does).
package struct LogFollower: ~Copyable {
  /// The number of the ring buffer's records that were overwritten before they could be read.
  package var lost: Int { stream.records.lost }

  private var stream: LogStream
  private var scan: LogScan
  private let signals: Signals
  private let times: LogTimes
  private var buffer = [UInt8](repeating: 0, count: LogStream.bufferSize)
  /// The offset up to which a file was read.
  private var offset = 0

  /// In milliseconds, for files.
  private static let pause = 250

  /// Opens a source.
  ///
  /// - Parameters:
  ///   - source: What to follow.
  ///   - isFromEnd: Whether what is there already is passed over.
  ///   - times: The clock that it is read by.
  ///   - world: Where it lies.
  package init(
    _ source: LogSource, fromEnd isFromEnd: Bool, by times: LogTimes, in world: borrowing World
  ) throws(Failure) {
    let command = JournalCommand(follows: true)
    let signals = try Self.handleSignals()
    let stream = try Self.open(source, command, in: world)
    scan = LogScan(
      source: 0, clock: times.clock(following: stream, fromEnd: isFromEnd), isLive: true)
    if isFromEnd, source == .ring || stream.isPlainFile { try? stream.file.skipToEnd() }
    offset = stream.file.position ?? 0
    self.stream = stream
    self.signals = signals
    self.times = times
  }

  private static func open(
    _ source: LogSource, _ command: JournalCommand, in world: borrowing World
  ) throws(Failure) -> LogStream {
    do {
      return try LogStream(source, asking: command, in: world)
    } catch {
      throw error.failure
    }
  }

  private static func handleSignals() throws(Failure) -> Signals {
    do {
      return try Signals()
    } catch {
      throw Failure("signals can't be handled: \(error)")
    }
  }
}

extension LogFollower {
  /// Waits once, and delivers what came. `false` when a signal came (SIGINT, SIGTERM or SIGHUP), or when the
  /// source has ended.
  package mutating func next(
    in world: borrowing World, deliver: (LogFinding) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    let isGoingOn =
      stream.isPlainFile
      ? try nextOfFile(in: world, deliver) : try nextOfStream(deliver)
    if !isGoingOn { try scan.finish(deliver: deliver) }
    return isGoingOn
  }

  private mutating func nextOfStream(
    _ deliver: (LogFinding) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    let pause = scan.isHolding ? Self.pause : nil
    let wakeup = try wait(orReadable: stream.file.number, atMost: pause)
    guard !isSignal(wakeup) else { return false }
    guard !wakeup.isEmpty else {
      try scan.settle(deliver: deliver)
      return true
    }
    let count = try read(deliver)
    // At its end a pipe can always be read, and yields nothing.
    if count > 0 || stream.source == .ring { return true }
    if let failure = stream.trouble() {
      try scan.finish(deliver: deliver)
      throw failure
    }
    return false
  }

  private mutating func nextOfFile(
    in world: borrowing World, _ deliver: (LogFinding) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    while try read(deliver) > 0 {}
    if let size = try? stream.file.status.size, size < offset {
      try begin(deliver)
      try? stream.file.rewind()
      return true
    }
    if isReplaced(in: world), let next = try? LogStream(stream.source, in: world) {
      // Read what was written to the old one until then.
      while try read(deliver) > 0 {}
      stream = next
      try begin(deliver)
      return true
    }
    let wakeup = try wait(orReadable: nil, atMost: Self.pause)
    if wakeup.isEmpty { try scan.settle(deliver: deliver) }
    return !isSignal(wakeup)
  }

  /// Reads once.
  private mutating func read(
    _ deliver: (LogFinding) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    var bytes: [UInt8] = []
    swap(&bytes, &buffer)
    defer { swap(&bytes, &buffer) }
    var span = bytes.mutableSpan
    let count = try stream.read(into: &span)
    offset += count
    if count > 0 { try scan.take(bytes.span.extracting(first: count), deliver: deliver) }
    return count
  }

  /// At the beginning of another log.
  private mutating func begin(
    _ deliver: (LogFinding) throws(Failure) -> Void
  ) throws(Failure) {
    try scan.finish(deliver: deliver)
    offset = 0
    scan = LogScan(source: 0, clock: times.clock(following: stream, fromEnd: false), isLive: true)
  }

  /// True where another file has the name now.
  private func isReplaced(in world: borrowing World) -> Bool {
    guard case .file(let path) = stream.source, let old = stream.status,
      let file = try? world.file(at: path), let status = try? file.status
    else { return false }
    return !status.isSameFile(as: old)
  }

  private func isSignal(_ wakeup: PollEvents) -> Bool {
    wakeup.contains(.signal) && signals.next() != nil
  }

  private func wait(orReadable file: CInt?, atMost pause: Int?) throws(Failure) -> PollEvents {
    do {
      return try PollEvents.wait(connector: file, signals: signals.descriptor, atMost: pause)
    } catch {
      throw Failure("poll: \(error)")
    }
  }
}
