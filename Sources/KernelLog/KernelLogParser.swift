public import LogLines

/// Finds what a log tells of the OOM killer, in one pass and in constant memory.
///
/// Lines that have nothing to do with it are passed over without being looked at closely. The bytes may come
/// in pieces of any size, from a file of any of the usual forms or from `/dev/kmsg`.
public struct KernelLogParser: Sendable {
  /// The first line's stamp that has a time.
  public private(set) var first: Stamp?
  /// The last one's; looked up now and then only, so exact once `finish` was called.
  public private(set) var last: Stamp?

  /// The form of its bytes; they tell themselves.
  private var textForm = TextForm { Sentence.areInOrder($0, $1) }
  /// The sum of a line's number in the log and in a block that is turned round.
  private var lineSum = 0
  /// The parts that the log is made of; its first lines tell.
  var framing = Framing.unknown
  var sentences = SentenceReader()
  /// A line, or an entry, whose end hasn't come yet.
  var carry: [UInt8] = []
  /// True while the rest of a line that is too long is passed over.
  var isSkipping = false
  var line = 0
  /// The number of lines to come that are looked at closely whatever they hold.
  var attention = 32
  /// The indentation of the last line that had a prefix.
  var margin: Int?
  /// The prefix of this log's lines, where its form isn't known.
  var pattern: PrefixPattern?
  /// The last line that says who asked for memory, where the end of its prefix isn't certain.
  var invocation: [UInt8]?

  /// What is behind this log's lines.
  var trailer = Trailer()
  /// What mail, forms and pages have made of this log's lines.
  var mail = QuotedPrintable()
  var form = PercentEncoding()
  var page = Markup()
  /// The last line that was looked at, and whether this log has lines twice.
  var previous: [UInt8] = []
  var isDoubled = false
  /// True once a line was one of a report.
  var hasFound = false
  /// True where tabulators stand in place of blanks.
  var hasTabs = false

  enum Framing {
    case unknown
    case lines
    case entries(EntryForm)
  }

  /// Lines that are looked at behind one that belongs to a report.
  private static let span = (open: 4096, restart: 256, closed: 4)

  /// At the beginning of a log, or, where it is `live`, of lines that come as they are written, and aren't to wait
  /// for others.
  public init(live: Bool = false) {
    if live { textForm = .live }
  }

  /// Goes through the next bytes of the log, and appends what they complete.
  public mutating func parse(_ bytes: Span<UInt8>, into events: inout [LogEvent]) {
    guard !textForm.isPlain else { return parseText(bytes, into: &events) }
    let text = textForm.take(bytes)
    take(text, into: &events)
  }

  /// Goes through plain lines; of a log with the newest line first whole blocks come, with its last line in front.
  private mutating func take(_ text: [UInt8], into events: inout [LogEvent]) {
    guard !text.isEmpty else { return }
    guard textForm.isNewestFirst else { return parseText(text.span, into: &events) }
    let known = events.count
    lineSum = 2 * line + LineFinder.countLineEnds(in: text.span, 0..<text.count) + 1
    parseText(text.span, into: &events)
    turnLines(of: &events, from: known)
  }

  /// Gives events of turned lines the numbers that these have in the log.
  private func turnLines(of events: inout [LogEvent], from start: Int) {
    guard textForm.isNewestFirst else { return }
    for index in events.indices[start...] { events[index].line = lineSum - events[index].line }
  }

  private mutating func parseText(_ bytes: Span<UInt8>, into events: inout [LogEvent]) {
    switch framing {
    case .unknown: begin(with: bytes, into: &events)
    case .lines: parseLines(bytes, into: &events)
    case .entries(let form): parseEntries(bytes, as: form, into: &events)
    }
  }

  /// True while a line is held back because the next one could go on with it.
  public var isHolding: Bool { sentences.isHolding }

  /// Takes the line that is held back as it is: nothing followed for a while.
  public mutating func settle(into events: inout [LogEvent]) { sentences.release(into: &events) }

  /// Ends the log: what was begun is delivered as far as it came.
  public mutating func finish(into events: inout [LogEvent]) {
    take(textForm.finish(), into: &events)
    let known = events.count
    finishText(into: &events)
    turnLines(of: &events, from: known)
  }

  private mutating func finishText(into events: inout [LogEvent]) {
    if case .entries(let form) = framing {
      carry += [0x0A, 0x0A]
      let rest = carry
      carry = []
      scanEntries(rest.span, as: form, into: &events)
    } else if !carry.isEmpty {
      endCarriedLine(into: &events)
    }
    finishLayers(into: &events)
    sentences.finish(into: &events)
  }
}

extension KernelLogParser {
  /// Looks at an entry of several fields.
  mutating func take(_ entry: LogEntry, into events: inout [LogEvent]) {
    let wrapping = entry.wrapping
    note(wrapping.stamp)
    if let carried = entry.carried { take(carried, into: &events) }
    guard !entry.message.isEmpty else { return }
    if sentences.take(
      entry.message.span, wrapping, width: entry.message.count, line: line, into: &events)
    {
      stayAttentive()
    }
  }

  mutating func stayAttentive() {
    attention =
      !sentences.isIdle
      ? Self.span.open : sentences.awaitsRestart ? Self.span.restart : Self.span.closed
  }

  mutating func note(_ stamp: Stamp) {
    guard stamp.clock != nil || stamp.monotonic != nil else { return }
    if first == nil { first = stamp }
    last = stamp
  }
}
