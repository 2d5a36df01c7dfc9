import LogLines

/// Makes sentences of lines: puts broken ones together, takes apart records of several lines, and hands the
/// result on.
struct SentenceReader {
  var assembler = Assembler()
  /// A sentence that the next line may go on with.
  private var held: Held?
  /// Of the last line that had a prefix; a line without one continues it.
  private var stamp = Stamp()
  private var hasPrefixes = false
  /// True where the last line with a prefix is a program's, whose message may go on.
  private var isProgramSpeaking = false
  private var nohang = NohangReader()

  private struct Held {
    var text: [UInt8]
    var stamp: Stamp
    var line: Int
    var pieces = 1
    /// True where it is no sentence without what follows.
    var isFragment = false
  }

  /// A sentence isn't longer, nor in more pieces.
  private static let longest = (bytes: 4096, pieces: 12)

  /// Takes a line, and tells whether it belongs to a report.
  mutating func take(
    _ text: Span<UInt8>, _ wrapping: Wrapping, line: Int, into events: inout [LogEvent]
  ) -> Bool {
    if wrapping.hasPrefix {
      stamp = wrapping.stamp
      hasPrefixes = true
      isProgramSpeaking = wrapping.origin.isProgram
    } else if isProgramSpeaking {
      return false
    }
    switch wrapping.origin {
    case .program(let program): return takeDaemon(text, program, line: line, into: &events)
    case .kernelLogWriter:
      release(into: &events)
      return takeWriter(text, line: line, into: &events)
    case .unknown, .kernel: break
    }
    if wrapping.canBeBroken, goOn(with: text, wrapping, into: &events) { return true }
    release(into: &events)
    return takeRecord(text, wrapping, line: line, into: &events)
  }

  /// True where a message is a sentence from its first word on.
  func understands(_ text: Span<UInt8>) -> Bool {
    switch Sentence.read(text, in: assembler.list(for: stamp)) {
    // The name of who asked may be anything; so may an element of a list.
    case .invocation, .statistic, .slab, .allocation: false
    case nil: Sentence.start(in: text) == 0
    case let sentence? where sentence.isSolid: true
    default: Sentence.start(in: text).map { $0 == 0 } ?? true
    }
  }

  /// Takes what is held as it is.
  mutating func release(into events: inout [LogEvent]) {
    guard let held else { return }
    self.held = nil
    _ = read(held.text.span, held.stamp, line: held.line, into: &events)
  }

  /// True while a line is held for a continuation that may never come.
  var isHolding: Bool { held != nil }

  mutating func finish(into events: inout [LogEvent]) {
    release(into: &events)
    assembler.finish(into: &events)
  }
}

extension SentenceReader {
  private mutating func takeRecord(
    _ text: Span<UInt8>, _ wrapping: Wrapping, line: Int, into events: inout [LogEvent]
  ) -> Bool {
    if takeWriter(text, line: line, into: &events) { return true }
    let sentence = Sentence.read(text, in: assembler.list(for: stamp))
    if sentence?.isSolid != true {
      let lines = text.recordLines(withEscapes: wrapping.escapesLineEnds)
      if lines.count > 1 { return take(lines, of: text, line: line, into: &events) }
    }
    guard let sentence else {
      guard wrapping.canBeBroken, wrapping.hasPrefix, text.count < Self.longest.bytes,
        Sentence.canBegin(with: text, in: assembler.list(for: stamp))
      else { return false }
      held = Held(text: text.array, stamp: stamp, line: line, isFragment: true)
      return true
    }
    let mayGoOn = wrapping.canBeBroken && (hasPrefixes || !sentence.isRow)
    if mayGoOn, sentence.canGoOn(text), text.count < Self.longest.bytes {
      held = Held(text: text.array, stamp: stamp, line: line)
      return true
    }
    assembler.take(sentence, stamp, line: line, into: &events)
    return true
  }

  /// Takes the lines of one record. Only numbers are printed so: anything else is a name with a line end in it.
  private mutating func take(
    _ lines: [Range<Int>], of text: Span<UInt8>, line: Int, into events: inout [LogEvent]
  ) -> Bool {
    var isFound = false
    for range in lines {
      guard
        let sentence = Sentence.read(text.extracting(range), in: assembler.list(for: stamp)),
        sentence.isPartOfRecord
      else { continue }
      assembler.take(sentence, stamp, line: line, into: &events)
      isFound = true
    }
    return isFound
  }

  private mutating func read(
    _ text: Span<UInt8>, _ stamp: Stamp, line: Int, into events: inout [LogEvent]
  ) -> Bool {
    guard let sentence = Sentence.read(text, in: assembler.list(for: stamp)) else { return false }
    assembler.take(sentence, stamp, line: line, into: &events)
    return true
  }

  /// Adds a line without a prefix, which is no sentence itself, to the one that is held.
  private mutating func goOn(
    with text: Span<UInt8>, _ wrapping: Wrapping, into events: inout [LogEvent]
  ) -> Bool {
    guard let held, !wrapping.hasPrefix, held.pieces < Self.longest.pieces,
      held.text.count + text.count < Self.longest.bytes
    else { return false }
    let list = assembler.list(for: held.stamp)
    if DaemonKill(inKernelLog: text, stamp, line: 0) != nil { return false }
    if Sentence.read(text, in: list) != nil, !Sentence.goesOn(text, after: held.text.span) {
      return false
    }
    var whole = held.text + text.array
    var sentence = Sentence.read(whole.span, in: list)
    if sentence == nil, held.text.last?.isBlank != true, text.count > 0, !text[0].isBlank {
      // Some mail programs break inside words, others at a blank that they leave out.
      let parted = held.text + [UInt8(ascii: " ")] + text.array
      sentence = Sentence.read(parted.span, in: list)
      if sentence != nil { whole = parted }
    }
    guard let sentence else {
      guard held.isFragment else { return false }
      self.held = Held(
        text: whole, stamp: held.stamp, line: held.line, pieces: held.pieces + 1, isFragment: true)
      return true
    }
    guard !sentence.isRow || sentence.nameLength ?? 0 <= 15 else { return false }
    self.held = Held(
      text: whole, stamp: held.stamp, line: held.line, pieces: held.pieces + 1)
    if !sentence.canGoOn(whole.span) { release(into: &events) }
    return true
  }

  /// Takes what a daemon has written into the kernel's log. Not all logs tell that from the kernel's own.
  private mutating func takeWriter(
    _ text: Span<UInt8>, line: Int, into events: inout [LogEvent]
  ) -> Bool {
    guard let kill = DaemonKill(inKernelLog: text, stamp, line: line) else { return false }
    events.append(.daemonKill(kill))
    return true
  }

  private mutating func takeDaemon(
    _ text: Span<UInt8>, _ program: String, line: Int, into events: inout [LogEvent]
  ) -> Bool {
    let isNohang = NohangReader.names.contains(program)
    let kill =
      isNohang
      ? nohang.take(text, program, stamp, line: line)
      : DaemonKill(text, by: program, stamp, line: line)
    // The lines around tell what nohang does.
    guard let kill else { return isNohang }
    release(into: &events)
    events.append(.daemonKill(kill))
    return true
  }
}
