import LogLines

/// Android's killers, both of which log as `lowmemorykiller`: lmkd, a daemon, and before it a driver in the
/// kernel (`drivers/staging/android/lowmemorykiller.c` to 4.11, and vendors' since).
extension KillerSentence {
  /// A line of lmkd's, or of the driver's, without the name before it.
  static func android(_ line: Span<UInt8>) -> (killer: String, KillerSentence)? {
    if let kill = lmkdKill(line) ?? killing(line) ?? signalled(line) {
      return (kill.killer, .kill(kill))
    }
    if line.starts(with: "kill("), line.offset(of: "): errno=") != nil {
      return (DaemonKill.lmkd, .failure)
    }
    return androidAddition(line).map { (DaemonKill.driver, $0) }
  }

  /// A line of the kernel's log.
  static func driver(_ line: Span<UInt8>) -> (killer: String, KillerSentence)? {
    var reader = Reader()
    if reader.skip("lowmemorykiller: ", in: line) {
      return android(line.extracting(reader.offset..<line.count))
    }
    // The first versions didn't name themselves.
    return (killing(line) ?? signalled(line)).map { ($0.killer, .kill($0)) }
  }

  /// A line of Android's log, behind the time: `350 350 I lowmemorykiller: …` or `I/lowmemorykiller( 350): …`;
  /// or one whose words alone are enough.
  static func logcat(_ line: Span<UInt8>) -> (killer: String, KillerSentence)? {
    if let kill = lmkdKill(line) { return (kill.killer, .kill(kill)) }
    var reader = Reader()
    while let byte = reader.next(in: line), byte.isDigit || byte.isBlank { reader.offset += 1 }
    guard reader.next(in: line)?.isLetter == true else { return nil }
    reader.offset += 1
    guard reader.skip(" ", in: line) || reader.skip("/", in: line),
      reader.skip("lowmemorykiller", in: line) || reader.skip("lmkd", in: line)
    else { return nil }
    reader.skipBlanks(in: line)
    if reader.skip("(", in: line) {
      reader.skipBlanks(in: line)
      guard reader.natural(before: ")", in: line) != nil else { return nil }
    }
    guard reader.skip(":", in: line) else { return nil }
    let words = line.extracting(reader.offset..<line.count)
    return android(words.extracting(words.trimmed))
  }

  /// `Kill 'a' (12), uid 10123, oom_score_adj 900 to free 512kB rss, 64kB swap; reason: …`, in Android 10
  /// `oom_adj 900 to free 512kB`: `kill_one_process` in `lmkd.cpp`.
  private static func lmkdKill(_ line: Span<UInt8>) -> DaemonKill? {
    guard line.starts(with: "Kill '"), let end = line.lastOffset(of: "' (") else { return nil }
    var kill = DaemonKill(killer: DaemonKill.lmkd)
    kill.signal = "SIGKILL"
    kill.name = line.text(in: 6..<max(6, end))
    var reader = Reader(offset: end + 3)
    kill.pid = reader.natural(before: "), uid ", in: line)
    kill.uid = reader.natural(in: line)
    guard kill.pid != nil, kill.uid != nil,
      reader.skip(", oom_score_adj ", in: line) || reader.skip(", oom_adj ", in: line)
    else { return nil }
    kill.adjustment = reader.integer(in: line)
    guard kill.adjustment != nil, reader.skip(" to free ", in: line),
      let size = reader.natural(before: "kB", in: line)
    else { return nil }
    kill.resident = Kibibytes(size)
    if reader.skip(" rss, ", in: line) {
      kill.swapped = reader.natural(before: "kB swap", in: line).map { Kibibytes($0) }
    }
    if reader.skipPast("; reason: ", in: line) {
      kill.reason = line.text(in: reader.offset..<line.count)
    }
    return kill
  }

  /// `Killing 'a' (12), adj 15,`, which goes on in further lines, or on the same: the driver since 3.10, and lmkd
  /// to Android 9, which adds the user.
  private static func killing(_ line: Span<UInt8>) -> DaemonKill? {
    guard line.starts(with: "Killing '") else { return nil }
    let head = line.extracting(0..<(line.offset(of: " to free ") ?? line.count))
    guard let end = head.lastOffset(of: "' (") ?? line.lastOffset(of: "' (") else { return nil }
    var kill = DaemonKill(killer: DaemonKill.driver)
    kill.signal = "SIGKILL"
    kill.name = line.text(in: 9..<max(9, end))
    var reader = Reader(offset: end + 3)
    kill.pid = reader.natural(before: ")", in: line)
    if reader.skip(" (tgid ", in: line) { kill.pid = reader.natural(before: ")", in: line) }
    if reader.skip(", uid ", in: line) {
      kill.killer = DaemonKill.lmkd
      kill.uid = reader.natural(in: line)
    }
    guard kill.pid != nil, readAdjustment(of: line, at: &reader, into: &kill) else { return nil }
    _ = reader.skip(",", in: line)
    if case .addition(let addition)? = androidAddition(line.extracting(reader.offset..<line.count))
    {
      kill.add(addition)
    }
    return kill
  }

