import DaemonLog
import LogLines

extension Sentence {
  /// Lines that say who was chosen, who was killed, or that nobody was.
  static func verdict(_ line: Span<UInt8>) -> Sentence? {
    if let panic = panic(line) { return panic }
    if line.starts(with: "Out of memory and no killable processes") { return .noVictim }
    if let exiting = exiting(line) { return exiting }
    var reader = Reader()
    guard let verb = killVerb(in: line) else { return nil }
    let message = line.text(in: 0..<max(0, verb.lowerBound - 2))
    reader.offset = verb.upperBound
    guard let pid = reader.natural(in: line) else { return nil }
    return line[verb.lowerBound + 4] == UInt8(ascii: "e")
      ? kill(line, at: &reader, pid: pid, message: message)
      : selection(line, at: &reader, pid: pid, message: message)
  }

  /// `Killed process ` or `Kill process ` (to 2.6.35 with a small k), at the start or behind a message and a
  /// colon.
  private static func killVerb(in line: Span<UInt8>) -> Range<Int>? {
    for word in ["Killed process ", "Kill process ", "kill process "] as [StaticString] {
      let end = word.utf8CodeUnitCount
      if line.starts(with: word) { return 0..<end }
      for message in messages where line.starts(with: message) {
        let start = message.utf8CodeUnitCount
        if line.starts(with: ": ", at: start), line.starts(with: word, at: start + 2) {
          return start + 2..<start + 2 + end
        }
      }
    }
    return nil
  }

  /// The messages that `oom_kill_process` is called with, in all versions.
  private static let messages: [StaticString] = [
    "Out of memory (oom_kill_allocating_task)", "Out of memory", "Out of Memory",
    "Memory cgroup out of memory", "No available memory (MPOL_BIND)",
    "No available memory in cpuset",
  ]

  /// `N (C) score N or sacrifice child`, in older words `or a child`, `and children.`.
  private static func selection(
    _ line: Span<UInt8>, at reader: inout Reader, pid: Int, message: String
  ) -> Sentence? {
    guard reader.skip(" (", in: line) else { return nil }
    guard let end = line.lastOffset(of: ") score ") else {
      guard let end = cutNameEnd(in: line, from: reader.offset, before: [") score "]) else {
        return nil
      }
      let name = line.text(in: reader.offset..<end)
      return .selection(Selection(pid: pid, name: name, score: nil), message: message)
    }
    guard reader.offset...reader.offset + longestName ~= end else { return nil }
    let name = line.text(in: reader.offset..<end)
    reader.offset = end + ") score ".utf8.count
    let score = reader.natural(in: line)
    return .selection(Selection(pid: pid, name: name, score: score), message: message)
  }

  /// `N (C) total-vm:NkB, …`, in el6 with the user before the name and in el7 behind it.
  private static func kill(
    _ line: Span<UInt8>, at reader: inout Reader, pid: Int, message: String
  ) -> Sentence? {
    var victim = Victim(pid: pid, name: "")
    if reader.skip(", UID ", in: line) {
      victim.uid = reader.natural(in: line)
      guard reader.skip(",", in: line) else { return nil }
    }
    guard reader.skip(" (", in: line),
      let end = nameEnd(in: line, from: reader.offset)
        ?? cutNameEnd(in: line, from: reader.offset, before: [") total-vm:", "), UID "])
    else { return nil }
    victim.name = line.text(in: reader.offset..<end)
    reader.offset = end + 1
    victim.readSizes(of: line, at: &reader)
    return .kill(victim, message: message)
  }

  /// The end of a name in a line that was cut behind it, or within it.
  private static func cutNameEnd(
    in line: Span<UInt8>, from start: Int, before words: [StaticString]
  ) -> Int? {
    guard start < line.count else { return nil }
    guard let bracket = line.lastOffset(of: ")"), bracket >= start else {
      // A name has 15 bytes; where there are as many the bracket would follow.
      return line.count - start <= 15 ? line.count : nil
    }
    guard bracket - start <= 15 else { return nil }
    let rest = line.count - bracket
    let isCut = words.contains { word in
      rest < word.utf8CodeUnitCount && line.extracting(bracket..<line.count).isBeginning(of: word)
    }
    return isCut ? bracket : nil
  }

