/// Finds what a log tells of the OOM killer, in one pass and in constant memory.
///
/// Lines that have nothing to do with it are passed over without being looked at closely. The bytes may come
/// in pieces of any size, from a file of any of the usual forms or from `/dev/kmsg`.
public struct KernelLogParser: Sendable {
  /// The first line's stamp that has a time.
  public private(set) var first: Stamp?
  /// The last one's; looked up now and then only, so exact once `finish` was called.
  public private(set) var last: Stamp?

  private var framing: Framing?
  private var sentences = SentenceReader()
  /// A line, or an entry, whose end hasn't come yet.
  private var carry: [UInt8] = []
  /// Whether the rest of a line that is too long is passed over.
  private var isSkipping = false
  private var line = 0
  /// How many lines to come are looked at closely whatever they hold.
  private var attention = 32

  private enum Framing { case lines, journalExport }

  /// Longer lines are cut; a journal entry has many lines.
  private static let longestLine = 64 << 10
  private static let longestEntry = 1 << 20
  /// Lines that are looked at behind one that belongs to a report.
  private static let span = (open: 4096, closed: 4)

  /// At the beginning of a log.
  public init() {}

  /// Goes through the next bytes of the log, and appends what they complete.
  public mutating func parse(_ bytes: Span<UInt8>, into events: inout [LogEvent]) {
    var bytes = bytes
    if framing == nil {
      guard bytes.count > 0 else { return }
      // Enough to know an export by.
      if carry.count + bytes.count < 24, bytes.offset(of: UInt8(ascii: "\n"), from: 0) == nil {
        carry += bytes.array
        return
      }
      framing = isExport(bytes) ? .journalExport : .lines
    }
    if framing == .journalExport { return parseEntries(bytes, into: &events) }
    if !carry.isEmpty || isSkipping {
      guard let end = bytes.offset(of: UInt8(ascii: "\n"), from: 0) else { return keep(bytes) }
      keep(bytes.extracting(0..<end))
      endCarriedLine(into: &events)
      bytes = bytes.extracting(end + 1..<bytes.count)
    }
    let whole = (LineFinder.lastLineEnd(in: bytes, from: 0, before: bytes.count) ?? -1) + 1
    scan(bytes.extracting(0..<whole), into: &events)
    keep(bytes.extracting(whole..<bytes.count))
  }

  /// Whether a line is held back because the next one could go on with it.
  public var isHolding: Bool { sentences.isHolding }

  /// Takes the line that is held back as it is: nothing followed for a while.
  public mutating func settle(into events: inout [LogEvent]) { sentences.release(into: &events) }

  /// Ends the log: what was begun is delivered as far as it came.
  public mutating func finish(into events: inout [LogEvent]) {
    if framing == .journalExport {
      carry += [0x0A, 0x0A]
      let rest = carry
      carry = []
      scanEntries(rest.span, isLast: true, into: &events)
    } else if !carry.isEmpty {
      endCarriedLine(into: &events)
    }
    sentences.finish(into: &events)
  }
}

extension KernelLogParser {
  /// Goes through whole lines.
  private mutating func scan(_ lines: Span<UInt8>, into events: inout [LogEvent]) {
    var offset = 0
    while offset < lines.count {
      if attention == 0 {
        guard let start = skip(in: lines, from: offset) else { break }
        offset = start
      }
      let end = lines.offset(of: UInt8(ascii: "\n"), from: offset) ?? lines.count
      take(lines.extracting(offset..<end), into: &events)
      offset = end + 1
    }
    noteLast(in: lines)
  }

  /// Passes over lines that hold nothing telling; `nil` when there is none that does.
  private mutating func skip(in lines: Span<UInt8>, from start: Int) -> Int? {
    guard let hit = LineFinder.nextHit(in: lines, from: start) else {
      line += LineFinder.countLineEnds(in: lines, start..<lines.count)
      return nil
    }
    let lineStart = (LineFinder.lastLineEnd(in: lines, from: start, before: hit) ?? start - 1) + 1
    line += LineFinder.countLineEnds(in: lines, start..<lineStart)
    return lineStart
  }

  private mutating func keep(_ bytes: Span<UInt8>) {
    let room = Self.longestLine - carry.count
    if bytes.count > room { isSkipping = true }
    if room > 0 { carry += bytes.extracting(0..<min(room, bytes.count)).array }
  }

