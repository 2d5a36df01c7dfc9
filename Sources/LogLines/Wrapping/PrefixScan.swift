/// A prefix in a form that isn't known, whose end is: token by token, what is a time, a level, a
/// number, a host, and who wrote the line.
///
/// It decides for the kernel only where nobody else is named: a tag, a unit or a facility that isn't
/// the kernel's is another author, and more than one plain word is a sentence about the kernel. Where
/// the kernel isn't named either, by its tag, its facility or its own time, any name or level may be an
/// application's: then there may be none.
package struct PrefixScan {
  /// What was taken off.
  package private(set) var wrapping = Wrapping()
  /// True where a line of the kernel's can begin so.
  package var isPlausible: Bool {
    tokens > 0 && !wrapping.origin.isProgram && plainWords <= 1
      && (isKernels || names == 0 && !wrapping.isQuoted)
  }

  /// True where it is no plausible prefix, and yet neither names a program nor reads like a sentence.
  package var isUnclear: Bool {
    tokens > 0 && !isPlausible && plainWords <= 1 && !wrapping.origin.isProgram
  }

  /// True where the tag of a program can follow: there is a time, at most a host, and nobody else is named.
  package var canPrecedeTag: Bool {
    hasTime && wrapping.origin == .unknown && plainWords <= 1 && !hasFacility
  }

  /// True where its tag, its facility or its own time says that it is the kernel's.
  private var isKernels: Bool {
    wrapping.origin == .kernel || hasFacility || wrapping.stamp.monotonic != nil
  }
  private var hasFacility = false
  private var hasTime = false
  private var plainWords = 0
  /// The words that may be names or levels of anybody's.
  private var names = 0
  private var tokens = 0
  /// The words that may be hosts' names, of which each time has one at most; and the times.
  private var (hosts, times) = (0, 0)
  /// True where the kernel's tag, with its colon, was there.
  private var hasKernelTag = false
  /// The last word that may be a host's name.
  private var host: Range<Int>?

  package init(_ prefix: Span<UInt8>) {
    wrapping.hasPrefix = true
    wrapping.textStart = prefix.count
    if prefix.isOfWebServer { note(.program("web server")) }
    // Times end with a blank, which what ends with the prefix needn't have.
    let padded = prefix.array + [UInt8(ascii: " ")]
    scan(padded.span)
  }

  private mutating func scan(_ prefix: Span<UInt8>) {
    var reader = Reader()
    // More tokens than any form has: then it is a text.
    while tokens < 24, let byte = reader.nextBeyondSpace(in: prefix) {
      let start = reader.offset
      take(byte, of: prefix, at: &reader)
      if reader.offset == start { reader.offset += 1 }
    }
    if !reader.isAtEnd(of: prefix) { plainWords += 2 }
    if wrapping.origin == .kernel || canPrecedeTag, let host {
      wrapping.stamp.host = prefix.text(in: host)
    }
  }

  private mutating func take(
    _ byte: UInt8, of prefix: Span<UInt8>, at reader: inout Reader
  ) {
    // Behind the kernel's tag its message begins, at most with times; in a table its name is a field of several.
    if wrapping.origin == .kernel, byte.isLetter || byte.isDigit, !isField(at: reader, in: prefix) {
      plainWords += 2
    }
    if let closing = byte.closingBracket {
      takeGroup(to: closing, of: prefix, at: &reader)
    } else if byte == UInt8(ascii: "\"") {
      if hasKernelTag { plainWords += 2 }
      wrapping.isQuoted.toggle()
      tokens += 1
    } else if byte == UInt8(ascii: "@"), wrapping.takeTAI64N(of: prefix, at: &reader) {
      tokens += 1
    } else if byte.isDigit {
      tokens += 1
      if takeTime(of: prefix, at: &reader) {
        noteTime()
      } else {
        host = reader.token(in: prefix)
      }
    } else if let length = prefix.signLength(at: reader.offset) {
      tokens += 1
      reader.offset += length
    } else if byte.isLetter || byte >= 0x80 {
      tokens += 1
      if takeTime(of: prefix, at: &reader) {
        noteTime()
      } else {
        takeWord(of: prefix, at: &reader)
      }
    } else {
      // A sign between the parts.
      tokens += byte == UInt8(ascii: ":") ? 0 : 1
    }
  }

  /// True behind a tabulator, unless the kernel has spoken already.
  private func isField(at reader: Reader, in prefix: Span<UInt8>) -> Bool {
    !hasKernelTag && reader.offset > 0 && prefix[reader.offset - 1] == UInt8(ascii: "\t")
  }

  private mutating func takeGroup(
    to closing: UInt8, of prefix: Span<UInt8>, at reader: inout Reader
  ) {
    tokens += 1
    if wrapping.takeBracket(of: prefix, at: &reader) { return }
    var end = reader
    _ = end.until(closing, in: prefix)
    guard !end.isAtEnd(of: prefix) else { return }
    noteGroup(prefix.extracting(reader.offset + 1..<end.offset))
    reader.offset = end.offset + 1
  }

  /// `[client 192.0.2.1]` is what a program knows of its own work; `<bob>` or `[main]` may be anybody's name.
  private mutating func noteGroup(_ inside: Span<UInt8>) {
    guard inside.count > 0, inside[0].isLetter, !inside.isLogLevel else { return }
    if inside.starts(with: "client ") { note(.program("web server")) } else { names += 1 }
  }

  private mutating func noteTime() {
    hasTime = true
    times += 1
  }

  private mutating func takeTime(of prefix: Span<UInt8>, at reader: inout Reader) -> Bool {
    guard wrapping.stamp.clock == nil else {
      // A relay has put its own time in front.
      var other = Wrapping()
      return other.takeDate(of: prefix, at: &reader)
        || other.takeSyslogTime(of: prefix, at: &reader)
        || wrapping.skipTimeOfDay(of: prefix, at: &reader)
    }
    if wrapping.takeDate(of: prefix, at: &reader) || wrapping.takeEpoch(of: prefix, at: &reader)
      || wrapping.takeSyslogTime(of: prefix, at: &reader)
      || wrapping.takeFullDate(of: prefix, at: &reader)
      || wrapping.takeYearFirst(of: prefix, at: &reader)
      || wrapping.takeYearLast(of: prefix, at: &reader)
      || wrapping.takeMonthFirst(of: prefix, at: &reader)
    {
      return true
    }
    return wrapping.skipTimeOfDay(of: prefix, at: &reader)
  }

  private mutating func takeWord(of prefix: Span<UInt8>, at reader: inout Reader) {
    let word = reader.token(in: prefix)
    let next = reader.next(in: prefix)
    let isNumbered = next == UInt8(ascii: "[")
    if isNumbered {
      _ = reader.until(UInt8(ascii: "]"), in: prefix)
      _ = reader.skip("]", in: prefix)
    }
    let isTag = reader.skip(":", in: prefix)
    let name = prefix.extracting(word)
    if name.starts(with: "kern.") || name.holds("kern", in: 0..<name.count) {
      hasFacility = true
      return
    }
    if Month.number(of: prefix, in: word) != nil, !isTag { return }
    if hasTime, name.holds("AM", in: 0..<name.count) || name.holds("PM", in: 0..<name.count) {
      return
    }
    if name.isLogLevel {
      // logcat's letters, and the marks of a container's two streams, name nobody.
      if name.count > 2, !name.starts(with: "std") { names += 1 }
      return
    }
    if isTag || isNumbered { return noteTag(prefix.text(in: word), isNumbered: isNumbered) }
    if name.holds("kernel", in: 0..<name.count) || name.holds("KERNEL", in: 0..<name.count) {
      return note(.kernel)
    }
    // logcat names the user: a program's is its own.
    if hasTime, name.holds("root", in: 0..<name.count) { return }
    if name.isFacility { return note(.kernelLogWriter) }
    host = word
    // What stands before a time may be its month, in whatever language.
    if hasTime { hosts += 1 }
    // Behind the name of a container there is a bar.
    var behind = reader
    behind.skipBlanks(in: prefix)
    if behind.next(in: prefix) == UInt8(ascii: "|") { hosts = 0 } else { names += 1 }
    // Hosts, containers and machines have numbers, points and hyphens in their names; words haven't.
    // Nor have fields between tabulators.
    let isField = word.upperBound < prefix.count && prefix[word.upperBound] == UInt8(ascii: "\t")
    if !name.hasSignOrDigit, !isField { plainWords += 1 }
  }

  private mutating func noteTag(_ name: String, isNumbered: Bool) {
    switch name {
    case "kernel" where !isNumbered: noteKernelTag()
    // The console of a guest, as a hypervisor writes it down, and programs that print the kernel's log.
    case "Guest", "console", "serial", "dmesg", "kmsg": break
    default: note(.program(name))
    }
  }

  /// Behind more words than hosts have it is what somebody says, and so it is in quotes without a time.
  private mutating func noteKernelTag() {
    hasKernelTag = true
    if hosts > max(1, times) || wrapping.isQuoted && !hasTime { plainWords += 2 }
    note(.kernel)
  }

  /// Takes note of who wrote it. A program's words on the kernel stay the program's.
  private mutating func note(_ origin: Wrapping.Origin) {
    if !wrapping.origin.isProgram { wrapping.origin = origin }
  }
}

