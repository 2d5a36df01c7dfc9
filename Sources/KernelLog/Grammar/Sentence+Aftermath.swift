import DaemonLog
import LogLines

extension Sentence {
  /// `oom_reaper: reaped process N (C), now anon-rss:NkB, …` and `unable to reap pid:N (C)`.
  static func reaper(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    guard reader.skip("oom_reaper: ", in: line) else { return nil }
    let isDone = reader.skip("reaped process ", in: line)
    guard isDone || reader.skip("unable to reap pid:", in: line),
      let pid = reader.natural(in: line), reader.skip(" (", in: line),
      let end = line.lastOffset(of: isDone ? "), now " : ")"),
      reader.offset...reader.offset + longestName ~= end
    else { return nil }
    let name = line.text(in: reader.offset..<end)
    return .reaped(
      pid: pid, name: name, isDone: isDone, left: isDone ? left(line, from: end) : nil)
  }

  /// The memory that a reaped process still holds.
  private static func left(_ line: Span<UInt8>, from start: Int) -> Kibibytes? {
    var sum = 0
    var reader = Reader(offset: start)
    var isFound = false
    while reader.skipPast("-rss:", in: line), let size = reader.kibibytes(in: line) {
      sum = sum.addingReportingOverflow(size.count).partialValue
      isFound = true
    }
    return isFound ? Kibibytes(sum) : nil
  }

  /// `…: OOM victim N (C) is already exiting. Skip killing the task`: `oom_kill_process`, from 5.9.
  static func exiting(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    guard reader.skipPast("OOM victim ", in: line), let pid = reader.natural(in: line),
      reader.skip(" (", in: line), let end = line.lastOffset(of: ") is already exiting"),
      reader.offset...reader.offset + longestName ~= end
    else { return nil }
    return .wasExiting(pid: pid, name: line.text(in: reader.offset..<end))
  }

  /// `Kernel panic - not syncing: …`, as far as memory was the reason.
  static func panic(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    guard reader.skip("Kernel panic - not syncing: ", in: line) else { return nil }
    for reason in [
      "Out of memory", "out of memory", "Out of Memory", "System is deadlocked on memory",
    ] as [StaticString] where line.starts(with: reason, at: reader.offset) {
      return .panic(line.text(in: reader.offset..<line.count))
    }
    guard line.starts(with: "Attempted to kill init!", at: reader.offset) else { return nil }
    let words = line.text(in: reader.offset..<line.count)
    return .initDied(words, wasKilled: line.offset(of: "exitcode=0x00000009") != nil)
  }

  /// `oom_kill_process: N callbacks suppressed`, in older words `__ratelimit: N callbacks suppressed`.
  static func limiter(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    for caller in ["oom_kill_process: ", "__ratelimit: "] as [StaticString]
    where reader.skip(caller, in: line) {
      guard let count = reader.natural(in: line), reader.skip(" callbacks suppressed", in: line)
      else { return nil }
      return .suppressed(count)
    }
    return nil
  }
}
