import LogLines

/// Finding out what a log is made of.
extension KernelLogParser {
  /// A beginning may be cut off, or something may stand before it: so many lines are looked at.
  private static let firstLines = 64

  /// Looks at one line after the other, until an entry of several begins, or a line is one of a log of lines.
  mutating func begin(with bytes: Span<UInt8>, into events: inout [LogEvent]) {
    var offset = 0
    if !carry.isEmpty || isSkipping {
      guard let end = bytes.offset(of: UInt8(ascii: "\n"), from: 0) else { return keep(bytes) }
      let beginning = carry
      keep(bytes.extracting(0..<end))
      let line = carry
      carry = []
      isSkipping = false
      if let form = EntryForm(firstLine: line.span.extracting(line.span.textStart..<line.count)) {
        return go(on: (beginning + bytes.array).span, as: form, into: &events)
      }
      take(line.span, into: &events)
      offset = end + 1
    }
    while isUndecided, let end = bytes.offset(of: UInt8(ascii: "\n"), from: offset) {
      let line = bytes.extracting(offset..<end)
      if let form = EntryForm(firstLine: line.extracting(line.textStart..<line.count)) {
        return go(on: bytes.extracting(offset..<bytes.count), as: form, into: &events)
      }
      take(line, into: &events)
      offset = end + 1
    }
    let rest = bytes.extracting(offset..<bytes.count)
    guard !isUndecided else { return keep(rest) }
    framing = .lines
    parseLines(rest, into: &events)
  }

  /// A line that has a prefix decides it: what stands in a text doesn't.
  private var isUndecided: Bool { margin == nil && line < Self.firstLines }

  private mutating func go(
    on bytes: Span<UInt8>, as form: EntryForm, into events: inout [LogEvent]
  ) {
    framing = .entries(form)
    parseEntries(bytes.extracting(bytes.textStart..<bytes.count), as: form, into: &events)
  }
}

extension Span<UInt8> {
  /// The offset at which the text begins: behind a byte order mark.
  fileprivate var textStart: Int { starts(with: "\u{FEFF}") ? 3 : 0 }
}
