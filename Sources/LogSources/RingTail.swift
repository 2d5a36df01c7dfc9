package import Core
package import KernelLog
import Posix
import ProcFS

/// The messages that the kernel logs from now on; reading never waits for them.
package struct RingTail: ~Copyable {
  private var stream: LogStream
  private var parser = KernelLogParser(live: true)

  /// Opens the ring buffer; root may, and with `dmesg_restrict` 0 everyone.
  package init(in world: borrowing World) throws(LogStream.Trouble) {
    stream = try LogStream(.ring, in: world)
    // Messages that were logged before aren't new.
    try? stream.file.skipToEnd()
  }

  /// For poll(2).
  package var descriptor: CInt { stream.file.number }

  /// The kills and what else tells of the OOM killer among what came since the last time.
  package mutating func events() -> [LogEvent] {
    var parser = parser
    var events: [LogEvent] = []
    read { parser.parse($0, into: &events) }
    self.parser = parser
    return events
  }

  /// All records that came since the last time, whole ones.
  package mutating func read(_ take: (Span<UInt8>) -> Void) {
    var buffer = InlineArray<16384, UInt8>(repeating: 0)
    // At most so much at once: somebody may be faster than we are.
    for _ in 0..<256 {
      var span = buffer.mutableSpan
      guard let count = try? stream.read(into: &span), count > 0 else { break }
      take(buffer.span.extracting(first: count))
    }
  }
}
