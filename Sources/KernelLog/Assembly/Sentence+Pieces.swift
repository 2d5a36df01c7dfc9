import DaemonLog
import LogLines

/// Sentences that a mail program or a console can have broken into pieces, and the signs of that.
extension Sentence {
  /// True where it is one sentence however many line ends it holds: a name can hold them.
  var isSolid: Bool {
    switch self {
    case .invocation, .row, .summary, .selection, .kill, .reaped, .wasExiting, .groupKill,
      .tableHeader, .cgroup(.task), .cgroup(.limitOwner), .cgroup(.usage):
      true
    default: false
    }
  }

  /// True where the kernel prints it together with others, in one record of several lines.
  var isPartOfRecord: Bool {
    switch self {
    case .counters, .statistic, .cgroup(.statistics), .memory: true
    default: false
    }
  }

  var isRow: Bool {
    if case .row = self { true } else { false }
  }

  /// True where something is missing at its end, or could be: of numbers and names only where the line is full.
  func canGoOn(_ text: Span<UInt8>, isFull: Bool) -> Bool {
    switch self {
    case .invocation(let invoker):
      invoker.adjustment == nil && invoker.name != nil
        // Some print both.
        && (invoker.legacyAdjustment == nil || text.offset(of: " oom_adj=") != nil)
    case .tableHeader(let columns): columns.last != "name"
    case .row, .brokenRow: true
    case .summary(let summary): summary.uid == nil || isFull
    case .kill(let victim, _): victim.adjustment == nil || isFull
    case .selection(let selection, _): selection.score == nil || isFull
    case .context(_, let release): release == nil || isFull
    case .zone: true
    // What a node's own line tells stands at its end.
    case .filler: text.starts(with: "Node ") && text.offset(of: "all_unreclaimable") == nil
    case .blocks: text.offset(of: " = ") == nil
    case .cgroup(.statistics): true
    case .cgroup(.usage): text.offset(of: ", failcnt ") == nil || isFull
    case .counters, .allocation, .cgroup(.task), .cgroup(.limitOwner): isFull
    default: false
    }
  }

  /// True of the beginning of a line that says who asked for memory, up to a blank in the kernel's own words.
  static func isBrokenInvocation(_ text: Span<UInt8>) -> Bool {
    let text = text.extracting(text.trimmed)
    return text.ends(with: " invoked") || text.ends(with: " invoked oom-killer:")
  }

  /// True of what is left of a line about a kill, of which so much was cut that it says nothing more.
  static func isRemnant(_ text: Span<UInt8>) -> Bool {
    let text = text.extracting(text.trimmed)
    for beginning in beginnings where text.isCut(of: beginning, from: 0) { return true }
    if isRow(text) { return true }
    // A name has 15 bytes, of which a log may show each as four.
    guard let verb = text.offset(of: " invoked "), verb <= longestName else { return false }
    return text.isCut(of: " invoked oom-killer: gfp_mask=0x", from: verb)
  }

  /// True of a row of a task table, as far as that shows without its header: numbers of a process, of a user, of the
  /// process again, and at least three more before a name.
  static func isRow(_ text: Span<UInt8>) -> Bool {
    var reader = Reader(offset: text.margin)
    guard reader.skip("[", in: text) else { return false }
    reader.skipBlanks(in: text)
    guard let pid = reader.natural(in: text), reader.skip("] ", in: text) else { return false }
    var numbers: [Int] = []
    while numbers.count < 11 {
      reader.skipBlanks(in: text)
      var next = reader
      guard let number = next.integer(in: text), next.next(in: text)?.isBlank == true else { break }
      numbers.append(number)
      reader = next
    }
    return numbers.count > 4 && numbers[1] == pid && !reader.isAtEnd(of: text)
  }

  /// How lines about a kill begin, as far as they are the kernel's own words.
  private static let beginnings: [StaticString] = [
    "Out of memory: Killed process ", "Out of memory: Kill process ",
    "Out of Memory: Killed process ", "Memory cgroup out of memory: Killed process ",
    "Memory cgroup out of memory: Kill process ", "Killed process ",
    "oom-kill:constraint=CONSTRAINT_",
  ]

  /// True where a line that is no sentence could be the beginning of a broken one.
  static func canBegin(with text: Span<UInt8>, in list: List) -> Bool {
    if list == .allocations, text.offset(of: ".c:") != nil { return true }
    for beginning in [
      "Task in ", "Tasks in ", "Memory cgroup ", "Out of memory", "Out of Memory",
      "Killed process ",
      "No available memory", "oom_reaper: ", "oom-kill:", "memory: usage ", "memory+swap: usage ",
      "swap: usage ", "kmem: usage ", "Active:", "active_anon:",
    ] as [StaticString] where text.starts(with: beginning) { return true }
    return false
  }

  /// True where a line that could be a sentence of its own rather continues the one before: the
  /// numbers of a memory cgroup look like the rest of many sentences.
  static func goesOn(_ text: Span<UInt8>, after held: Span<UInt8>) -> Bool {
    var end = held.count
    while end > 0, held[end - 1].isBlank { end -= 1 }
    guard end > 0, text.count > 0 else { return false }
    let last = held[end - 1]
    return last == UInt8(ascii: ",") || last == UInt8(ascii: "=") || last == UInt8(ascii: ":")
  }
}

extension Span<UInt8> {
  /// True where the text ends within these words, or within the number behind them; or where somebody has put
  /// dots in place of a part of it. A process can be named like them, but then something follows its name.
  fileprivate func isCut(of words: StaticString, from start: Int) -> Bool {
    let length = words.utf8CodeUnitCount
    var same = 0
    while same < length, start + same < count, unsafe words.utf8Start[same] == self[start + same] {
      same += 1
    }
    // Fewer letters are anybody's.
    guard same >= Swift.min(length, 9) else { return false }
    var rest = extracting(start + same..<count)
    if rest.offset(of: "…") != nil || rest.offset(of: "...") != nil { return true }
    guard same == length else { return rest.isEmpty }
    // The bracket before a name is all of it.
    if rest.ends(with: " (") { rest = rest.extracting(0..<rest.count - 2) }
    return (0..<rest.count).allSatisfy { rest[$0].isLetter || rest[$0].isDigit || rest[$0] == 0x5F }
  }
}
