import DaemonLog
import LogLines

/// Makes sentences of lines: puts broken ones together, takes apart records of several lines, and hands the
/// result on.
struct SentenceReader {
  private var hosts = HostAssemblers()
  /// True where no report is open.
  var isIdle: Bool { hosts.areEmpty }
  /// A line that the next one may go on with.
  private var held: BrokenLine?
  private var fold = Fold()
  /// Of the last line that had a prefix; a line without one continues it.
  private var stamp = Stamp()
  private var hasPrefixes = false
  /// True where the last line with a prefix is a program's, whose message may go on.
  private var isProgramSpeaking = false
  private var killers = KillerReader()
  private var remnants = Remnants()
  /// True where a unit lost a process, and may be started again soon.
  private(set) var awaitsRestart = false

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
    let count = events.count
    let isFound = takeLine(text, wrapping, width: width, line: line, into: &events)
    remnants.settle(by: events[count...])
    if let remnant = remnants.takeOverdue(at: line) { events.append(.unread(line: remnant)) }
    // What another killer did comes before what was found since.
    if events.count > count { killers.release(before: line) }
    if !killers.finished.isEmpty {
      events.insert(contentsOf: killers.deliver().map { .daemonKill($0) }, at: count)
    }
    events += killers.deliverFailures().map { .failedKill(line: $0) }
    return isFound
  }

  private mutating func takeLine(
    _ text: Span<UInt8>, _ wrapping: Wrapping, width: Int, line: Int,
    into events: inout [LogEvent]
  ) -> Bool {
    if wrapping.canBeBroken { fold.note(width: width) }
    if wrapping.hasPrefix {
      stamp = wrapping.stamp
      hasPrefixes = true
      isProgramSpeaking = wrapping.origin.isProgram
      if !isProgramSpeaking { choose(wrapping.stamp.host, for: text, into: &events) }
    } else if isProgramSpeaking {
      return false
    }
    switch wrapping.origin {
    case .program(let tag):
      if let change = UnitChange(text, by: tag, stamp, at: line) {
        take(change, into: &events)
        return true
      }
      guard killers.take(text, wrapping, stamp, line: line) else { return false }
      releaseHeld(into: &events)
      return true
    case .kernelLogWriter:
      releaseHeld(into: &events)
      return killers.take(text, wrapping, stamp, line: line)
    case .unknown, .kernel: break
    }
    if wrapping.canBeBroken, !wrapping.hasPrefix, goOn(with: text, width: width, into: &events) {
      return true
    }
    releaseHeld(into: &events)
    return takeRecord(text, wrapping, width: width, line: line, into: &events)
  }

  /// Goes on with the reports of the host that a line names.
  private mutating func choose(
    _ host: String?, for text: Span<UInt8>, into events: inout [LogEvent]
  ) {
    guard let host else { return }
    let verb: StaticString = " invoked oom-killer: gfp_mask="
    if hosts.mustChange(to: host, isBeginning: text.offset(of: verb) != nil) {
      releaseHeld(into: &events)
      hosts.change(to: host, into: &events)
    } else {
      hosts.note(host)
    }
  }

  private mutating func take(_ change: UnitChange, into events: inout [LogEvent]) {
    releaseHeld(into: &events)
    events.append(.unit(change))
    if case .restart = change.kind { awaitsRestart = false } else { awaitsRestart = true }
  }

  /// True where a message is a sentence from its first word on.
  func understands(_ text: Span<UInt8>) -> Bool {
    if KillerReader.understands(text) { return true }
    return switch Sentence.read(text, in: hosts.current.list(for: stamp)) {
    // The name of who asked may be anything; so may an element of a list.
    case .invocation, .statistic, .slab, .allocation: false
    case let sentence? where sentence.isSolid: true
    case let sentence: Sentence.start(in: text).map { $0 == 0 } ?? (sentence != nil)
    }
  }

  /// Corrects the name of who asked in the report begun last.
  mutating func name(invoker name: String) { hosts.current.name(invoker: name) }

  /// Takes what is held as it is.
  mutating func release(into events: inout [LogEvent]) {
    if let held { killers.release(before: held.line) }
    events += killers.deliver().map { .daemonKill($0) }
    releaseHeld(into: &events)
    killers.release()
    events += killers.deliver().map { .daemonKill($0) }
  }

  private mutating func releaseHeld(into events: inout [LogEvent]) {
    guard let held else { return }
    self.held = nil
    if !read(held.text.span, held.stamp, line: held.line, into: &events), held.isKernels {
      remnants.note(held.text.span, line: held.line)
    }
  }

  /// True while a line is held for another that may never come.
  var isHolding: Bool { held != nil || killers.isHolding }

  mutating func finish(into events: inout [LogEvent]) {
    let count = events.count
    release(into: &events)
    hosts.finish(into: &events)
    remnants.settle(by: events[count...])
    if let remnant = remnants.takeOverdue(at: .max) { events.append(.unread(line: remnant)) }
  }
}

