/// Lines that have lost their ends: a whole log on one line.
package enum RunTogether {
  /// The kernel prints no record of so many bytes: a line that is longer holds several, whatever its names are.
  package static let longestRecord = 1280

  /// The lines of a text in which `\n` or `#012` stands for a line end, or nothing but blanks; `nil` of one line.
  /// Only what has a prefix begins a line.
  package static func lines(of text: Span<UInt8>) -> [[UInt8]]? {
    let text = text.extracting(quoted(text))
    let starts = writtenOut(in: text, as: "\\n") ?? writtenOut(in: text, as: "#012")
    if let starts { return split(text, at: starts) }
    return glued(text).map { split(text, at: $0) }
  }

  /// Without the quotation marks in which programs print a text.
  private static func quoted(_ text: Span<UInt8>) -> Range<Int> {
    var range = 0..<text.count
    if text.starts(with: "b'") || text.starts(with: "b\"") { range.removeFirst() }
    guard let first = range.first, range.count > 2,
      text[first] == UInt8(ascii: "'") || text[first] == UInt8(ascii: "\"")
    else { return 0..<text.count }
    range.removeFirst()
    if text[range.upperBound - 1] == text[first] { range.removeLast() }
    return range
  }

  /// A place at which one line ends and the next one begins.
  private typealias Break = (end: Int, start: Int)

  /// The places of line ends that are written in letters; `nil` where no line begins behind one.
  private static func writtenOut(in text: Span<UInt8>, as mark: StaticString) -> [Break]? {
    var breaks: [Break] = []
    var hasPrefix = false
    var from = 0
    while let end = text.offset(of: mark, from: from) {
      from = end + mark.utf8CodeUnitCount
      breaks.append((end, from))
      hasPrefix = hasPrefix || beginsLine(text, at: from)
    }
    return hasPrefix ? breaks : nil
  }

  private static func beginsLine(_ text: Span<UInt8>, at start: Int) -> Bool {
    let near = text.extracting(start..<min(text.count, start + 128))
    let wrapping = Wrapping(of: near)
    return wrapping.hasPrefix && (wrapping.stamp.clock != nil || wrapping.stamp.monotonic != nil)
  }

  /// The places at which a prefix like the first stands; `nil` where these are few.
  private static func glued(_ text: Span<UInt8>) -> [Break]? {
    guard text.count > longestRecord else { return nil }
    let first = Wrapping(of: text.extracting(0..<128))
    guard first.hasPrefix, first.textStart > 0,
      let pattern = PrefixPattern(text.extracting(0..<first.textStart))
    else { return nil }
    var breaks: [Break] = []
    var start = first.textStart
    while start < text.count {
      let near = text.extracting(start..<min(text.count, start + 128))
      if text[start] == text[0] || text[0].isDigit || text[0].isLetter,
        let length = pattern.end(in: near), Wrapping(of: near).isLike(first)
      {
        breaks.append((start, start))
        start += max(1, length)
      } else {
        start += 1
      }
    }
    return breaks.count < fewest ? nil : breaks
  }

  /// So many prefixes in a long line are no chance.
  private static let fewest = 3

  private static func split(_ text: Span<UInt8>, at breaks: [Break]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var start = 0
    for next in breaks where next.end >= start {
      lines.append(text.extracting(start..<next.end).array)
      start = next.start
    }
    lines.append(text.extracting(start..<text.count).array)
    return lines
  }
}

extension Wrapping {
  /// True where it has the same kinds of times, and the same writer.
  fileprivate func isLike(_ other: Wrapping) -> Bool {
    hasPrefix && (stamp.monotonic == nil) == (other.stamp.monotonic == nil)
      && (stamp.clock == nil) == (other.stamp.clock == nil)
      && (stamp.clock != nil || stamp.monotonic != nil)
      && (origin == .kernel) == (other.origin == .kernel)
  }
}
