extension Wrapping {
  /// `HOST TAG: ` behind a date, where the host may be missing, and a level may stand before the tag.
  mutating func takeTag(of line: Span<UInt8>, at reader: inout Reader) {
    var next = reader
    if let tag = Self.tag(in: line, at: &next) {
      escapesLineEnds = true
      name(tag)
      reader = next
      return
    }
    let host = next.word(in: line)
    guard !host.isEmpty, line[host.lowerBound] != UInt8(ascii: "["), next.skip(" ", in: line) else {
      return
    }
    let behindHost = next
    var found = Self.tag(in: line, at: &next)
    if found == nil, next.next(in: line) != UInt8(ascii: "[") {
      // Busybox writes `kern.warn` between them.
      let level = next.word(in: line)
      if line.extracting(level).offset(of: UInt8(ascii: "."), from: 0) != nil,
        next.skip(" ", in: line)
      {
        found = Self.tag(in: line, at: &next)
        if found != nil, !line.starts(with: "kern.", at: level.lowerBound) {
          origin = .kernelLogWriter
        }
      }
    }
    if let found {
      escapesLineEnds = true
      name(found)
      stamp.host = line.text(in: host)
      reader = next
    } else if behindHost.next(in: line) == UInt8(ascii: "[") {
      stamp.host = line.text(in: host)
      reader = behindHost
    }
  }

  /// `kernel: `, with the message glued to it in some logs, or `NAME[PID]: `; the reader stands behind it.
  static func tag(in line: Span<UInt8>, at reader: inout Reader) -> Origin? {
    var next = reader
    if next.skip("kernel:", in: line) || next.skip("kernel[0]:", in: line) {
      _ = next.skip(" ", in: line)
      // A second one stands there where a relay has named it again.
      _ = next.skip("kernel: ", in: line)
      reader = next
      return .kernel
    }
    let word = next.word(in: line)
    guard word.count > 1, word.count < 64, line[word.upperBound - 1] == UInt8(ascii: ":") else {
      return nil
    }
    var end = word.upperBound - 1
    let hasNumber = line[end - 1] == UInt8(ascii: "]")
    if hasNumber, let bracket = line.extracting(word).offset(of: UInt8(ascii: "["), from: 0) {
      end = word.lowerBound + bracket
    }
    guard end > word.lowerBound else { return nil }
    _ = next.skip(" ", in: line)
    reader = next
    let name = line.text(in: word.lowerBound..<end)
    // The kernel is no process.
    return hasNumber ? .program(name) : .named(name)
  }

  /// Takes note of a tag. A facility that isn't the kernel's is better evidence than what anyone may write.
  private mutating func name(_ tag: Origin) {
    if tag != .kernel || origin != .kernelLogWriter { origin = tag }
  }

  /// `HOST APP PROCID MSGID SD ` behind RFC 5424's date.
  mutating func takeStructuredHead(of line: Span<UInt8>, at reader: inout Reader) {
    let host = reader.word(in: line)
    guard reader.skip(" ", in: line) else { return }
    let program = reader.word(in: line)
    for _ in 0..<2 {
      guard reader.skip(" ", in: line) else { return }
      _ = reader.word(in: line)
    }
    guard reader.skip(" ", in: line) else { return }
    skipStructuredData(of: line, at: &reader)
    _ = reader.skip(" ", in: line)
    _ = reader.skip("\u{FEFF}", in: line)
    stamp.host = line.text(in: host)
    escapesLineEnds = true
    name(.named(line.text(in: program)))
  }

  /// `-`, or any number of `[…]`, in which a closing bracket is escaped.
  private func skipStructuredData(of line: Span<UInt8>, at reader: inout Reader) {
    if reader.skip("-", in: line) { return }
    while reader.next(in: line) == UInt8(ascii: "[") {
      while let byte = reader.next(in: line), byte != UInt8(ascii: "]") {
        reader.offset += byte == UInt8(ascii: "\\") ? 2 : 1
      }
      reader.offset += 1
    }
    // An element that isn't closed, or ends in a backslash, ends with the line.
    reader.offset = min(reader.offset, line.count)
  }
}

extension Wrapping.Origin {
  /// By the tag that syslog knows a program by; old journals call the kernel so, too.
  static func named(_ tag: String) -> Self { tag == "kernel" ? .kernel : .program(tag) }

  /// The daemons that kill when memory runs out, by the names that they log under.
  package static let killers = [
    "systemd-oomd", "earlyoom", "nohang", "nohang-desktop", "oomd", "lmkd",
  ]

  /// The tags before lines that tell of their kills: the service manager counts for one of them, and Android's
  /// logs under its predecessor's name.
  package static let killersTags = killers + ["systemd", personsManager, "lowmemorykiller"]

  /// The service manager that a person runs; it calls itself as the system's does.
  package static let personsManager = "systemd --user"

  package var isProgram: Bool {
    switch self {
    case .program, .kernelLogWriter: true
    case .unknown, .kernel: false
    }
  }

  /// True for one of the programs that kill when memory runs out.
  var isDaemon: Bool {
    guard case .program(let name) = self else { return false }
    return Self.killersTags.contains(name)
  }
}