  private mutating func endCarriedLine(into events: inout [LogEvent]) {
    let text = carry
    isSkipping = false
    if attention > 0 || LineFinder.nextHit(in: text.span, from: 0) != nil {
      take(text.span, into: &events)
    } else {
      line += 1
    }
    carry.removeAll(keepingCapacity: true)
  }

  /// Looks at one line closely.
  private mutating func take(_ text: Span<UInt8>, into events: inout [LogEvent]) {
    line += 1
    attention = max(0, attention - 1)
    let text = text.extracting(0..<min(text.count, Self.longestLine))
    if text.count > 0,
      text[0] == UInt8(ascii: "{") || text[0] == 0x1E || text.starts(with: "data: {"),
      let entry = JournalFields(json: text)
    {
      return take(entry, into: &events)
    }
    let wrapping = Wrapping(of: text)
    note(wrapping.stamp)
    let message = text.extracting(wrapping.textStart..<text.count)
    let isFound: Bool
    if wrapping.isEscaped {
      isFound = sentences.take(message.unescaped.span, wrapping, line: line, into: &events)
    } else if wrapping.isMarkup {
      isFound = sentences.take(message.unmarked.span, wrapping, line: line, into: &events)
    } else {
      isFound = sentences.take(message, wrapping, line: line, into: &events)
    }
    if isFound { stayAttentive() }
  }

  private mutating func take(_ entry: JournalFields, into events: inout [LogEvent]) {
    let wrapping = entry.wrapping
    note(wrapping.stamp)
    if sentences.take(entry.message.span, wrapping, line: line, into: &events) { stayAttentive() }
  }

  private mutating func stayAttentive() {
    attention = sentences.assembler.isEmpty ? Self.span.closed : Self.span.open
  }

  private mutating func note(_ stamp: Stamp) {
    guard stamp.clock != nil || stamp.monotonic != nil else { return }
    if first == nil { first = stamp }
    last = stamp
  }

  /// The last whole line tells how far the log reaches.
  private mutating func noteLast(in lines: Span<UInt8>) {
    guard attention == 0, lines.count > 1 else { return }
    let end = lines.count - 1
    let start = (LineFinder.lastLineEnd(in: lines, from: 0, before: end) ?? -1) + 1
    note(Wrapping(of: lines.extracting(start..<min(end, start + 512))).stamp)
  }
}

extension KernelLogParser {
  private func isExport(_ bytes: Span<UInt8>) -> Bool {
    guard !carry.isEmpty else { return JournalFields.beginsExport(bytes) }
    return JournalFields.beginsExport((carry + bytes.array).span)
  }

  private mutating func parseEntries(_ bytes: Span<UInt8>, into events: inout [LogEvent]) {
    if carry.isEmpty {
      let rest = scanEntries(bytes, isLast: false, into: &events)
      carry = bytes.extracting(rest..<bytes.count).array
    } else {
      // Without an empty line no entry has come to its end: then nothing is looked at again.
      let isEndPossible =
        bytes.offset(of: "\n\n") != nil
        || (carry.last == 0x0A && bytes.count > 0 && bytes[0] == 0x0A)
      carry += bytes.array
      guard isEndPossible || carry.count > Self.longestEntry else { return }
      let whole = carry
      let rest = scanEntries(whole.span, isLast: false, into: &events)
      carry.removeFirst(rest)
    }
    // What never ends is no entry.
    if carry.count > Self.longestEntry { carry.removeAll(keepingCapacity: true) }
  }

  /// Goes through entries, and tells where the first that isn't whole begins.
  @discardableResult
  private mutating func scanEntries(
    _ bytes: Span<UInt8>, isLast: Bool, into events: inout [LogEvent]
  ) -> Int {
    var offset = 0
    // What the last search found; up to there nobody need search again.
    var hit = -1
    while offset < bytes.count {
      if attention == 0, offset > hit {
        guard let next = LineFinder.nextHit(in: bytes, from: offset) else {
          return isLast
            ? bytes.count : JournalFields.entryStart(in: bytes, around: bytes.count, from: offset)
        }
        hit = next
        offset = JournalFields.entryStart(in: bytes, around: hit, from: offset)
      }
      guard let (entry, end) = JournalFields.readEntry(bytes, from: offset) else { return offset }
      line += 1
      attention = max(0, attention - 1)
      take(entry, into: &events)
      offset = end
    }
    return offset
  }
}
