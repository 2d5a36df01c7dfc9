package import CivilTime
import Core
import KernelLog
import LogLines
import Posix
import ProcFS

/// The clock settings that all sources have in common.
package struct LogTimes: Sendable {
  package let zone: ZoneRules
  /// `nil` where this machine has nothing to do with the logs.
  package let boot: LogClock.Boot?
  /// That of a captured machine.
  private let capturedBoot: LogClock.Boot?
  /// Seconds since 1970.
  package let now: Int

  init(of sources: LogSources, in world: borrowing World) {
    zone = world.zone
    boot = sources.areNamed ? nil : LogClock.Boot(of: world)
    capturedBoot = sources.areNamed ? nil : LogClock.Boot(ofCapture: world)
    now = world.environment.now()
  }

  /// The clock of one source, which must not have been read from yet.
  func clock(for stream: borrowing LogStream) -> LogClock {
    clock(
      stream, YearWalk(endingAt: end(of: stream), samples: Self.samples(of: stream)))
  }

  /// The clock of one that is followed, from its present end or from its beginning.
  func clock(following stream: borrowing LogStream, fromEnd isFromEnd: Bool) -> LogClock {
    let samples = isFromEnd ? [] : Self.samples(of: stream)
    return clock(
      stream, YearWalk(endingAt: end(of: stream), samples: samples, isGrowing: true))
  }

  private func clock(_ stream: borrowing LogStream, _ years: YearWalk) -> LogClock {
    switch stream.source {
    case .crash:
      LogClock(
        zone: zone, boot: stream.crashedBoot(before: boot), isOfThisBoot: true, years: years)
    case .captured(let log) where log.isRing:
      LogClock(zone: zone, boot: capturedBoot, isOfThisBoot: true, years: years)
    case .ring: LogClock(zone: zone, boot: boot, isOfThisBoot: true, years: years)
    case .journal, .file, .standardInput, .captured:
      LogClock(zone: zone, boot: boot, years: years)
    }
  }

  /// The time at which the last line was written at the latest, in seconds since 1970.
  private func end(of stream: borrowing LogStream) -> Int {
    guard let status = stream.status, status.kind == .ordinary,
      // Some archives keep no times.
      status.modified > CivilDate(year: 1990, month: 1, day: 1).daysSince1970 * 86_400
    else { return now }
    guard case .file(let path) = stream.source, let name = path.split(separator: "/").last,
      let date = LogFileName(String(name))?.date
    else { return status.modified }
    return min(status.modified, (date.daysSince1970 + 1) * 86_400)
  }

  /// Stamps from all over a file that may be read again: of many lines, so that no year is missed.
  private static func samples(of stream: borrowing LogStream) -> [CalendarTime] {
    guard stream.isPlainFile, let status = stream.status,
      let first = sample(of: stream, at: 0, isLineStart: true), first.year == nil
    else { return [] }
    return [first]
      + (1..<sampleCount).compactMap {
        sample(of: stream, at: status.size / sampleCount * $0, isLineStart: false)
      }
  }

  private static let sampleCount = 128

  /// The first stamp behind an offset.
  private static func sample(
    of stream: borrowing LogStream, at offset: Int, isLineStart: Bool
  ) -> CalendarTime? {
    var buffer = InlineArray<2048, UInt8>(repeating: 0)
    var span = buffer.mutableSpan
    guard let count = try? stream.file.read(into: &span, at: offset) else { return nil }
    var start = 0
    if !isLineStart {
      while start < count, buffer[start] != UInt8(ascii: "\n") { start += 1 }
    }
    var parser = KernelLogParser(live: true)
    var events: [LogEvent] = []
    parser.parse(buffer.span.extracting(start..<count), into: &events)
    guard case .calendar(let calendar) = parser.first?.clock else { return nil }
    return calendar
  }
}