  /// The last bracket that something known follows: a name can hold brackets itself. It has 15 bytes, of
  /// which a log may show each as four.
  private static func nameEnd(in line: Span<UInt8>, from start: Int) -> Int? {
    if let end = nameEnd(in: line, from: start, longest: 15) { return end }
    guard let end = nameEnd(in: line, from: start, longest: longestName) else { return nil }
    let name = line.extracting(start..<end)
    let isEscaped = name.offset(of: "\\") != nil || name.offset(of: "#") != nil
    return isEscaped || !name.isPlain ? end : nil
  }

  private static func nameEnd(in line: Span<UInt8>, from start: Int, longest: Int) -> Int? {
    var offset = min(line.count - 1, start + longest)
    while offset >= start {
      if line[offset] == UInt8(ascii: ")"), isBehindName(line, at: offset + 1) { return offset }
      offset -= 1
    }
    return nil
  }

  private static func isBehindName(_ line: Span<UInt8>, at offset: Int) -> Bool {
    var reader = Reader(offset: offset)
    if reader.skip(", UID ", in: line) { return true }
    reader.skipBlanks(in: line)
    if isElided(line, from: reader.offset) { return true }
    for key in sizes where line.starts(with: key, at: reader.offset) { return true }
    return false
  }

  /// The keys that can follow the name, also where some are lost.
  private static let sizes: [StaticString] = [
    "total-vm:", "vsz:", "anon-rss:", "UID:", "pgtables:", "oom_score_adj:",
  ]

  /// True where nothing follows but the dots that somebody has put in place of the rest.
  private static func isElided(_ line: Span<UInt8>, from start: Int) -> Bool {
    if line.starts(with: "…", at: start) { return true }
    for offset in start..<line.count where line[offset] != UInt8(ascii: ".") { return false }
    return true
  }
}

extension Span<UInt8> {
  /// True where a word begins with all of it.
  fileprivate func isBeginning(of word: StaticString) -> Bool {
    for offset in 0..<count where unsafe word.utf8Start[offset] != self[offset] { return false }
    return true
  }
}

extension Victim {
  /// `total-vm:NkB, anon-rss:NkB, …, UID:N pgtables:NkB oom_score_adj:I`; keys come and go.
  fileprivate mutating func readSizes(of line: Span<UInt8>, at reader: inout Reader) {
    if reader.skip(", UID ", in: line) {
      uid = reader.natural(in: line)
      _ = reader.skip(",", in: line)
    }
    while !reader.isAtEnd(of: line) {
      reader.skipBlanks(in: line)
      let key = reader.until(UInt8(ascii: ":"), in: line)
      guard reader.skip(":", in: line) else { return }
      let start = reader.offset
      let value = reader.integer(in: line)
      // A number that doesn't fit is none, and the others are to be read all the same.
      guard reader.offset > start else { return }
      // The unit stands behind some, a comma behind others; where the line ends too early, digits may be missing.
      let hasUnit = reader.skip("kB", in: line)
      if !hasUnit, reader.isAtEnd(of: line), !line.holds("oom_score_adj", in: key) { return }
      if let value { set(line, key: key, to: value) }
      _ = reader.skip(",", in: line)
    }
  }

  private mutating func set(_ line: Span<UInt8>, key: Range<Int>, to value: Int) {
    let size = Kibibytes(value)
    if line.holds("total-vm", in: key) || line.holds("vsz", in: key) {
      totalVM = size
    } else if line.holds("anon-rss", in: key) {
      anonymous = size
    } else if line.holds("file-rss", in: key) {
      file = size
    } else if line.holds("shmem-rss", in: key) {
      shared = size
    } else if line.holds("UID", in: key) {
      uid = value
    } else if line.holds("pgtables", in: key) {
      pageTables = size
    } else if line.holds("oom_score_adj", in: key), Sentence.adjustments.contains(value) {
      adjustment = value
    }
  }
}
