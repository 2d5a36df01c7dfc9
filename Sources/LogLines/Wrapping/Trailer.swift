/// What a log has behind each of its lines: a bar, a tag, a mark, a time.
///
/// The line that says who asked for memory shows it, and the header of a task table, since the kernel ends them alike
/// everywhere. Behind a row it would be taken for a part of the name.
package struct Trailer {
  private var pattern: PrefixPattern?

  package init() {}

  /// Learns from a line whose end is known.
  package mutating func note(_ line: Span<UInt8>) {
    guard let end = Self.headerEnd(in: line) ?? Self.invocationEnd(in: line) else { return }
    let rest = line.extracting(end..<line.count)
    let trimmed = rest.trimmed
    // Behind a comma the line goes on.
    let isNone = trimmed.isEmpty || trimmed.count > Self.longest || rest[0] == UInt8(ascii: ",")
    pattern = isNone ? nil : PrefixPattern(rest.extracting(0..<trimmed.upperBound))
  }

  /// The end of a line without it, whose message begins at an offset.
  package func start(in line: Span<UInt8>, behind first: Int) -> Int {
    guard let pattern else { return line.count }
    let text = line.extracting(0..<line.trimmed.upperBound)
    var start = text.count
    while start > first, text.count - start < Self.longest {
      start -= 1
      if pattern.end(in: text.extracting(start..<text.count)) == text.count - start {
        return start
      }
    }
    return line.count
  }

  private static let longest = 128

  /// The end of `… invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0`; which of them comes last depends on
  /// the kernel.
  private static func invocationEnd(in line: Span<UInt8>) -> Int? {
    guard let verb = line.offset(of: "oom-killer: gfp_mask=0x") else { return nil }
    var last: Int?
    for key in [
      " order=", " oom_score_adj=", " oom_adj=", " oomkilladj=",
    ] as [StaticString] {
      guard let place = line.offset(of: key, from: verb) else { continue }
      var reader = Reader(offset: place + key.utf8CodeUnitCount)
      guard reader.integer(in: line) != nil else { return nil }
      last = max(last ?? 0, reader.offset)
    }
    return last
  }

  private static func headerEnd(in line: Span<UInt8>) -> Int? {
    for words in [" oom_score_adj name", " oom_adj name"] as [StaticString] {
      if let start = line.offset(of: words) { return start + words.utf8CodeUnitCount }
    }
    return nil
  }
}