extension Reader {
  /// The next byte that isn't a blank, which the reader then stands on.
  fileprivate mutating func nextBeyondSpace(in line: Span<UInt8>) -> UInt8? {
    skipBlanks(in: line)
    return next(in: line)
  }

  /// The bytes of a word: to a blank, a bracket, a quotation mark, a bar, a comma, or a colon that
  /// ends it.
  fileprivate mutating func token(in line: Span<UInt8>) -> Range<Int> {
    let start = offset
    while let byte = next(in: line), !byte.isBlank, byte.closingBracket == nil,
      byte != UInt8(ascii: "\""), byte != UInt8(ascii: "|"), byte != UInt8(ascii: ",")
    {
      if byte == UInt8(ascii: ":") {
        var behind = self
        behind.offset += 1
        guard let following = behind.next(in: line), !following.isBlank,
          following.closingBracket == nil
        else { break }
      }
      offset += 1
    }
    return start..<offset
  }
}

extension UInt8 {
  /// The bracket that closes this one.
  var closingBracket: UInt8? {
    switch self {
    case UInt8(ascii: "["): UInt8(ascii: "]")
    case UInt8(ascii: "("): UInt8(ascii: ")")
    case UInt8(ascii: "<"): UInt8(ascii: ">")
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    default: nil
    }
  }
}

