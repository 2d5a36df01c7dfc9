import Core
import DaemonLog
import KernelLog
import LogLines

/// Makes findings of one source's bytes.
struct LogScan: Sendable {
  private let source: Int
  private var clock: LogClock
  private var parser: KernelLogParser
  private var events: [LogEvent] = []
  /// The time of the first line that has one.
  private(set) var first: LogTime?
  /// The time of the last line that has one.
  private(set) var last: LogTime?

  /// - Parameters:
  ///   - source: Its number.
  ///   - clock: By which its times are read.
  ///   - isLive: Whether lines come as they are written, and aren't to wait for others.
  init(source: Int, clock: LogClock, isLive: Bool = false) {
    parser = KernelLogParser(live: isLive)
    self.source = source
    self.clock = clock
  }

  /// Goes through the next bytes.
  mutating func take(
    _ bytes: Span<UInt8>, deliver: (LogFinding) throws(Failure) -> Void
  ) throws(Failure) {
    var rest = bytes
    while rest.count > 0 {
      let piece = min(rest.count, isWithoutYears ? Self.shortPiece : rest.count)
      parser.parse(rest.extracting(0..<piece), into: &events)
      rest = rest.extracting(piece...)
      try hand(to: deliver)
    }
  }

  /// True while a line is held back, as the next one could go on with it.
  var isHolding: Bool { parser.isHolding }

  /// Nothing followed for a while: what is held back comes as it is.
  mutating func settle(deliver: (LogFinding) throws(Failure) -> Void) throws(Failure) {
    parser.settle(into: &events)
    try hand(to: deliver)
  }

  /// Ends the log: what was begun comes as far as it goes.
  mutating func finish(deliver: (LogFinding) throws(Failure) -> Void) throws(Failure) {
    parser.finish(into: &events)
    try hand(to: deliver)
  }

  /// The bytes taken at once where years are counted: no New Year between two kills may be missed.
  private static let shortPiece = 16 << 10

  /// As long as nothing is known of the first line that may be, too.
  private var isWithoutYears: Bool {
    guard let clock = parser.first?.clock else { return parser.first == nil }
    guard case .calendar(let calendar) = clock else { return false }
    return calendar.year == nil
  }

  private mutating func hand(
    to deliver: (LogFinding) throws(Failure) -> Void
  ) throws(Failure) {
    if first == nil, let stamp = parser.first { first = clock.time(of: stamp) }
    for event in events {
      try deliver(
        LogFinding(event: event, time: event.stamp.flatMap { clock.time(of: $0) }, source: source))
    }
    events.removeAll(keepingCapacity: true)
    if let stamp = parser.last { last = clock.time(of: stamp) ?? last }
  }
}

extension LogEvent {
  /// The stamp of its last line.
  fileprivate var stamp: Stamp? {
    switch self {
    case .kill(let kill): kill.stamp
    case .daemonKill(let kill): kill.stamp
    case .unit(let change): change.stamp
    case .reaped(let reaping): reaping.stamp
    case .incident(let incident): incident.stamp
    case .suppressed, .unread, .failedKill: nil
    }
  }
}
