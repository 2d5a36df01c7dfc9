import LogLines

/// earlyoom, in the words of its `kill.c` and `main.c` of all versions.
extension KillerSentence {
  static func earlyoom(_ line: Span<UInt8>) -> KillerSentence? {
    if let kill = earlyoomKill(line) { return .kill(kill) }
    if line.starts(with: "mem avail: ") { return .state(line.condensed) }
    for words in earlyoomReasons where line.starts(with: words) { return .reason(line.condensed) }
    if line.starts(with: "kill failed: ") {
      // Its signal was sent, and it waited for the end in vain.
      return line.offset(of: "Timer expired") == nil ? .failure : .filler
    }
    return line.starts(with: "dryrun, not actually sending any signal") ? .failure : nil
  }

  private static let earlyoomReasons: [StaticString] = [
    // Since 1.3, in 1.2, to 1.1, and before percentages could be given.
    "low memory! at or below SIG", "Low memory! At or below SIG", "Low Memory! At or below SIG",
    "Low memory! mem avail: ", "Out of memory! avail: ",
  ]

  /// `sending SIGTERM to process 12 uid 1000 "name": oom_score 900, oom_score_adj 0, VmRSS 20 MiB, cmdline "…"`,
  /// with `badness 900` before 1.8, without the user before 1.4, and before 1.3
  /// `killing process 12 "name" with signal 15: …`.
  private static func earlyoomKill(_ line: Span<UInt8>) -> DaemonKill? {
    var reader = Reader()
    var kill = DaemonKill(killer: "earlyoom")
    let isOld = reader.skip("killing process ", in: line)
    if !isOld {
      guard reader.skip("sending ", in: line) else { return nil }
      kill.signal = line.text(in: reader.word(in: line))
      guard kill.signal == "SIGTERM" || kill.signal == "SIGKILL",
        reader.skip(" to process ", in: line)
      else { return nil }
    }
    kill.pid = reader.natural(in: line)
    guard kill.pid != nil else { return nil }
    if reader.skip(" uid ", in: line) { kill.uid = reader.natural(in: line) }
    guard reader.skip(" \"", in: line),
      let end = nameEnd(in: line, from: reader.offset, isOld ? "\" with signal " : "\": ")
    else { return nil }
    kill.name = line.text(in: reader.offset..<end.name)
    reader.offset = end.words
    if isOld {
      guard let number = reader.natural(before: ": ", in: line) else { return nil }
      kill.signal = number == 9 ? "SIGKILL" : "SIGTERM"
    }
    return readPoints(of: line, at: &reader, into: &kill) ? kill : nil
  }

  /// `badness 900, VmRSS 20 MiB` and its later forms.
  private static func readPoints(
    of line: Span<UInt8>, at reader: inout Reader, into kill: inout DaemonKill
  ) -> Bool {
    guard reader.skip("badness ", in: line) || reader.skip("oom_score ", in: line),
      reader.integer(in: line) != nil, reader.skip(", ", in: line)
    else { return false }
    if reader.skip("oom_score_adj ", in: line) {
      kill.adjustment = reader.integer(in: line)
      guard kill.adjustment != nil, reader.skip(", ", in: line) else { return false }
    }
    guard reader.skip("VmRSS ", in: line), let size = reader.natural(before: " MiB", in: line)
    else { return false }
    kill.resident = Kibibytes(size.multipliedReportingOverflow(by: 1024).partialValue)
    return true
  }

  /// The end of a name, which may hold a quotation mark itself, and where the words behind it begin.
  private static func nameEnd(
    in line: Span<UInt8>, from start: Int, _ words: StaticString
  ) -> (name: Int, words: Int)? {
    // A name has 15 bytes, or what can't be shown of it is written longer.
    var from = start
    while let end = line.offset(of: words, from: from), end - start <= 64 {
      let behind = end + words.utf8CodeUnitCount
      if line.starts(with: "badness ", at: behind) || line.starts(with: "oom_score ", at: behind)
        || behind < line.count && line[behind].isDigit
      {
        return (end, behind)
      }
      from = end + 1
    }
    return nil
  }

  /// Up to 1.1: `Killing process 12 name`, in brackets at first, and what perror(3) says of an attempt.
  static func firstEarlyoom(_ line: Span<UInt8>) -> KillerSentence? {
    if line.starts(with: "Could not kill process: ") { return .failure }
    var reader = Reader()
    guard reader.skip("Killing process ", in: line), let pid = reader.natural(before: " ", in: line)
    else { return nil }
    var kill = DaemonKill(killer: "earlyoom")
    kill.pid = pid
    var name =
      reader.offset..<(line.offset(of: " with badness ", from: reader.offset) ?? line.count)
    guard !name.isEmpty, name.count <= 64 else { return nil }
    if line[name.lowerBound] == UInt8(ascii: "("), line[name.upperBound - 1] == UInt8(ascii: ")") {
      name = name.lowerBound + 1..<max(name.lowerBound + 1, name.upperBound - 1)
    }
    kill.name = line.text(in: name)
    return .kill(kill)
  }
}
