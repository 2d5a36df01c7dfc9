import LogLines

extension Sentence {
  /// `oom-kill:constraint=…,nodemask=…,cpuset=…,…,task=C,pid=N,uid=N`: `dump_oom_summary`.
  ///
  /// It is split from the right: paths and names may hold commas and the words of the keys.
  static func summary(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    guard reader.skip("oom-kill:constraint=", in: line) else { return nil }
    let word = reader.until(UInt8(ascii: ","), in: line)
    let prefix = "CONSTRAINT_".utf8.count
    let hasPrefix = line.starts(with: "CONSTRAINT_", at: word.lowerBound)
    var summary = Summary(
      constraint: line.text(in: word.lowerBound + (hasPrefix ? prefix : 0)..<word.upperBound))
    let rest = line.extracting(word.upperBound..<line.count)
    summary.readCgroups(rest.extracting(0..<summary.readTask(rest)))
    return .summary(summary)
  }
}

extension Summary {
  /// Reads `,task=C,pid=N,uid=N` at the end, and tells where it begins.
  fileprivate mutating func readTask(_ line: Span<UInt8>) -> Int {
    guard let uidStart = line.lastOffset(of: ",uid=") else { return line.count }
    var reader = Reader(offset: uidStart + 5)
    uid = reader.natural(in: line)
    let beforeUID = line.extracting(0..<uidStart)
    guard let pidStart = beforeUID.lastOffset(of: ",pid=") else { return uidStart }
    reader.offset = pidStart + 5
    pid = reader.natural(in: beforeUID)
    let beforePID = beforeUID.extracting(0..<pidStart)
    // A name has 15 bytes at most; one further left belongs to a path.
    guard let start = Self.taskStart(in: beforePID) else { return pidStart }
    name = beforePID.text(in: start + 6..<pidStart)
    return start
  }

  /// The leftmost `,task=` that leaves a name's length: the name itself may hold these words.
  private static func taskStart(in line: Span<UInt8>) -> Int? {
    let earliest = max(0, line.count - 15 - 6)
    return line.offset(of: ",task=", from: earliest) ?? line.lastOffset(of: ",task=")
  }

  /// Reads the keys that come before, from the left as far as they are numbers, then paths.
  fileprivate mutating func readCgroups(_ line: Span<UInt8>) {
    var end = line.count
    if let start = line.lastOffset(of: ",task_memcg=") {
      taskCgroup = line.text(in: start + 12..<end)
      end = start
    }
    let before = line.extracting(0..<end)
    if let start = before.offset(of: ",oom_memcg=") {
      limitCgroup = before.text(in: start + 11..<end)
      end = start
    } else if let start = before.lastOffset(of: ",global_oom") {
      isGlobal = true
      end = start
    }
    readNodes(line.extracting(0..<end))
  }

  /// `,nodemask=M,cpuset=NAME,mems_allowed=M`; node lists hold commas.
  private mutating func readNodes(_ line: Span<UInt8>) {
    var end = line.count
    if let start = line.lastOffset(of: ",mems_allowed=") {
      allowedNodes = line.text(in: start + 14..<end)
      end = start
    }
    let before = line.extracting(0..<end)
    if let start = before.offset(of: ",cpuset=") {
      cpuset = before.text(in: start + 8..<end)
      end = start
    }
    guard line.starts(with: ",nodemask="), end >= 10 else { return }
    let mask = line.text(in: 10..<end)
    nodes = mask == "(null)" ? nil : mask
  }
}
