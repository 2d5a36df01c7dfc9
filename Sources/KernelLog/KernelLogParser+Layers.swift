import LogLines

/// What mail, pages, forms and programs have made of lines, taken off before these are looked at.
extension KernelLogParser {
  /// Looks at a line in the form that a log has it in; it may be several, or only a part of one.
  mutating func takeLayered(_ text: Span<UInt8>, into events: inout [LogEvent]) {
    switch mail.take(text) {
    case .asItIs: takeEncoded(text, into: &events)
    case .unfinished: attention = max(attention, 1)
    case .whole(let plain): takeLines(plain.span, into: &events) { $0.takeEncoded($1, into: &$2) }
    }
  }

  private mutating func takeEncoded(_ text: Span<UInt8>, into events: inout [LogEvent]) {
    if let plain = form.text(of: text) {
      return takeLines(plain.span, into: &events) { $0.takeMarked($1, into: &$2) }
    }
    takeMarked(text, into: &events)
  }

  private mutating func takeMarked(_ text: Span<UInt8>, into events: inout [LogEvent]) {
    // Mail carries its text again as a page.
    if page.isShown || !hasFound && Markup.canShow(text), !isOfProgram(text),
      let plain = page.text(of: text, isAlone: mayRunTogether(text))
    {
      return takeLines(plain.span, into: &events) { $0.takeTogether($1, into: &$2) }
    }
    takeTogether(text, into: &events)
  }

  private mutating func takeTogether(_ text: Span<UInt8>, into events: inout [LogEvent]) {
    if !isObject(text), mayRunTogether(text), let lines = RunTogether.lines(of: text) {
      for line in lines { takeObjectOrMessage(line.span, into: &events) }
    } else {
      takeObjectOrMessage(text, into: &events)
    }
  }

  private func isObject(_ text: Span<UInt8>) -> Bool {
    text.starts(with: "{") || ArrayElements.beginArray(text)
  }

  /// Looks at what came of a line that was to go on.
  mutating func finishLayers(into events: inout [LogEvent]) {
    let rest = mail.finish()
    if !rest.isEmpty { takeEncoded(rest.span, into: &events) }
  }

  /// True of a line that can be several: of a log that has shown no line with a prefix yet, or longer than any
  /// record, and not somebody else's. What the kernel's own lines hold is names, and these can hold anything.
  private func mayRunTogether(_ text: Span<UInt8>) -> Bool {
    let isLong = text.count > RunTogether.longestRecord
    guard isLong || margin == nil && pattern == nil else { return false }
    let wrapping = Wrapping(of: text.extracting(0..<min(text.count, 256)))
    return !wrapping.origin.isProgram && (isLong || !wrapping.hasPrefix)
  }

  /// True of a line of a program's, in which tags are what it says.
  private func isOfProgram(_ text: Span<UInt8>) -> Bool {
    Wrapping(of: text.extracting(0..<min(text.count, 256))).origin.isProgram
  }

  private mutating func takeLines(
    _ text: Span<UInt8>, into events: inout [LogEvent],
    _ body: (inout Self, Span<UInt8>, inout [LogEvent]) -> Void
  ) {
    var start = 0
    while start < text.count {
      let end = text.offset(of: UInt8(ascii: "\n"), from: start) ?? text.count
      if end > start { body(&self, text.extracting(start..<end), &events) }
      start = end + 1
    }
  }
}
