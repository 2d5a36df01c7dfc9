/// Makes plain lines, the oldest first, of a log's bytes, whatever it is stored as: UTF-16, with line ends of
/// another kind, or the newest line first.
package struct TextForm: Sendable {
  private var kind = Kind.unknown
  /// Bytes that came before the form was known; then, of a log with the newest line first, all.
  private var held: [UInt8] = []

  private var direction: TimeDirection

  package init(order: @escaping LineOrder) { direction = TimeDirection(order: order) }

  private enum Kind {
    case unknown
    case plain
    case utf16(UTF16Text)
    /// Carriage returns end the lines, and nothing else does.
    case returns
    case newestFirst
  }

  /// So much shows the form; of a log with the newest line first so much is turned round at once.
  private static let (beginning, block) = (16 << 10, 1 << 20)

  /// True where the bytes can be taken as they are.
  package var isPlain: Bool { if case .plain = kind { true } else { false } }
  /// True where the lines come in the other order.
  package var isNewestFirst: Bool { if case .newestFirst = kind { true } else { false } }

  /// Takes them as they are: lines that are being written are plain, and can't wait.
  package static var live: Self {
    var form = Self { _, _ in nil }
    form.kind = .plain
    return form
  }

  /// The plain lines that the next bytes make; whatever isn't known yet is held back.
  package mutating func take(_ bytes: Span<UInt8>) -> [UInt8] {
    switch kind {
    case .plain: return bytes.array
    case .utf16(var text):
      defer { kind = .utf16(text) }
      return text.decode(bytes)
    case .returns: return bytes.array.map { $0 == 13 ? 10 : $0 }
    case .newestFirst:
      held += bytes.array
      return held.count < Self.block ? [] : turnedRound(isEnd: false)
    case .unknown:
      held += bytes.array
      guard held.count >= Self.beginning || mayBeKnown(by: bytes) else { return [] }
      return begin()
    }
  }

  /// What was held back, at the end.
  package mutating func finish() -> [UInt8] {
    var text: [UInt8] = []
    if case .unknown = kind { text = begin() }
    return isNewestFirst ? text + turnedRound(isEnd: true) : text
  }

  /// True where what is held decides it: whoever waits for lines needn't wait for so many.
  private mutating func mayBeKnown(by bytes: Span<UInt8>) -> Bool {
    if held.count >= 4, UTF16Text(beginning: held.span) != nil { return true }
    if bytes.offset(of: UInt8(ascii: "\n"), from: 0) != nil { followTimes() }
    return direction.goesUp
  }

  /// So many of the bytes that are held decide: not more, however many come at once.
  private var deciding: Int { min(held.count, Self.beginning) }

  private mutating func followTimes() {
    var next = direction
    next.follow(held.span.extracting(0..<deciding))
    direction = next
  }

  private mutating func begin() -> [UInt8] {
    followTimes()
    let beginning = held
    if let text = UTF16Text(beginning: beginning.span) {
      kind = .utf16(text)
    } else if !beginning[..<deciding].contains(10), beginning[..<deciding].dropLast().contains(13) {
      kind = .returns
    } else if direction.goesDown {
      kind = .newestFirst
      return []
    } else {
      kind = .plain
    }
    held = []
    return take(beginning.span)
  }

  /// The lines that are held, the last in front. Before the end the first of the next block may be another's half.
  private mutating func turnedRound(isEnd: Bool) -> [UInt8] {
    let end = isEnd ? held.count : (held.lastIndex(of: 10) ?? held.count - 1) + 1
    let lines = held[..<end].split(separator: 10, omittingEmptySubsequences: false)
    held = Array(held[end...])
    var text: [UInt8] = []
    text.reserveCapacity(end + 1)
    for line in (lines.last?.isEmpty == true ? lines.dropLast() : lines[...]).reversed() {
      text += line
      text.append(10)
    }
    return text
  }
}
