/// Signals that wait to be taken, from `/proc/PID/status`: a bit each.
struct PendingSignals: KernelText {
  static var expectation: String { "SigPnd and ShdPnd" }

  private var bits: UInt64 = 0

  init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let key = text.key(at: &cursor)
      if text.holds("SigPnd", in: key) || text.holds("ShdPnd", in: key) {
        var value = cursor
        bits |= value.hexadecimal(in: text) ?? 0
      }
      _ = cursor.line(in: text)
    }
  }

  /// True where SIGKILL, the ninth, is among them.
  var kills: Bool { bits & 1 << 8 != 0 }
}

extension Process {
  /// True where it hangs in the kernel, or is about to end: one of its threads sleeps and can't be
  /// woken (state `D`), or SIGKILL is pending. A read that needs its memory's lock might never come
  /// back then.
  ///
  /// With more threads than ``mostThreads`` they aren't looked at, and it counts as hanging.
  public var mayHang: Bool {
    get throws(ProcFSError) {
      let pending: PendingSignals = try directory.read("status")
      let all = try threads
      if pending.kills || all.count > Self.mostThreads { return true }
      for id in all {
        guard let stat = try ifPresent(try thread(id).stat) else { continue }
        if stat.state == "D" { return true }
      }
      return false
    }
  }

  /// Of how many threads the state is asked at most.
  public static var mostThreads: Int { 4096 }
}
