/// A line without what daemons and tools have put around it.
package struct Wrapping {
  package var stamp = Stamp()
  package var origin = Origin.unknown
  /// The offset at which the message itself begins.
  package var textStart = 0
  /// True where there was anything to take off; a line without a prefix continues the one before.
  package var hasPrefix = false
  /// True where non-printable bytes of the message are written as `\xNN`, as `/dev/kmsg` does.
  package var isEscaped = false
  /// True where the line was taken from a page, in which `<` is written `&lt;`.
  package var isMarkup = false

  /// True of a line within a message of several: whatever it looks like, it has no prefix.
  package private(set) var isFurtherLine = false
  /// True where the message is a quoted field of a table: a quotation mark ends it, two are one.
  package var isQuoted = false

  /// True where a daemon stored it that writes line ends as `#012`; elsewhere these letters are
  /// what they seem.
  package var escapesLineEnds = false

  /// The writer of a line.
  package enum Origin: Equatable {
    case unknown
    case kernel
    /// A program of root's, which wrote into the kernel's log: `/dev/kmsg`.
    case kernelLogWriter
    case program(String)
  }

  /// True of an entry's message, which has an end of its own.
  var isWhole = false

  /// True where something that wraps lines, such as a mail program, could have been at work: not
  /// behind a program's prefix.
  package var canBeBroken: Bool { !origin.isProgram && !isEscaped && !isWhole }
}

extension Wrapping {
  /// True where nothing tells who wrote the line.
  package var isAnybodys: Bool { origin == .unknown && stamp.monotonic == nil && !isFurtherLine }

  /// True behind the tag that a collector gives to the kernel's messages: what it carries tells more.
  package var isOfCollector: Bool {
    guard case .program(let tag) = origin else { return false }
    return tag.hasPrefix("kmsg") || tag.hasPrefix("kern.") || tag.hasPrefix("kernel.")
  }

  /// True where its tag or its own time says that it is the kernel's.
  package var isKernels: Bool {
    origin == .kernel || origin == .unknown && stamp.monotonic != nil
  }

  /// Takes off transport, level, time and caller, in whatever order and number they come.
  ///
  /// Behind a line that was indented by `margin`, one that is indented by at least a prefix more goes on with it,
  /// whatever it looks like: a message of several lines can hold anything.
  package init(of line: Span<UInt8>, behind margin: Int? = nil) {
    if let margin, line.margin >= margin + Self.shortestPrefix {
      isFurtherLine = true
      return
    }
    var reader = Reader()
    skipDecoration(in: line, at: &reader)
    skipQuotation(in: line, at: &reader)
    skipDropped(in: line, at: &reader)
    takeLayers(of: line, at: &reader)
    if !hasPrefix { takeLayers(ofFound: line, at: &reader) }
    if !hasPrefix { skipUnfinishedLine(in: line, at: &reader) }
    textStart = reader.offset
  }

  private mutating func takeLayers(of line: Span<UInt8>, at reader: inout Reader) {
    var hasClock = false
    // More than six layers nobody has seen.
    for _ in 0..<6 {
      let start = reader.offset
      // Pasted text is indented; but a continuation is, too, and that has no brackets.
      reader.skipBlanks(in: line)
      guard let first = reader.next(in: line), take(first, of: line, at: &reader, &hasClock) else {
        reader.offset = start
        break
      }
      hasPrefix = true
      skipDecoration(in: line, at: &reader)
    }
  }

  /// Takes off the layers behind what grep writes before lines that it finds: a file's name, a
  /// number, or both.
  private mutating func takeLayers(ofFound line: Span<UInt8>, at reader: inout Reader) {
    var next = reader
    while let byte = next.next(in: line), !byte.isBlank, next.offset < 256 {
      next.offset += 1
      guard byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-"),
        next.next(in: line)?.isBlank == false
      else { continue }
      var behind = next
      takeLayers(of: line, at: &behind)
      guard !hasPrefix else {
        reader = behind
        return
      }
    }
  }

  /// `[    1.000000]`, below which journalctl and dmesg indent further lines.
  private static let shortestPrefix = 14

  /// A console shows what had no line end before the first line of a report, on the same line.
  private mutating func skipUnfinishedLine(in line: Span<UInt8>, at reader: inout Reader) {
    guard
      let verb = line.offset(of: " invoked oom-killer")
        ?? line.offset(of: " oom-killer: gfp_mask=") ?? line.brokenVerb
    else { return }
    var next = Reader(offset: verb)
    // Time, caller and name are short.
    while next.offset > max(reader.offset, verb - 128) {
      next.offset -= 1
      guard line[next.offset] == UInt8(ascii: "[") else { continue }
      var behind = next
      guard takeBracket(of: line, at: &behind), stamp.monotonic != nil else { continue }
      // The caller stands behind the time.
      _ = takeBracket(of: line, at: &behind)
      hasPrefix = true
      reader = behind
      return
    }
  }

