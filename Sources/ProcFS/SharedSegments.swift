/// System V segments of `/proc/sysvipc/shm` (ipc/shm.c `sysvipc_shm_proc_show`).
public struct SharedSegments: Hashable, Sendable {
  /// The numbers of those that vanish with the last who has them attached (`IPC_RMID`).
  public var doomed: Set<UInt64> = []
}

extension SharedSegments: KernelText {
  public static var expectation: String { "the table of sysvipc/shm" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    guard text.text(in: cursor.line(in: text)).utf8.contains(UInt8(ascii: "k")) else { return nil }
    while !cursor.isAtEnd(in: text) {
      let line = text.extracting(cursor.line(in: text))
      var column = Cursor()
      column.skipBlanks(in: line)
      column.skipWord(in: line)
      guard let number = column.natural(in: line) else { continue }
      column.skipBlanks(in: line)
      // SHM_DEST, among the rights, in octal digits.
      let rights = UInt64(line.text(in: column.word(in: line)), radix: 8) ?? 0
      if rights & 0o1000 != 0 { doomed.insert(number) }
    }
  }
}

extension ProcFS {
  /// The segments of the reader's IPC namespace.
  public var sharedSegments: SharedSegments {
    get throws(ProcFSError) { try directory.read("sysvipc/shm", isLong: true) }
  }
}
