import LogLines

/// Lines of other killers behind a time in a form that isn't known: their tag shows where they begin.
extension KernelLogParser {
  /// The wrapping of a line that a killer's tag stands in; `nil` where none does, or where what stands before
  /// it is somebody else's, or no prefix.
  func killersWrapping(of text: Span<UInt8>, behind known: Int) -> Wrapping? {
    guard let place = tag(in: text, from: known) else { return nil }
    let scan = PrefixScan(text.extracting(0..<place.start))
    guard scan.canPrecedeTag else { return nil }
    var wrapping = scan.wrapping
    wrapping.origin = .program(text.text(in: place.start..<place.end))
    wrapping.textStart = place.words
    return wrapping
  }

  /// The first tag of a killer's: its name, and where its words begin.
  private func tag(in text: Span<UInt8>, from first: Int) -> (start: Int, end: Int, words: Int)? {
    let last = min(text.count, first + Self.longestHead)
    for start in first..<max(first, last)
    where text[start].isLetter && (start == 0 || text[start - 1].isBlank) {
      var reader = Reader(offset: start)
      let word = reader.word(in: text)
      let tag = text.extracting(word)
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
      return (word.lowerBound, end, reader.offset)
    }
    return nil
  }

  /// The longest prefix in bytes.
  private static let longestHead = 160
}
