/// The time at which the machine was booted, by the line `btime` of `/proc/stat` (fs/proc/stat.c
/// `show_stat`).
///
/// It is the present wall clock less the time since boot: it moves when the clock is set.
public struct BootTime: Hashable, Sendable {
  /// Since 1970.
  public var seconds: Int
}

extension BootTime: KernelText {
  public static var expectation: String { "lines of stat, as btime 1795230712" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let key = cursor.word(in: text)
      cursor.skipBlanks(in: text)
      if text.holds("btime", in: key), let value = cursor.natural(in: text) {
        seconds = Int(clamping: value)
        return
      }
      _ = cursor.line(in: text)
    }
    return nil
  }
}

extension ProcFS {
  /// The time at which the machine was booted.
  public var bootTime: BootTime {
    get throws(ProcFSError) { try directory.read("stat", isLong: true) }
  }
}
