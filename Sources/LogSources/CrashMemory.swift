import CivilTime
import Core
import KernelLog
import LogLines

/// The text of a crash's log: its last line has to be known before the first can be dated.
struct CrashMemory {
  let bytes: [UInt8]
  /// When it was saved, in seconds since 1970.
  let taken: Int
  /// True where that may be as late as the next boot.
  let isCopy: Bool
  private var offset = 0

  init(bytes: [UInt8], taken: Int, isCopy: Bool) {
    self.bytes = bytes
    self.taken = taken
    self.isCopy = isCopy
  }

  /// Reads on; 0 bytes are the end.
  mutating func read(into buffer: inout MutableSpan<UInt8>) -> Int {
    let count = min(buffer.count, bytes.count - offset)
    for index in 0..<count { buffer[index] = bytes[offset + index] }
    offset += count
    return count
  }

  /// The boot that the crash ended, as far as the log tells the time since then: it was saved right after its last
  /// line, and before the boot that came next.
  func boot(before next: LogClock.Boot?) -> LogClock.Boot? {
    var parser = KernelLogParser()
    var events: [LogEvent] = []
    parser.parse(bytes.span, into: &events)
    parser.finish(into: &events)
    guard let last = parser.last?.monotonic else { return nil }
    var end = taken
    if isCopy, let next { end = min(end, next.seconds.addingSaturating(-3)) }
    return LogClock.Boot(id: "", seconds: end.addingSaturating(-last.divided(by: 1_000_000)))
  }
}
