/// The most memory that a process ever had resident: `VmHWM` of `/proc/PID/status`.
public struct PeakMemory: Hashable, Sendable {
  /// `nil` for what has no memory.
  public var resident: Kibibytes?
}

extension PeakMemory: KernelText {
  public static var expectation: String { ProcessStatus.expectation }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let key = text.key(at: &cursor)
      if text.holds("VmHWM", in: key) {
        cursor.skipBlanks(in: text)
        resident = cursor.integer(in: text).map { Kibibytes($0) }
      }
      _ = cursor.line(in: text)
    }
  }
}

extension Process {
  /// The largest size that it ever had, from `status`.
  public var peakMemory: PeakMemory {
    get throws(ProcFSError) { try directory.read("status") }
  }
}
