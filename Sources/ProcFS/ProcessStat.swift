/// The one line of `/proc/PID/stat` (proc_pid_stat(5), fs/proc/array.c `do_task_stat`).
public struct ProcessStat: Hashable, Sendable {
  /// The command name, at most 15 bytes (kernel threads more); any byte but NUL may occur in it.
  public var name = ""
  /// The state's letter, as `S` or `Z`.
  public var state: Character = "?"
  /// The parent's number; 0 for the first process.
  public var parent = ProcessID(0)
  /// The task's `PF_…` flags.
  public var flags: UInt64 = 0
  /// Processor time in units of 1/100 s.
  public var userTicks = 0, systemTicks = 0
  /// -20…19
  public var nice = 0
  /// Threads, the first one included.
  public var threadCount = 0
  /// Since boot, in 1/100 s; to 2.6.22 of the clock that stands still in suspend.
  public var startTicks: UInt64 = 0
  /// The resident size by the counters that the scoring itself reads in kernels below 7.0.
  public var residentPages = 0

  /// A process of which nothing is known.
  public init() {}

  /// True for one of the kernel's own threads (`PF_KTHREAD`).
  public var isKernelThread: Bool { flags & 0x0020_0000 != 0 }

  /// True where it has ended and only its entry in the list is left.
  public var isDead: Bool { state == "Z" || state == "X" || state == "x" }
}

extension ProcessStat: KernelText {
  public static var expectation: String { "the 24 or more fields of a process's stat" }

  public init?(parsing text: Span<UInt8>) {
    // The name may hold blanks and parentheses itself: only the last closing one ends it.
    var cursor = Cursor()
    _ = cursor.natural(in: text)
    guard cursor.skip(UInt8(ascii: " "), in: text), cursor.skip(UInt8(ascii: "("), in: text),
      let nameEnd = text.lastOffset(of: UInt8(ascii: ")")), nameEnd >= cursor.offset
    else { return nil }
    name = text.text(in: cursor.offset..<nameEnd)
    cursor.offset = nameEnd + 1
    cursor.skipBlanks(in: text)
    guard let letter = text.text(in: cursor.word(in: text)).first else { return nil }
    state = letter
    guard parseNumbers(from: cursor, in: text) else { return nil }
  }

  /// The fields from the fourth on, numbered as in the manual page.
  private mutating func parseNumbers(from start: Cursor, in text: Span<UInt8>) -> Bool {
    var cursor = start
    for field in 4...24 {
      cursor.skipBlanks(in: text)
      if field == 9 || field == 22 {
        guard let value = cursor.natural(in: text) else { return false }
        if field == 9 { flags = value } else { startTicks = value }
        continue
      }
      guard [4, 14, 15, 19, 20, 24].contains(field) else {
        guard !cursor.word(in: text).isEmpty else { return false }
        continue
      }
      guard let value = cursor.integer(in: text) else { return false }
      switch field {
      case 4:
        guard let number = Int32(exactly: value) else { return false }
        parent = ProcessID(number)
      case 14: userTicks = value
      case 15: systemTicks = value
      case 19: nice = value
      case 20: threadCount = value
      default: residentPages = value
      }
    }
    return true
  }
}