  /// `send sigkill to 12 (a), adj 15, size 1234`, in pages: the driver to 3.9, with variants of vendors.
  private static func signalled(_ line: Span<UInt8>) -> DaemonKill? {
    var reader = Reader()
    _ = reader.skip("[SELECTED] ", in: line)
    guard reader.skip("send sigkill to ", in: line) else { return nil }
    var kill = DaemonKill(killer: DaemonKill.driver)
    kill.signal = "SIGKILL"
    kill.pid = reader.natural(before: " (", in: line)
    guard kill.pid != nil, let end = line.lastOffset(of: "),"), end >= reader.offset else {
      return nil
    }
    kill.name = line.text(in: reader.offset..<end)
    reader.offset = end + 1
    guard readAdjustment(of: line, at: &reader, into: &kill), reader.skip(", size ", in: line),
      let pages = reader.natural(in: line)
    else { return nil }
    // Its machines have pages of 4 KiB; one vendor prints bytes.
    let isInBytes = reader.skip(" Byte", in: line)
    let size = pages.multipliedReportingOverflow(by: 4).partialValue
    kill.resident = Kibibytes(isInBytes ? pages / 1024 : size)
    return kill
  }

  /// `, adj 15`, `, oom_adj 15, score_adj 1000` or `, score_adj 1000,adj 15`: the old scale's where there
  /// are two is the lesser one.
  private static func readAdjustment(
    of line: Span<UInt8>, at reader: inout Reader, into kill: inout DaemonKill
  ) -> Bool {
    while true {
      var next = reader
      guard next.skip(",", in: line) else { break }
      next.skipBlanks(in: line)
      let isScore = next.skip("score_adj ", in: line) || next.skip("oom_score_adj ", in: line)
      guard isScore || next.skip("adj ", in: line) || next.skip("oom_adj ", in: line),
        let value = next.integer(in: line)
      else { break }
      if isScore || kill.adjustment == nil { kill.adjustment = value }
      reader = next
    }
    return kill.adjustment != nil
  }

  /// What follows on the same line, or on further ones.
  static func androidAddition(_ line: Span<UInt8>) -> KillerSentence? {
    let line = line.extracting(line.trimmed)
    var addition = Addition()
    var reader = Reader()
    if reader.skip("to free ", in: line) {
      guard let size = reader.natural(before: "kB", in: line) else { return nil }
      addition.resident = Kibibytes(size)
      if let start = line.offset(of: " on behalf of '"),
        let end = line.offset(of: "' (", from: start)
      {
        var invoker = Invoker()
        invoker.name = line.text(in: start + 15..<max(start + 15, end))
        var pid = Reader(offset: end + 3)
        invoker.pid = pid.natural(in: line)
        addition.invoker = invoker
      }
      reader.offset = line.count
      if let because = line.offset(of: " because ") { reader.offset = because + 9 }
    } else if line.starts(with: "cache ") {
      guard line.offset(of: "kB is below limit ") != nil else { return nil }
    } else {
      for words in androidFillers where line.starts(with: words) { return .filler }
      return nil
    }
    let reason = line.extracting(reader.offset..<line.count)
    let words = reason.extracting(0..<(reason.offset(of: " Free memory is ") ?? reason.count))
    if !words.trimmed.isEmpty { addition.reason = words.extracting(words.trimmed).condensed }
    return .addition(addition)
  }

  private static let androidFillers: [StaticString] = [
    "Free memory is ", "Free CMA is ", "Total reserve is ", "Total free pages is ",
    "Total file cache is ", "Total zcache is ", "GFP mask is ", "(decrease ",
  ]
}

extension DaemonKill {
  /// Android's daemon.
  static let lmkd = "lmkd"
  /// Android's driver in the kernel.
  package static let driver = "lowmemorykiller"

  mutating func add(_ addition: KillerSentence.Addition) {
    if let resident = addition.resident { self.resident = resident }
    if let reason = addition.reason { self.reason = reason }
    if let invoker = addition.invoker { self.invoker = invoker }
    if let processes = addition.processes { self.processes = processes }
  }
}