extension SentenceReader {
  private mutating func takeRecord(
    _ text: Span<UInt8>, _ wrapping: Wrapping, width: Int, line: Int,
    into events: inout [LogEvent]
  ) -> Bool {
    if killers.take(text, wrapping, stamp, line: line) { return true }
    let sentence = Sentence.read(text, in: hosts.current.list(for: stamp))
    if sentence?.isSolid != true {
      let lines = text.recordLines(withEscapes: wrapping.escapesLineEnds)
      if lines.count > 1 { return take(lines, of: text, line: line, into: &events) }
    }
    guard let sentence else {
      guard wrapping.canBeBroken, text.count < BrokenLine.longest.bytes,
        Sentence.isBrokenInvocation(text)
          || (wrapping.hasPrefix || wrapping.isFurtherLine) && fold.isFull(width)
          || wrapping.hasPrefix
            && Sentence.canBegin(with: text, in: hosts.current.list(for: stamp))
      else {
        return wrapping.isKernels && remnants.note(text, line: line)
      }
      held = BrokenLine(
        text, stamp, line: line, width: width, isFragment: true, isKernels: wrapping.isKernels)
      return true
    }
    let mayGoOn = wrapping.canBeBroken && (hasPrefixes || !sentence.isRow)
    if mayGoOn, sentence.canGoOn(text, isFull: fold.isFull(width)),
      text.count < BrokenLine.longest.bytes
    {
      held = BrokenLine(text, stamp, line: line, width: width)
      return true
    }
    hosts.current.take(sentence, stamp, line: line, into: &events)
    return true
  }

  /// Takes the lines of one record. Only numbers are printed so: anything else is a name with a line end in it.
  private mutating func take(
    _ lines: [Range<Int>], of text: Span<UInt8>, line: Int, into events: inout [LogEvent]
  ) -> Bool {
    var isFound = false
    for range in lines {
      guard
        let sentence = Sentence.read(text.extracting(range), in: hosts.current.list(for: stamp)),
        sentence.isPartOfRecord
      else { continue }
      hosts.current.take(sentence, stamp, line: line, into: &events)
      isFound = true
    }
    return isFound
  }

  private mutating func read(
    _ text: Span<UInt8>, _ stamp: Stamp, line: Int, into events: inout [LogEvent]
  ) -> Bool {
    guard let sentence = Sentence.read(text, in: hosts.current.list(for: stamp)) else {
      return false
    }
    hosts.current.take(sentence, stamp, line: line, into: &events)
    return true
  }

  /// Adds a line without a prefix, which is no sentence itself, to the one that is held.
  private mutating func goOn(
    with text: Span<UInt8>, width: Int, into events: inout [LogEvent]
  ) -> Bool {
    guard var line = held, !KillerReader.understands(text) else {
      return false
    }
    let list = hosts.current.list(for: line.stamp)
    guard let sentence = line.take(text, width: width, in: list, &fold) else { return false }
    held = line
    if let sentence, !sentence.canGoOn(line.text.span, isFull: fold.isFull(width)) {
      releaseHeld(into: &events)
    }
    return true
  }
}
