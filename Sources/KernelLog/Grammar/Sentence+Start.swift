import LogLines

extension Sentence {
  /// The offset at which the kernel's words begin within a line; `nil` where none of those that nobody
  /// else writes is there.
  static func start(in line: Span<UInt8>, from first: Int = 0) -> Int? {
    var isInWord = first > 0 && line[first - 1].isOfWord
    for offset in first..<max(first, line.count) {
      let byte = line[offset]
      if !isInWord, isUnmistakable(line, at: offset, byte) { return offset }
      isInWord = byte.isOfWord
    }
    return nil
  }

  /// True where it says who was or will be killed, or who asked for memory.
  static func tellsOfKill(_ text: Span<UInt8>) -> Bool {
    switch read(text, in: .none) {
    case .kill, .selection, .summary, .invocation, .noVictim: true
    default: false
    }
  }

  /// True where a line of a report can begin, as `mm/oom_kill.c`, `mm/show_mem.c`, `mm/memcontrol.c`,
  /// `lib/dump_stack.c` and `kernel/panic.c` print them.
  private static func isUnmistakable(
    _ line: Span<UInt8>, at offset: Int, _ first: UInt8
  ) -> Bool {
    let words: [StaticString]
    switch first {
    case UInt8(ascii: "O"): words = ofShortage
    case UInt8(ascii: "o"): words = ofKiller
    case UInt8(ascii: "M"), UInt8(ascii: "m"), UInt8(ascii: "N"): words = ofMemory
    case UInt8(ascii: "K"), UInt8(ascii: "T"): words = ofTasks
    case UInt8(ascii: "["): words = ofTable
    case UInt8(ascii: "C"), UInt8(ascii: "P"), UInt8(ascii: "H"): words = ofContext
    case UInt8(ascii: "F"): words = ofCounters
    default: return false
    }
    for word in words where line.starts(with: word, at: offset) { return true }
    return false
  }

  private static let ofShortage: [StaticString] = [
    "Out of memory: Kill", "Out of Memory: Kill", "Out of memory and no killable processes",
    "Out of memory (oom_kill_allocating_task)",
  ]
  private static let ofKiller: [StaticString] = [
    "oom-kill:constraint=", "oom_reaper: reaped process ", "oom_reaper: unable to reap pid:",
    "oom-killer: gfp_mask=",
  ]
  private static let ofMemory: [StaticString] = [
    "Mem-Info:", "Mem-info:", "Memory cgroup out of memory", "Memory cgroup stats",
    "memory: usage ", "No available memory ",
  ]
  private static let ofTasks: [StaticString] = [
    "Killed process ", "Kernel panic - not syncing", "Task in /", "Tasks in /",
    "Tasks state (memory ",
    "Total swap = ",
  ]
  private static let ofTable: [StaticString] = ["[ pid ] ", "[  pid  ] "]
  private static let ofContext: [StaticString] = [
    "Call Trace:", "CPU: ", "Pid: ", "Hardware name: ",
  ]
  private static let ofCounters: [StaticString] = [
    "Free swap  = ", "Free swap:",
  ]
}

extension UInt8 {
  /// True of bytes within a word or a path: other words can't begin behind them.
  fileprivate var isOfWord: Bool {
    isLetter || isDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
      || self == UInt8(ascii: "/")
  }
}
