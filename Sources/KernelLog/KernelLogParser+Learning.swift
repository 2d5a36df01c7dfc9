import LogLines

/// Lines whose form isn't known: where the kernel's words begin in one shows what stands before them in
/// the others.
extension KernelLogParser {
  /// What the lines before, or the kernel's words in it, show of a line of which the known forms make
  /// nothing.
  enum Lesson {
    /// It is the kernel's, and is wrapped so.
    case wrapping(Wrapping)
    /// It tells of a kill behind a prefix that isn't taken for the kernel's.
    case refused(PrefixScan)
    case nothing
  }

  mutating func lesson(from text: Span<UInt8>, behind known: Int) -> Lesson {
    if text.offset(of: Self.invocation, from: known) != nil { invocation = text.array }
    if let pattern, let end = pattern.end(in: text) {
      let scan = PrefixScan(text.extracting(0..<end))
      if scan.isPlausible { return .wrapping(scan.wrapping) }
    }
    guard let start = messageStart(in: text, behind: known), start > known,
      start < Self.longestPrefix
    else { return .nothing }
    let prefix = text.extracting(0..<start)
    let scan = PrefixScan(prefix)
    guard scan.isPlausible else {
      return Sentence.tellsOfKill(text.extracting(start..<text.count)) ? .refused(scan) : .nothing
    }
    if let shown = PrefixPattern(prefix), shown != pattern { learn(shown) }
    return .wrapping(scan.wrapping)
  }

  private static let invocation: StaticString = " invoked oom-killer: gfp_mask="

  /// Takes a prefix over, and what it says of the line before that named who asked.
  private mutating func learn(_ shown: PrefixPattern) {
    pattern = shown
    guard let invocation, let start = shown.end(in: invocation.span),
      let verb = invocation.span.offset(of: Self.invocation), start < verb, verb - start <= 15
    else { return }
    sentences.name(invoker: invocation.span.text(in: start..<verb))
    self.invocation = nil
  }

  /// The longest prefix in bytes.
  private static let longestPrefix = 400

  /// The place where the message begins, behind what a known form has taken off: of an invocation with the
  /// name of who asked, of which only the end is certain.
  func messageStart(in text: Span<UInt8>, behind known: Int) -> Int? {
    guard let verb = text.offset(of: Self.invocation, from: known) else {
      return Sentence.start(in: text, from: known)
    }
    // The last place within a name's length that a prefix can end at.
    var start = verb
    while start > known, verb - start <= 15 {
      let last = text[start - 1]
      let mark = last.isBlank && start - 1 > known ? text[start - 2] : last
      if start < verb, mark.endsPrefix, last.isBlank || mark != UInt8(ascii: ":") { return start }
      start -= 1
    }
    guard verb - known > 15 else { return known }
    // It is longer than a name: the last word is one, at least.
    start = verb
    while start > known, !text[start - 1].isBlank { start -= 1 }
    return start
  }

  /// True of a line in which what stands before the kernel's words is somebody else's, or may be: an
  /// invocation's may be the name of who asked.
  func isOthers(_ text: Span<UInt8>, behind known: Int, _ prefix: PrefixScan) -> Bool {
    guard let verb = text.offset(of: Self.invocation, from: known) else { return prefix.isUnclear }
    return verb - known > 15
  }

  /// The places at which further records begin on the same line, behind prefixes like its first.
  func recordStarts(in text: Span<UInt8>) -> [Int] {
    guard let first = Sentence.start(in: text), first > 0, first < Self.longestPrefix,
      let pattern = PrefixPattern(text.extracting(0..<first))
    else { return [] }
    var starts: [Int] = []
    var from = first + 1
    while starts.count < Self.mostRecords {
      guard let next = Sentence.start(in: text, from: from) else { break }
      for place in max(from, next - Self.longestPrefix)..<next
      where !text[place].isBlank && text[place - 1].isBlank
        && pattern.end(in: text.extracting(place..<text.count)) == next - place
      {
        starts.append(place)
        break
      }
      from = next + 1
    }
    return starts
  }

  /// More on one line than any log has.
  private static let mostRecords = 4096
}

extension UInt8 {
  /// True where a prefix can end with it, which a name rarely holds.
  fileprivate var endsPrefix: Bool {
    switch self {
    case UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: ")"),
      UInt8(ascii: "|"), UInt8(ascii: "\""):
      true
    default: false
    }
  }
}
