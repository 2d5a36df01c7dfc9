import LogLines

/// What is left of lines about a kill of which too much was cut. Where nothing else near them tells of a kill, they
/// are the only trace of one.
struct Remnants {
  /// The line of the earliest one that nothing else explains.
  private var line: Int?
  /// True where it only says who asked for memory: the kill can be a whole report away.
  private var isInvocation = false
  private var lastKill: Int?

  /// Lines between what is said of one kill, and between its beginning and its end.
  private static let (nearness, longest) = (8, 4096)

  /// Notes a line if it is a remnant, and tells so.
  @discardableResult
  mutating func note(_ text: Span<UInt8>, line: Int) -> Bool {
    guard Sentence.isRemnant(text) else { return false }
    if let lastKill, line - lastKill <= Self.nearness { return true }
    if self.line == nil {
      self.line = line
      isInvocation = text.offset(of: " invoked oom-") != nil || Sentence.isRow(text)
    }
    return true
  }

  /// Forgets it where it is part of what has been told.
  mutating func settle(by events: ArraySlice<LogEvent>) {
    for event in events {
      switch event {
      case .kill(let kill):
        lastKill = kill.line
        if let remnant = self.line, kill.line - remnant <= reach { self.line = nil }
      case .incident(let incident):
        if let remnant = self.line, incident.line - remnant <= reach { self.line = nil }
      default: break
      }
    }
  }

  private var reach: Int { isInvocation ? Self.longest : Self.nearness }

  /// Its line, once nothing near can tell of a kill any more.
  mutating func takeOverdue(at line: Int) -> Int? {
    guard let remnant = self.line, line - reach > remnant else { return nil }
    self.line = nil
    return remnant
  }
}
