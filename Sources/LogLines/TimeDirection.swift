/// Tells of a line and the next one whether they stand in the order in which they were written; `nil` where they
/// don't show it.
package typealias LineOrder = @Sendable (_ line: Span<UInt8>, _ next: Span<UInt8>) -> Bool?

/// The direction in which the times of a log's lines go, as more and more of it comes. Where lines have none, or
/// the same, what they say can show it.
struct TimeDirection: Sendable {
  private let order: LineOrder
  /// The bytes whose lines were followed.
  private var followed = 0
  private var last: Stamp?
  private var lastLine = 0..<0
  private var descents = 0
  /// True as soon as a time is after the one before.
  private(set) var goesUp = false

  /// Times that go back so often, and never forth, don't do so by chance: at New Year, and at a reboot, they go
  /// back once.
  private static let enough = 3

  init(order: @escaping LineOrder) { self.order = order }

  var goesDown: Bool { !goesUp && descents >= Self.enough }

  /// Follows the lines that have come since the last call; `text` is the same with more at its end.
  mutating func follow(_ text: Span<UInt8>) {
    while !goesUp, let end = text.offset(of: UInt8(ascii: "\n"), from: followed) {
      let line = followed..<min(end, followed + 512)
      let stamp = Self.stamp(of: text.extracting(followed..<end), near: text.extracting(line))
      let distance = last.flatMap { stamp.distance(from: $0) } ?? 0
      if distance > 0 { goesUp = true }
      if distance < 0 { descents += 1 }
      if distance == 0, let isUp = order(text.extracting(lastLine), text.extracting(line)) {
        if isUp { goesUp = true } else { descents = Self.enough }
      }
      lastLine = line
      if stamp.monotonic != nil || stamp.clock != nil { last = stamp }
      followed = end + 1
    }
  }

  private static func stamp(of line: Span<UInt8>, near beginning: Span<UInt8>) -> Stamp {
    if line.starts(with: "{"), let entry = LogEntry(json: line) { return entry.wrapping.stamp }
    return Wrapping(of: beginning).stamp
  }
}
