extension Process {
  /// True where it hangs in the kernel, or is about to end: one of its threads sleeps and can't be woken
  /// (state `D`), or SIGKILL waits. What needs its memory's lock might never come back then.
  ///
  /// With more threads than ``mostThreads`` nobody looks, and it is taken for hanging.
  public var mayHang: Bool {
    get throws(ProcFSError) {
      let all = try threads
      if try isToBeKilled || all.count > Self.mostThreads { return true }
      for id in all {
        guard let stat = try ifPresent(try thread(id).stat) else { continue }
        if stat.state == "D" { return true }
      }
      return false
    }
  }

  /// True where SIGKILL, the ninth signal, waits for it or its main thread.
  private var isToBeKilled: Bool {
    get throws(ProcFSError) {
      var pending: UInt64 = 0
      try directory.forEachLine(of: "status", longest: 256) { line in
        var cursor = Cursor()
        let key = line.key(at: &cursor)
        guard line.holds("SigPnd", in: key) || line.holds("ShdPnd", in: key) else { return }
        pending |= cursor.hexadecimal(in: line) ?? 0
      }
      return pending & 1 << 8 != 0
    }
  }

  /// The most threads that are asked for their state.
  public static var mostThreads: Int { 4096 }
}
