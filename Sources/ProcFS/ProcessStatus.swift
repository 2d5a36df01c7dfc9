/// The lines of `/proc/PID/status` that matter to the OOM killer (proc_pid_status(5),
/// fs/proc/array.c `proc_pid_status`). What the kernel doesn't print is `nil`.
public struct ProcessStatus: Hashable, Sendable {
  /// The command name, as in `stat`.
  public var name: String?
  /// The state's letter, as `S` or `Z`.
  public var state: Character?
  /// The process that this thread belongs to.
  public var threadGroup: ProcessID?
  /// The parent's number; 0 for the first process.
  public var parent: ProcessID?
  /// The user who started it.
  public var realUserID: UInt32?
  /// The user that it acts as.
  public var effectiveUserID: UInt32?
  /// The user that it may act as again, the saved set-user-ID.
  public var savedUserID: UInt32?
  /// In how many PID namespaces it has a number as seen from the reader's, the `NSpid` line (from 4.1 on):
  /// more than 1 for a process of a container.
  public var namespaceDepth: Int?
  /// Threads, the first one included.
  public var threadCount: Int?
  /// Addresses in use, `VmSize`.
  public var virtualSize: Kibibytes?
  /// Exact sums from 6.16 on; before, the counters that the scoring reads.
  public var resident: Kibibytes?
  /// The anonymous part of `resident`, `RssAnon`; from 4.5 on.
  public var anonymous: Kibibytes?
  /// The part of `resident` that is mapped from files, `RssFile`; from 4.5 on.
  public var fileMapped: Kibibytes?
  /// The part of `resident` that is shared memory or tmpfs, `RssShmem`; from 4.5 on.
  public var shared: Kibibytes?
  /// Addresses that may not be reclaimed, `VmLck`: counted whether or not they are resident.
  public var locked: Kibibytes?
  /// Anonymous pages in swap, `VmSwap`; the line came with 2.6.34.
  public var swapped: Kibibytes?
  /// Tables of the lowest level; from 4.15 on those of all levels.
  public var pageTables: Kibibytes?
  /// Tables of the second level, 4.0–4.14 only.
  public var middlePageTables: Kibibytes?
  /// The capabilities that it has beyond an ordinary process: a bit each, `CapEff`.
  public var effectiveCapabilities: UInt64?
  /// From 6.6 on.
  public var isKernelThread: Bool?
  /// Signals that this thread has still to take, `SigPnd`: bit N - 1 is signal N.
  public var pendingSignals: UInt64?
  /// The memory nodes it may use, as `0-3,5`.
  public var allowedNodes: String?

  /// A process of which nothing is known.
  public init() {}
}

extension ProcessStatus: KernelText {
  public static var expectation: String { "the lines of a process's status" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    var knownLines = 0
    while !cursor.isAtEnd(in: text) {
      let key = text.key(at: &cursor)
      if parse(key, at: cursor, in: text) { knownLines += 1 }
      _ = cursor.line(in: text)
    }
    // The fewest any kernel printed: State, Tgid, Uid.
    guard knownLines >= 3 else { return nil }
  }

  private mutating func parse(_ key: Range<Int>, at start: Cursor, in text: Span<UInt8>) -> Bool {
    guard key.count >= 3 else { return false }
    var cursor = start
    switch text[key.lowerBound] {
    case UInt8(ascii: "N") where text.holds("Name", in: key):
      // The name may begin with blanks itself: only one tabulator is the kernel's.
      cursor.offset = key.upperBound
      _ = cursor.skip(UInt8(ascii: ":"), in: text) && cursor.skip(UInt8(ascii: "\t"), in: text)
      name = text.name(in: cursor.line(in: text))
    case UInt8(ascii: "V"), UInt8(ascii: "R"): return parseSize(key, at: cursor, in: text)
    case UInt8(ascii: "S") where text.holds("State", in: key):
      state = text.text(in: cursor.word(in: text)).first
    case UInt8(ascii: "S") where text.holds("SigPnd", in: key):
      pendingSignals = cursor.hexadecimal(in: text)
    case UInt8(ascii: "T") where text.holds("Tgid", in: key):
      threadGroup = cursor.processID(in: text)
    case UInt8(ascii: "T") where text.holds("Threads", in: key):
      threadCount = cursor.integer(in: text)
    case UInt8(ascii: "P") where text.holds("PPid", in: key):
      parent = cursor.processID(in: text)
    case UInt8(ascii: "U") where text.holds("Uid", in: key):
      realUserID = cursor.userID(in: text)
      // The whole word, so that the rest of an overlong number isn't taken for the next one.
      cursor.skipWord(in: text)
      effectiveUserID = cursor.userID(in: text)
      cursor.skipWord(in: text)
      savedUserID = cursor.userID(in: text)
    case UInt8(ascii: "N") where text.holds("NSpid", in: key):
      namespaceDepth = cursor.wordCount(in: text)
    case UInt8(ascii: "C") where text.holds("CapEff", in: key):
      effectiveCapabilities = cursor.hexadecimal(in: text)
    case UInt8(ascii: "K") where text.holds("Kthread", in: key):
      isKernelThread = cursor.integer(in: text).map { $0 == 1 }
    case UInt8(ascii: "M") where text.holds("Mems_allowed_list", in: key):
      allowedNodes = text.text(in: cursor.word(in: text))
    default: return false
    }
    return true
  }