  /// Takes off what begins with that byte, if it is part of a prefix.
  private mutating func take(
    _ first: UInt8, of line: Span<UInt8>, at reader: inout Reader, _ hasClock: inout Bool
  ) -> Bool {
    let start = reader.offset
    switch first {
    case UInt8(ascii: "["):
      guard takeBracket(of: line, at: &reader) else { return false }
      takeMonotonicTag(of: line, at: &reader)
      return true
    case UInt8(ascii: "<"), UInt8(ascii: "&"):
      return takeLevel(of: line, at: &reader)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      if takeRecordHead(of: line, at: &reader) || takeTalosHead(of: line, at: &reader) {
        return true
      }
      guard !hasClock, takeDate(of: line, at: &reader) || takeEpoch(of: line, at: &reader) else {
        return false
      }
    default:
      if takeFacility(of: line, at: &reader) || takeTalosHead(of: line, at: &reader) { return true }
      guard !hasClock, takeSyslogTime(of: line, at: &reader) || takeFullDate(of: line, at: &reader)
      else { return false }
    }
    hasClock = true
    // dmesg writes a comma before the fraction, and names nobody.
    let date = line.extracting(start..<reader.offset)
    if date.offset(of: UInt8(ascii: ","), from: 0) == nil { takeTag(of: line, at: &reader) }
    return true
  }

  /// `> > `, as mail programs quote.
  private mutating func skipQuotation(in line: Span<UInt8>, at reader: inout Reader) {
    while true {
      let isMarkup = reader.skip("&gt;", in: line)
      guard isMarkup || reader.skip(">", in: line) else { return }
      if isMarkup { self.isMarkup = true }
      _ = reader.skip(" ", in: line)
    }
  }

  /// `** 2 printk messages dropped ** `, which the console puts before the next line's time.
  private func skipDropped(in line: Span<UInt8>, at reader: inout Reader) {
    var next = reader
    guard next.skip("** ", in: line), next.natural(in: line) != nil,
      next.skip(" printk messages dropped ** ", in: line)
    else { return }
    reader = next
  }

  /// A byte order mark, and the colours of dmesg in a line that begins with one.
  private func skipDecoration(in line: Span<UInt8>, at reader: inout Reader) {
    if reader.offset == 0 {
      _ = reader.skip("\u{FEFF}", in: line)
      // A text of bytes, as Python prints it.
      if line.starts(with: "b'[") || line.starts(with: "b'<") { reader.offset = 2 }
    }
    guard line.starts(with: "\u{1B}[") else { return }
    while reader.skipColour(in: line) {}
  }

  /// `<6>`, or the same as HTML writes it; RFC 5424 adds a version.
  private mutating func takeLevel(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    let isMarkup = next.skip("&lt;", in: line)
    guard isMarkup || next.skip("<", in: line), let priority = next.natural(in: line),
      next.skip(isMarkup ? "&gt;" : ">", in: line)
    else { return false }
    if isMarkup { self.isMarkup = true }
    noteFacility(priority)
    reader = next
    if next.skip("1 ", in: line), takeDate(of: line, at: &next) {
      takeStructuredHead(of: line, at: &next)
      reader = next
    }
    return true
  }

  /// Notes a line of a program. In the kernel's log programs have their own facility, which isn't
  /// 0: that is printk(9)'s.
  mutating func noteFacility(_ priority: Int) {
    if priority >> 3 != 0, origin == .unknown { origin = .kernelLogWriter }
  }

  /// `kern  :warn  : `, from dmesg -x.
  private mutating func takeFacility(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    for _ in 0..<2 {
      let word = next.offset
      while let byte = next.next(in: line), byte.isLetter || byte.isDigit { next.offset += 1 }
      guard 2...8 ~= next.offset - word else { return false }
      next.skipBlanks(in: line)
      guard next.skip(":", in: line) else { return false }
    }
    guard next.skip(" ", in: line), next.offset - reader.offset >= 14 else { return false }
    if !line.starts(with: "kern", at: reader.offset) { noteFacility(8) }
    reader = next
    return true
  }

  /// `6,1234,5678901,-;`, with further fields before the semicolon: `/dev/kmsg`; netconsole can put the kernel's
  /// release in front.
  private mutating func takeRecordHead(of line: Span<UInt8>, at reader: inout Reader) -> Bool {
    var next = reader
    let release = next.until(UInt8(ascii: ","), in: line.extracting(0..<min(line.count, 64)))
    if line.extracting(release).offset(of: UInt8(ascii: "."), from: 0) == nil { next = reader }
    if next.offset > reader.offset { _ = next.skip(",", in: line) }
    guard let priority = next.natural(in: line), next.skip(",", in: line),
      next.natural(in: line) != nil, next.skip(",", in: line),
      let microseconds = next.natural(in: line),
      next.skip(",", in: line)
    else { return false }
    let fields = next.until(UInt8(ascii: ";"), in: line)
    guard fields.count < 256, next.skip(";", in: line) else { return false }
    stamp.monotonic = microseconds
    isEscaped = true
    noteFacility(priority)
    let list = line.extracting(fields)
    if let caller = list.offset(of: "caller=") {
      var value = Reader(offset: caller + 7)
      stamp.caller = list.text(in: value.until(UInt8(ascii: ","), in: list))
    }
    reader = next
    return true
  }
}

extension Span<UInt8> {
  /// The place of the verb of who asked for memory, where the line was broken behind it.
  fileprivate var brokenVerb: Int? {
    let text = extracting(trimmed)
    let verb: StaticString = " invoked"
    return text.ends(with: verb) ? trimmed.upperBound - verb.utf8CodeUnitCount : nil
  }
}
