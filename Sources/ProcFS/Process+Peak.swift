extension Process {
  /// The most memory that it ever had resident, `VmHWM` of `status`; `nil` for what has no memory.
  public var peakMemory: Kibibytes? {
    get throws(ProcFSError) {
      var peak: Kibibytes?
      try directory.forEachLine(of: "status", longest: 256) { line in
        var cursor = Cursor()
        guard line.holds("VmHWM", in: line.key(at: &cursor)) else { return }
        peak = cursor.integer(in: line).map { Kibibytes($0) }
      }
      return peak
    }
  }
}