  private mutating func parseSize(
    _ key: Range<Int>, at start: Cursor, in text: Span<UInt8>
  ) -> Bool {
    var cursor = start
    let size = cursor.integer(in: text).map(Kibibytes.init)
    if text.holds("VmRSS", in: key) {
      resident = size
    } else if text.holds("RssAnon", in: key) {
      anonymous = size
    } else if text.holds("RssFile", in: key) {
      fileMapped = size
    } else if text.holds("RssShmem", in: key) {
      shared = size
    } else if text.holds("VmLck", in: key) {
      locked = size
    } else if text.holds("VmSwap", in: key) {
      swapped = size
    } else if text.holds("VmPTE", in: key) {
      pageTables = size
    } else if text.holds("VmPMD", in: key) {
      middlePageTables = size
    } else if text.holds("VmSize", in: key) {
      virtualSize = size
    } else {
      return false
    }
    return true
  }
}

extension Cursor {
  fileprivate mutating func processID(in text: Span<UInt8>) -> ProcessID? {
    integer(in: text).flatMap { Int32(exactly: $0) }.map { ProcessID($0) }
  }

  /// The number of words that follow on this line.
  fileprivate mutating func wordCount(in text: Span<UInt8>) -> Int {
    var count = 0
    while !isAtLineEnd(in: text) {
      skipWord(in: text)
      count += 1
    }
    return count
  }

  fileprivate mutating func userID(in text: Span<UInt8>) -> UInt32? {
    natural(in: text).flatMap { UInt32(exactly: $0) }
  }
}

extension ProcessStatus {
  /// This status with the sizes of another thread of the process.
  public func withMemory(of thread: ProcessStatus) -> ProcessStatus {
    var status = self
    status.virtualSize = thread.virtualSize
    status.resident = thread.resident
    status.anonymous = thread.anonymous
    status.fileMapped = thread.fileMapped
    status.shared = thread.shared
    status.locked = thread.locked
    status.swapped = thread.swapped
    status.pageTables = thread.pageTables
    status.middlePageTables = thread.middlePageTables
    return status
  }
}

extension Span<UInt8> {
  /// A command name in which the kernel wrote line ends as `\n` and backslashes twice.
  fileprivate func name(in range: Range<Int>) -> String {
    guard range.contains(where: { self[$0] == UInt8(ascii: "\\") }) else { return text(in: range) }
    var bytes: [UInt8] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      if self[offset] == UInt8(ascii: "\\"), offset + 1 < range.upperBound {
        offset += 1
        bytes.append(self[offset] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : self[offset])
      } else {
        bytes.append(self[offset])
      }
      offset += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The word before the colon of a `Key:  value` line; the cursor then stands at the value, or where
  /// the line has no colon, at its end.
  package func key(at cursor: inout Cursor) -> Range<Int> {
    let start = cursor.offset
    while !cursor.isAtLineEnd(in: self), self[cursor.offset] != UInt8(ascii: ":") {
      cursor.offset += 1
    }
    let key = start..<cursor.offset
    _ = cursor.skip(UInt8(ascii: ":"), in: self)
    cursor.skipBlanks(in: self)
    return key
  }
}
