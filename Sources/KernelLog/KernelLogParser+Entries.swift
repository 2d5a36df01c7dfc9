/// Logs whose entries have several lines.
extension KernelLogParser {
  /// What is longer is passed over.
  private static let longestEntry = 1 << 20

  mutating func parseEntries(
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
  mutating func scanEntries(
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
