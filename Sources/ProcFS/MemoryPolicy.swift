/// From which memory nodes a task is served (set_mempolicy(2)), as `numa_maps` shows it.
public struct MemoryPolicy: Hashable, Sendable {
  /// The meaning of its nodes, as far as the OOM killer tells policies apart.
  public enum Mode: Hashable, Sendable {
    /// From these nodes and no others.
    case bind
    /// From these nodes in turn.
    case interleave
    /// From any, if need be.
    case other
  }

  /// The meaning of its nodes.
  public var mode: Mode
  /// As `0-1,3`; `nil` where there are none.
  public var nodes: String?
}

extension MemoryPolicy {
  /// From the second word of a line, as `default`, `bind:0-1`, `bind=static:0` or `prefer` (mm/mempolicy.c
  /// `mpol_to_str`).
  fileprivate init(_ word: String) {
    let parts = word.split(separator: ":", maxSplits: 1)
    switch parts.first?.split(separator: "=").first {
    case "bind"?: mode = .bind
    case "interleave"?: mode = .interleave
    default: mode = .other
    }
    nodes = parts.count > 1 ? String(parts[1]) : nil
  }
}

extension Process {
  /// The policy of the task, from `numa_maps`: a mapping without a policy of its own shows that
  /// (fs/proc/task_mmu.c `show_numa_map`). Of all mappings the stack is the least likely to have one; where
  /// it isn't named the first mapping, the program, is taken. `nil` for what has no memory. Only its
  /// owner may look; kernels without NUMA lack the file. Each line costs the kernel a walk through
  /// the mapping's pages.
  public var memoryPolicy: MemoryPolicy? {
    get throws(ProcFSError) {
      var first: String?
      var ofStack: String?
      try directory.forEachLine(of: "numa_maps", longest: 4096) { line in
        let (policy, rest) = line.policy
        if first == nil { first = line.text(in: policy) }
        if ofStack == nil, line.names("stack", from: rest) { ofStack = line.text(in: policy) }
      }
      return (ofStack ?? first).map { MemoryPolicy($0) }
    }
  }

  /// The policy that the first mapping shows, for little more than a walk through its pages.
  public var firstMemoryPolicy: MemoryPolicy? {
    get throws(ProcFSError) {
      try directory.withStart(of: "numa_maps", longest: 256) { text, _ in
        text.count > 0 ? MemoryPolicy(text.text(in: text.policy.word)) : nil
      }
    }
  }
}

extension Span<UInt8> {
  /// The word behind the address, and what follows it.
  fileprivate var policy: (word: Range<Int>, rest: Cursor) {
    var cursor = Cursor()
    cursor.skipWord(in: self)
    let word = cursor.word(in: self)
    return (word, cursor)
  }

  /// True where the word is one of those that follow. Blanks in file names are escaped there.
  fileprivate func names(_ word: StaticString, from start: Cursor) -> Bool {
    var cursor = start
    while !cursor.isAtLineEnd(in: self) {
      let found = cursor.word(in: self)
      if holds(word, in: found) { return true }
      // A byte that ends a word, or one that no kernel writes.
      if found.isEmpty { cursor.offset += 1 }
    }
    return false
  }
}
