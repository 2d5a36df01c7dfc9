/// The width at which something has broken the long lines of a log.
///
/// A mail program breaks at a blank, which it leaves out, where the next word would go too far. A terminal breaks
/// anywhere, once a line is full. Which of them it was decides what belongs between two pieces.
struct Fold {
  /// The width of the widest line, in bytes.
  private var widest = 0
  /// The width of the widest line that is known to have been broken; `nil` before there was one.
  private(set) var limit: Int?
  /// The width of the last line that was broken, and the number of those in a row that had it.
  private var last = 0
  private var repetitions = 0
  /// True where the last line that shows it was broken within a word; `nil` before there was one.
  private var isInWord: Bool?

  /// A terminal's widths, which are the most usual.
  private static let terminals = [80, 100, 120, 128, 132, 160, 200]
  /// So many lines of one width are no chance.
  private static let enough = 2

  mutating func note(width: Int) { widest = max(widest, width) }

  /// Notes that a line of that width was broken.
  mutating func noteBreak(at width: Int) {
    repetitions = width == last ? repetitions + 1 : 1
    last = width
    limit = max(limit ?? 0, width)
  }

  /// Notes a break of which only one reading makes sense.
  mutating func noteJoint(isInWord: Bool) { self.isInWord = isInWord }

  /// True where a line of that width was broken within a word, rather than at a blank.
  func breaksWords(at width: Int) -> Bool { isInWord ?? isFull(width) }

  /// True where a line is as wide as any can be, so that it may have been broken within a word.
  func isFull(_ width: Int) -> Bool {
    guard width == widest else { return false }
    return Self.terminals.contains(width)
      || width == limit && width == last && repetitions >= Self.enough
  }

  /// True where a word of that length wouldn't have fitted at the end of a line, so that it can have been put on
  /// the next.
  func isTooLong(_ word: Int, behind width: Int) -> Bool {
    limit.map { width + 1 + word > $0 } ?? false
  }
}
