import LogLines

/// Makes sentences of lines: puts broken ones together, takes apart records of several lines, and hands the
/// result on.
struct SentenceReader {
  var assembler = Assembler()
  /// A line that the next one may go on with.
  private var held: BrokenLine?
  private var fold = Fold()
  /// Of the last line that had a prefix; a line without one continues it.
  private var stamp = Stamp()
  private var hasPrefixes = false
  /// True where the last line with a prefix is a program's, whose message may go on.
  private var isProgramSpeaking = false
  private var nohang = NohangReader()

  /// Takes a line, and tells whether it belongs to a report.
  ///
  /// - Parameters:
  ///   - text: The message.
  ///   - wrapping: What stands around it.
  ///   - width: The bytes of the whole line.
  ///   - line: Its number.
  ///   - events: Gets what it completes.
  mutating func take(
    _ text: Span<UInt8>, _ wrapping: Wrapping, width: Int, line: Int,
    into events: inout [LogEvent]
  ) -> Bool {
    if wrapping.canBeBroken { fold.note(width: width) }
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
    if wrapping.canBeBroken, !wrapping.hasPrefix, goOn(with: text, width: width, into: &events) {
      return true
    }
    release(into: &events)
    return takeRecord(text, wrapping, width: width, line: line, into: &events)
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
    _ text: Span<UInt8>, _ wrapping: Wrapping, width: Int, line: Int,
    into events: inout [LogEvent]
  ) -> Bool {
    if takeWriter(text, line: line, into: &events) { return true }
    let sentence = Sentence.read(text, in: assembler.list(for: stamp))
    if sentence?.isSolid != true {
      let lines = text.recordLines(withEscapes: wrapping.escapesLineEnds)
      if lines.count > 1 { return take(lines, of: text, line: line, into: &events) }
    }
    guard let sentence else {
      guard wrapping.canBeBroken, text.count < BrokenLine.longest.bytes,
        Sentence.isBrokenInvocation(text)
          || (wrapping.hasPrefix || wrapping.isFurtherLine) && fold.isFull(width)
          || wrapping.hasPrefix
            && Sentence.canBegin(with: text, in: assembler.list(for: stamp))
      else { return false }
      held = BrokenLine(text, stamp, line: line, width: width, isFragment: true)
      return true
    }
    let mayGoOn = wrapping.canBeBroken && (hasPrefixes || !sentence.isRow)
    if mayGoOn, sentence.canGoOn(text, isFull: fold.isFull(width)),
      text.count < BrokenLine.longest.bytes
    {
      held = BrokenLine(text, stamp, line: line, width: width)
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
    with text: Span<UInt8>, width: Int, into events: inout [LogEvent]
  ) -> Bool {
    guard var line = held, DaemonKill(inKernelLog: text, stamp, line: 0) == nil else {
      return false
    }
    let list = assembler.list(for: line.stamp)
    guard let sentence = line.take(text, width: width, in: list, &fold) else { return false }
    held = line
    if let sentence, !sentence.canGoOn(line.text.span, isFull: fold.isFull(width)) {
      release(into: &events)
    }
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
