import LogLines

extension Sentence {
  /// `oom-kill:constraint=…,nodemask=…,cpuset=…,…,task=C,pid=N,uid=N`: `dump_oom_summary`.
  ///
  /// It is split from the right: paths and names may hold commas and the words of the keys.
  static func summary(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    guard reader.skip("oom-kill:constraint=", in: line) else { return nil }
    let word = reader.until(UInt8(ascii: ","), in: line)
    guard !reader.isAtEnd(of: line) else { return nil }
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
  /// Reads `,task=C,pid=N,uid=N` at the end, and tells where it begins. Without the user the line is cut, and of
  /// what it ends with more may be missing.
  fileprivate mutating func readTask(_ line: Span<UInt8>) -> Int {
    guard let uidStart = line.lastOffset(of: ",uid=") else { return readCutTask(line) }
    var reader = Reader(offset: uidStart + 5)
    uid = reader.natural(in: line)
    return readName(line.extracting(0..<uidStart), isCut: false)
  }

  /// What comes last is known to end only where something else begins.
  private mutating func readCutTask(_ line: Span<UInt8>) -> Int {
    isCut = true
    let lastKey = [
      ",nodemask=", ",cpuset=", ",mems_allowed=", ",oom_memcg=", ",global_oom", ",task_memcg=",
      ",task=", ",pid=",
    ].compactMap { (key: StaticString) in line.lastOffset(of: key) }.max()
    guard let lastKey else { return 0 }
    var reader = Reader(offset: lastKey)
    if reader.skip(",pid=", in: line), let number = reader.natural(in: line),
      !reader.isAtEnd(of: line)
    {
      pid = number
    }
    return readName(line.extracting(0..<lastKey), isCut: true)
  }

  /// Reads `,task=C,pid=N`, or as much of it as is there.
  private mutating func readName(_ line: Span<UInt8>, isCut: Bool) -> Int {
    var end = line.count
    if let pidStart = line.lastOffset(of: ",pid=") {
      var reader = Reader(offset: pidStart + 5)
      pid = reader.natural(in: line)
      end = pidStart
    } else if !isCut {
      return line.count
    }
    let before = line.extracting(0..<end)
    // A name has 15 bytes at most; one further left belongs to a path.
    guard let start = Self.taskStart(in: before) else { return end }
    if end - start - 6 <= Sentence.longestName { name = before.text(in: start + 6..<end) }
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
