/// Finds what a log tells of the OOM killer, in one pass and in constant memory.
///
/// Lines that have nothing to do with it are passed over without being looked at closely. The bytes may come
/// in pieces of any size, from a file of any of the usual forms or from `/dev/kmsg`.
public struct KernelLogParser: Sendable {
  /// The first line's stamp that has a time.
  public private(set) var first: Stamp?
  /// The last one's; looked up now and then only, so exact once `finish` was called.
  public private(set) var last: Stamp?

  private var form = EntryForm.Finding.unknown
  private var sentences = SentenceReader()
  /// A line, or an entry, whose end hasn't come yet.
  private var carry: [UInt8] = []
  /// Whether the rest of a line that is too long is passed over.
  private var isSkipping = false
  private var line = 0
  /// How many lines to come are looked at closely whatever they hold.
  private var attention = 32

  /// Longer lines are cut; a journal entry has many lines.
  private static let longestLine = 64 << 10
  private static let longestEntry = 1 << 20
  /// Lines that are looked at behind one that belongs to a report.
  private static let span = (open: 4096, closed: 4)

  /// At the beginning of a log.
  public init() {}

  /// Goes through the next bytes of the log, and appends what they complete.
  public mutating func parse(_ bytes: Span<UInt8>, into events: inout [LogEvent]) {
    switch form {
    case .unknown: begin(with: bytes, into: &events)
    case .lines: parseLines(bytes, into: &events)
    case .entries(let form): parseEntries(bytes, as: form, into: &events)
    }
  }

  /// Whether a line is held back because the next one could go on with it.
  public var isHolding: Bool { sentences.isHolding }

  /// Takes the line that is held back as it is: nothing followed for a while.
  public mutating func settle(into events: inout [LogEvent]) { sentences.release(into: &events) }

  /// Ends the log: what was begun is delivered as far as it came.
  public mutating func finish(into events: inout [LogEvent]) {
    if form == .unknown {
      form = .lines
      let whole = carry
      carry = []
      parseLines(whole.span, into: &events)
    }
    if case .entries(let form) = form {
      carry += [0x0A, 0x0A]
      let rest = carry
      carry = []
      scanEntries(rest.span, as: form, isLast: true, into: &events)
    } else if !carry.isEmpty {
      endCarriedLine(into: &events)
    }
    sentences.finish(into: &events)
  }

  /// Finds out what the log is made of, for which the first bytes may not be enough.
  private mutating func begin(with bytes: Span<UInt8>, into events: inout [LogEvent]) {
    if carry.isEmpty {
      form = EntryForm.find(in: bytes)
      if form == .unknown { carry = bytes.array } else { parse(bytes, into: &events) }
    } else {
      let whole = carry + bytes.array
      carry = []
      begin(with: whole.span, into: &events)
    }
  }
}

extension KernelLogParser {
  private mutating func parseLines(_ bytes: Span<UInt8>, into events: inout [LogEvent]) {
    var bytes = bytes
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
      let entry = LogEntry(json: text)
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

  private mutating func take(_ entry: LogEntry, into events: inout [LogEvent]) {
    let wrapping = entry.wrapping
    note(wrapping.stamp)
    guard !entry.message.isEmpty else { return }
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
  private mutating func parseEntries(
    _ bytes: Span<UInt8>, as form: EntryForm, into events: inout [LogEvent]
  ) {
    if carry.isEmpty {
      let rest = scanEntries(bytes, as: form, isLast: false, into: &events)
      carry = bytes.extracting(rest..<bytes.count).array
    } else {
      let isEndPossible = form.mayEnd(in: bytes, behind: carry.span)
      carry += bytes.array
      guard isEndPossible || carry.count > Self.longestEntry else { return }
      let whole = carry
      let rest = scanEntries(whole.span, as: form, isLast: false, into: &events)
      carry.removeFirst(rest)
    }
    // What never ends is no entry.
    if carry.count > Self.longestEntry { carry.removeAll(keepingCapacity: true) }
  }

  /// Goes through entries, and tells where the first that isn't whole begins.
  @discardableResult
  private mutating func scanEntries(
    _ bytes: Span<UInt8>, as form: EntryForm, isLast: Bool, into events: inout [LogEvent]
  ) -> Int {
    if form == .export { return scanExport(bytes, isLast: isLast, into: &events) }
    var offset = 0
    while true {
      let start = form.skipBetween(bytes, from: offset)
      line += LineFinder.countLineEnds(in: bytes, offset..<start)
      offset = start
      guard let place = form.readEntry(bytes, from: start) else { return offset }
      let before = line
      line += LineFinder.countLineEnds(in: bytes, start..<place.start) + 1
      take(place.entry, into: &events)
      line = before + LineFinder.countLineEnds(in: bytes, start..<place.end)
      offset = place.end
    }
  }

  /// The same of an export, of which whole logs are read: entries that hold nothing telling are passed over.
  private mutating func scanExport(
    _ bytes: Span<UInt8>, isLast: Bool, into events: inout [LogEvent]
  ) -> Int {
    var offset = 0
    // What the last search found; up to there nobody need search again.
    var hit = -1
    while offset < bytes.count {
      if attention == 0, offset > hit {
        guard let next = LineFinder.nextHit(in: bytes, from: offset) else {
          return isLast
            ? bytes.count : LogEntry.entryStart(in: bytes, around: bytes.count, from: offset)
        }
        hit = next
        offset = LogEntry.entryStart(in: bytes, around: hit, from: offset)
      }
      guard let place = LogEntry.readExport(bytes, from: offset) else { return offset }
      line += 1
      attention = max(0, attention - 1)
      take(place.entry, into: &events)
      offset = place.end
    }
    return offset
  }
}
