import LogLines

/// Logs of lines, nearly all of which have nothing to do with the OOM killer.
extension KernelLogParser {
  /// Longer ones are cut.
  private static let longestLine = 64 << 10

  mutating func parseLines(_ bytes: Span<UInt8>, into events: inout [LogEvent]) {
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

  mutating func keep(_ bytes: Span<UInt8>) {
    let room = Self.longestLine - carry.count
    if bytes.count > room { isSkipping = true }
    if room > 0 { carry += bytes.extracting(0..<min(room, bytes.count)).array }
  }

  mutating func endCarriedLine(into events: inout [LogEvent]) {
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
  mutating func take(_ text: Span<UInt8>, into events: inout [LogEvent]) {
    line += 1
    attention = max(0, attention - 1)
    let text = text.extracting(0..<min(text.count, Self.longestLine))
    guard !isRepeated(text) else { return }
    takeLayered(text, into: &events)
  }

  /// True of a line that is the same as the one before, in a log that two programs have shipped: there lines that no
  /// report has twice in a row are.
  private mutating func isRepeated(_ text: Span<UInt8>) -> Bool {
    let isSame = text.count > 0 && previous.count == text.count && text.starts(with: previous)
    previous = isSame ? [] : text.array
    guard isSame else { return false }
    isDoubled = isDoubled || Self.isUnique(text)
    return isDoubled
  }

  private static func isUnique(_ text: Span<UInt8>) -> Bool {
    for words in [" invoked oom-killer: ", "illed process ", "oom-kill:constraint="]
      as [StaticString]
    where text.offset(of: words) != nil { return true }
    return false
  }

  /// Looks at an object, or at a line of text.
  mutating func takeObjectOrMessage(_ text: Span<UInt8>, into events: inout [LogEvent]) {
    if text.count > 0,
      text[0] == UInt8(ascii: "{") || text[0] == 0x1E || text.starts(with: "data: {"),
      let entry = LogEntry(json: text)
    {
      margin = 0
      return take(entry, into: &events)
    }
    if takeObjects(of: text, into: &events) { return }
    if let plain = text.uncoloured { return takeMessage(plain.span, into: &events) }
    hasTabs = hasTabs || text.showsTabs
    if let plain = text.withPlainBlanks(alsoForTabs: hasTabs) {
      return takeMessage(plain.span, into: &events)
    }
    takeMessage(text, into: &events)
  }

  /// Looks at an object of a collector's, or at an array of such; of other lines it tells that they aren't.
  private mutating func takeObjects(of text: Span<UInt8>, into events: inout [LogEvent]) -> Bool {
    let isArray = ArrayElements.beginArray(text)
    guard isArray || text.count > 0 && text[0] == UInt8(ascii: "{") else { return false }
    let places = ArrayElements.places(in: text)
    for place in places { takeObjectOrMessage(text.extracting(place), into: &events) }
    guard places.isEmpty else { return true }
    guard let carried = CarriedLines(text) else {
      // Behind other keys anybody's words stand, as those of a web server's client.
      guard text.starts(with: "{\"") else { return false }
      if mayTellOfKill(text) { events.append(.unread(line: line)) }
      return true
    }
    if isArray || carried.haveLevel {
      take(carried, behind: text, into: &events)
    } else {
      take(carried, into: &events)
    }
    return true
  }

  private func mayTellOfKill(_ text: Span<UInt8>) -> Bool {
    Sentence.start(in: text).map { Sentence.tellsOfKill(text.extracting($0..<text.count)) } ?? false
  }

  /// Looks at the lines that a collector carries, unless they are somebody else's.
  mutating func take(_ carried: CarriedLines, into events: inout [LogEvent]) {
    guard !carried.areOthers || carried.areKernels else { return }
    for line in carried.lines { takeMessage(line.span, into: &events) }
  }

  private mutating func takeMessage(_ text: Span<UInt8>, into events: inout [LogEvent]) {
    var start = 0
    for next in recordStarts(in: text) {
      takeRecord(text.extracting(start..<next), into: &events)
      start = next
    }
    takeRecord(text.extracting(start..<text.count), into: &events)
  }

  private mutating func takeRecord(_ record: Span<UInt8>, into events: inout [LogEvent]) {
    var wrapping = Wrapping(of: record, behind: margin)
    if wrapping.isAnybodys || wrapping.isOfCollector, !isUnderstood(record, wrapping),
      let carried = CarriedLines(record)
    {
      return take(carried, behind: record, into: &events)
    }
    trailer.note(record)
    let text = record.extracting(0..<trailer.start(in: record, behind: wrapping.textStart))
    if !isUnderstood(text, wrapping) {
      switch lesson(from: text, behind: wrapping.textStart) {
      case .wrapping(let learned): wrapping = learned
      case .refused(let prefix) where isOthers(text, behind: wrapping.textStart, prefix):
        if prefix.isUnclear { events.append(.unread(line: line)) }
        return
      case .refused, .nothing:
        if let known = killersWrapping(of: text, behind: wrapping.textStart) { wrapping = known }
      }
    }
    if wrapping.hasPrefix { margin = text.margin }
    note(wrapping.stamp)
    let message = text.extracting(wrapping.textStart..<text.count)
    let isFound: Bool
    if wrapping.isEscaped {
      isFound = take(message.unescaped.span, wrapping, width: text.count, into: &events)
    } else if wrapping.isMarkup {
      isFound = take(message.unmarked.span, wrapping, width: text.count, into: &events)
    } else if wrapping.isQuoted {
      isFound = take(message.unquoted.span, wrapping, width: text.count, into: &events)
    } else {
      isFound = take(message, wrapping, width: text.count, into: &events)
    }
    guard isFound else { return }
    hasFound = true
    stayAttentive()
  }

  /// Looks at what keys in a line carry: somebody must say that it is the kernel's.
  private mutating func take(
    _ carried: CarriedLines, behind text: Span<UInt8>, into events: inout [LogEvent]
  ) {
    guard !carried.areOthers || carried.areKernels else { return }
    var goesOn = false
    for message in carried.lines {
      let wrapping = Wrapping(of: message.span)
      // A line without a prefix goes on with the one before.
      goesOn = wrapping.isKernels || goesOn && !wrapping.hasPrefix
      if carried.areKernels || goesOn {
        takeMessage(message.span, into: &events)
      } else if Sentence.start(in: message.span).map({
        Sentence.tellsOfKill(message.span.extracting($0..<message.count))
      }) == true {
        events.append(.unread(line: line))
      }
    }
  }

  private mutating func take(
    _ message: Span<UInt8>, _ wrapping: Wrapping, width: Int, into events: inout [LogEvent]
  ) -> Bool {
    sentences.take(message, wrapping, width: width, line: line, into: &events)
  }

  /// True where a known form makes sense of the line, or says that it isn't for others to.
  private func isUnderstood(_ text: Span<UInt8>, _ known: Wrapping) -> Bool {
    known.origin.isProgram && !known.isOfCollector || known.isEscaped || known.isFurtherLine
      || sentences.understands(text.extracting(known.textStart..<text.count))
  }

  /// The last whole line tells how far the log reaches.
  private mutating func noteLast(in lines: Span<UInt8>) {
    guard attention == 0, lines.count > 1 else { return }
    let end = lines.count - 1
    let start = (LineFinder.lastLineEnd(in: lines, from: 0, before: end) ?? -1) + 1
    note(Wrapping(of: lines.extracting(start..<min(end, start + 512))).stamp)
  }
}
