import KernelLog
import ProcFS

/// What the kernel logs from now on, as far as it tells of kills; nobody waits for it.
struct RingTail: ~Copyable {
  private var stream: LogStream
  private var parser = KernelLogParser()

  /// Opens the ring buffer; root may, and with `dmesg_restrict` 0 everyone.
  init(in world: borrowing World) throws(LogStream.Trouble) {
    stream = try LogStream(.ring, in: world)
    // What was logged before is no news.
    try? stream.file.skipToEnd()
  }

  /// For poll(2).
  var descriptor: CInt { stream.file.number }

  /// What came since the last time.
  mutating func events() -> [LogEvent] {
    var events: [LogEvent] = []
    var buffer = InlineArray<16384, UInt8>(repeating: 0)
    // At most so much at once: somebody may be faster than we are.
    for _ in 0..<256 {
      var span = buffer.mutableSpan
      guard let count = try? stream.read(into: &span), count > 0 else { break }
      parser.parse(buffer.span.extracting(first: count), into: &events)
    }
    return events
  }
}
