import LogLines

/// Logs whose entries have several lines.
extension KernelLogParser {
  /// The longest entry in bytes; longer ones are passed over.
  private static let longestEntry = 1 << 20

  mutating func parseEntries(
    _ bytes: Span<UInt8>, as form: EntryForm, into events: inout [LogEvent]
  ) {
    if carry.isEmpty {
      let rest = scanEntries(bytes, as: form, into: &events)
      carry = bytes.extracting(rest..<bytes.count).array
    } else {
      let isEndPossible = form.mayEnd(in: bytes, behind: carry.span)
      carry += bytes.array
      guard isEndPossible || carry.count > Self.longestEntry else { return }
      let whole = carry
      let rest = scanEntries(whole.span, as: form, into: &events)
      carry.removeFirst(rest)
    }
    // Bytes that never end are no entry.
    if carry.count > Self.longestEntry { carry.removeAll(keepingCapacity: true) }
  }

  /// Goes through entries, and tells where the first that isn't whole begins.
  @discardableResult
  mutating func scanEntries(
    _ bytes: Span<UInt8>, as form: EntryForm, into events: inout [LogEvent]
  ) -> Int {
    if form == .export { return scanExport(bytes, into: &events) }
    var offset = 0
    while true {
      pass(bytes, from: &offset, to: form.skipBetween(bytes, from: offset))
      guard let place = form.readEntry(bytes, from: offset) else { return offset }
      take(place, in: bytes, from: &offset, into: &events)
    }
  }

  /// Goes through an export. Exports are of whole logs: entries that hold nothing telling are
  /// passed over.
  private mutating func scanExport(
    _ bytes: Span<UInt8>, into events: inout [LogEvent]
  ) -> Int {
    var offset = 0
    // The offset that the last search found; up to there nothing needs to be searched again.
    var hit = -1
    while offset < bytes.count {
      if attention == 0, offset > hit {
        hit = LineFinder.nextHit(in: bytes, from: offset) ?? bytes.count
        let isEnd = hit == bytes.count
        let start = LogEntry.entryStart(in: bytes, around: hit, from: offset)
        pass(bytes, from: &offset, to: start)
        if isEnd { return offset }
      }
      guard let place = LogEntry.readExport(bytes, from: offset) else { return offset }
      attention = max(0, attention - 1)
      take(place, in: bytes, from: &offset, into: &events)
    }
    return offset
  }

  /// Looks at an entry, whose first line is what its events name.
  private mutating func take(
    _ place: LogEntry.Place, in bytes: Span<UInt8>, from offset: inout Int,
    into events: inout [LogEvent]
  ) {
    pass(bytes, from: &offset, to: place.start)
    line += 1
    take(place.entry, into: &events)
    line -= 1
    pass(bytes, from: &offset, to: place.end)
  }

  /// Counts the lines that are left behind.
  private mutating func pass(_ bytes: Span<UInt8>, from offset: inout Int, to end: Int) {
    line += LineFinder.countLineEnds(in: bytes, offset..<end)
    offset = end
  }
}
