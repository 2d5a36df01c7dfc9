import LogLines

/// Lines of other killers behind a time in a form that isn't known: their tag shows where they begin.
extension KernelLogParser {
  /// The wrapping of a line that a killer's tag stands in; `nil` where none does, or where what stands before
  /// it is somebody else's, or no prefix.
  func killersWrapping(of text: Span<UInt8>, behind known: Int) -> Wrapping? {
    guard let place = tag(in: text, from: known) else { return nil }
    let scan = PrefixScan(text.extracting(0..<place.start))
    guard place.isContainer && place.start == known || scan.canPrecedeTag else { return nil }
    var wrapping = scan.wrapping
    wrapping.origin = .program(text.text(in: place.start..<place.end))
    wrapping.textStart = place.words
    return wrapping
  }

  /// The place of a killer's name, and where its words begin.
  private struct Tag {
    let start: Int
    let end: Int
    let words: Int
    /// True where it names a container.
    let isContainer: Bool
  }

  /// The first tag, if it is a killer's.
  private func tag(in text: Span<UInt8>, from first: Int) -> Tag? {
    let last = min(text.count, first + Self.longestHead)
    for start in first..<max(first, last)
    where text[start].isLetter && (start == 0 || text[start - 1].isBlank) {
      var reader = Reader(offset: start)
      let word = reader.word(in: text)
      let tag = text.extracting(word)
      var behind = reader
      behind.skipBlanks(in: text)
      // logcat fills the tag up.
      if behind.skip(":", in: text) { return nil }
      if let killer = container(tag), behind.skip("| ", in: text) {
        return Tag(
          start: start, end: start + killer.utf8.count, words: behind.offset, isContainer: true)
      }
      guard tag.count > 1, tag[tag.count - 1] == UInt8(ascii: ":") else { continue }
      var end = word.upperBound - 1
      if let bracket = tag.offset(of: "["), tag[tag.count - 2] == UInt8(ascii: "]") {
        end = word.lowerBound + bracket
      }
      guard Wrapping.Origin.killersTags.contains(text.text(in: word.lowerBound..<end)) else {
        // Behind another's tag stands what that one says.
        return nil
      }
      _ = reader.skip(" ", in: text)
      return Tag(start: start, end: end, words: reader.offset, isContainer: false)
    }
    return nil
  }

  /// The killer that a container is named after: `earlyoom-1 | `, as Docker Compose writes before its output.
  private func container(_ word: Span<UInt8>) -> String? {
    Wrapping.Origin.killers.first { word.starts(with: $0.utf8) }
  }

  /// The longest prefix in bytes.
  private static let longestHead = 160
}