extension Span<UInt8> {
  /// True of what stands before a client's words in a web server's log: what it asked for.
  fileprivate var isOfWebServer: Bool {
    for words in ["\"GET /", "\"POST /", "\"HEAD /", " HTTP/1.", " HTTP/2"] as [StaticString]
    where offset(of: words) != nil { return true }
    return false
  }

  /// True for a level of syslog(3), or a letter or number that stands for one: `W`, `W/`, `I125`.
  fileprivate var isLogLevel: Bool {
    guard self[0].isLetter else { return false }
    if count == 1 || count == 2 && self[1] == UInt8(ascii: "/") { return true }
    if self[0] & 0x20 == 0, (1..<count).allSatisfy({ self[$0].isDigit }) { return true }
    let word = String(text.lowercased())
    return Self.levels.contains(word)
  }

  private static var levels: [String] {
    [
      "kern", "emerg", "alert", "crit", "critical", "err", "error", "warn", "warning", "notice",
      "info", "debug", "fatal", "verbose", "stdout", "stderr", "f", "p",
    ]
  }

  /// `daemon.info` and the like, as Busybox writes between host and tag.
  fileprivate var isFacility: Bool {
    for name in ["user.", "daemon.", "auth.", "syslog.", "cron.", "local"] as [StaticString]
    where starts(with: name) { return offset(of: ".") != nil }
    return false
  }

  /// The bytes of a sign that isn't ASCII: a bar of a table, a quotation mark, a bullet, an arrow.
  fileprivate func signLength(at offset: Int) -> Int? {
    guard offset + 1 < count else { return nil }
    switch (self[offset], self[offset + 1]) {
    case (0xE2, 0x80), (0xE2, 0x86), (0xE2, 0x94), (0xE2, 0x95), (0xE2, 0x96), (0xE2, 0x97):
      return 3
    case (0xC2, 0xAB), (0xC2, 0xBB), (0xC2, 0xB7): return 2
    default: return nil
    }
  }

  fileprivate var hasSignOrDigit: Bool {
    for offset in 0..<count
    where self[offset].isDigit || self[offset] == UInt8(ascii: "-")
      || self[offset] == UInt8(ascii: "_") || self[offset] == UInt8(ascii: ".")
      || self[offset] == UInt8(ascii: "/")
    { return true }
    return false
  }
}
