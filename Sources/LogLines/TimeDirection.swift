/// The direction in which the times of a log's lines go, as more and more of it comes.
struct TimeDirection: Sendable {
  /// The bytes whose lines were followed.
  private var followed = 0
  private var last: Stamp?
  private var descents = 0
  /// True as soon as a time is after the one before.
  private(set) var goesUp = false

  /// Times that go back so often, and never forth, don't do so by chance: at New Year, and at a reboot, they go
  /// back once.
  private static let enough = 3

  var goesDown: Bool { !goesUp && descents >= Self.enough }

  /// Follows the lines that have come since the last call; `text` is the same with more at its end.
  mutating func follow(_ text: Span<UInt8>) {
    while !goesUp, let end = text.offset(of: UInt8(ascii: "\n"), from: followed) {
      let stamp = Wrapping(of: text.extracting(followed..<min(end, followed + 512))).stamp
      if let last, let distance = stamp.distance(from: last) {
        if distance > 0 { goesUp = true }
        if distance < 0 { descents += 1 }
      }
      if stamp.monotonic != nil || stamp.clock != nil { last = stamp }
      followed = end + 1
    }
  }
}
