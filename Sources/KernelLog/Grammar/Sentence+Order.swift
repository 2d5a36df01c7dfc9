import LogLines

/// Neighbours in a report, which show whether a log has its newest line first.
extension Sentence {
  /// True where a line and the next one, with their prefixes, are as the kernel prints them, false where they are the
  /// other way round; `nil` where they don't show it.
  static func areInOrder(_ line: Span<UInt8>, _ next: Span<UInt8>) -> Bool? {
    if follows(next, line) { return true }
    return follows(line, next) ? false : nil
  }

  /// True where the kernel prints one line right behind another.
  private static func follows(_ line: Span<UInt8>, _ before: Span<UInt8>) -> Bool {
    if before.offset(of: "uid  tgid total_vm") != nil { return line.holdsRow }
    if before.offset(of: "Free swap  = ") != nil { return line.offset(of: "Total swap = ") != nil }
    guard let victim = line.number(behind: "Killed process ") else { return false }
    let chosen =
      before.number(behind: "Kill process ")
      ?? (before.offset(of: "oom-kill:constraint=") == nil ? nil : before.number(behind: ",pid="))
    return chosen == victim
  }
}

extension Span<UInt8> {
  /// True where a process's number stands in brackets, and its user behind, as a row of the task table begins.
  fileprivate var holdsRow: Bool {
    var reader = Reader()
    while reader.skipPast("[", in: self) {
      reader.skipBlanks(in: self)
      guard reader.natural(in: self) != nil, reader.skip("] ", in: self) else { continue }
      reader.skipBlanks(in: self)
      if reader.natural(in: self) != nil { return true }
    }
    return false
  }

  fileprivate func number(behind word: StaticString) -> Int? {
    var reader = Reader()
    guard reader.skipPast(word, in: self) else { return nil }
    return reader.natural(in: self)
  }
}
