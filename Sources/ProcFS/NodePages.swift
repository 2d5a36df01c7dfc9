/// Pages that a process has mapped of files and of shared memory, as far as they lie on some memory nodes.
public struct NodePages: Hashable, Sendable {
  /// Of files on disk, but for what the process has changed for itself.
  public var files: Int
  /// Of memory that several can share: tmpfs, memfd, System V segments, shared anonymous mappings.
  public var shared: Int

  public init(files: Int = 0, shared: Int = 0) {
    self.files = files
    self.shared = shared
  }
}

extension Process {
  /// The mapped pages on those nodes, by `numa_maps` (fs/proc/task_mmu.c `show_numa_map`). It names no file
  /// system: what lies in `/dev/shm`, or has a name that only shared memory has, is taken for shared. Only its
  /// owner may look; kernels without NUMA lack the file.
  public func mappedPages(on nodes: [Int]) throws(ProcFSError) -> NodePages {
    var pages = NodePages()
    try directory.forEachLine(of: "numa_maps", longest: 20_000) { line in
      let mapping = NodeMapping(line, nodes)
      switch mapping.kind {
      case .file?: pages.files += mapping.pages
      case .shared?: pages.shared += mapping.pages
      case nil: break
      }
    }
    return pages
  }
}

/// A line: an address, a policy, and words of which some have values.
private struct NodeMapping {
  /// `nil` for memory of the process's own, and for huge pages, which no reclaim takes.
  private(set) var kind: Kind?
  /// On the nodes in question.
  private(set) var pages = 0

  enum Kind { case file, shared }

  init(_ line: Span<UInt8>, _ nodes: [Int]) {
    var cursor = Cursor()
    cursor.skipWord(in: line)
    cursor.skipWord(in: line)
    var own = 0
    var isHuge = false
    while !cursor.isAtLineEnd(in: line) {
      let word = cursor.word(in: line)
      // A byte that ends a word, or one that no kernel writes.
      if word.isEmpty { cursor.offset += 1 }
      let name = line.name(in: word)
      if line.holds("file", in: name) {
        kind = line.isOfSharedMemory(at: name.upperBound + 1) ? .shared : .file
      } else if line.holds("anon", in: name) {
        own = line.number(behind: name)
      } else if line.holds("huge", in: word) {
        isHuge = true
      } else if let node = line.node(in: name), nodes.contains(node) {
        pages += line.number(behind: name)
      }
    }
    if isHuge { kind = nil }
    pages = max(0, pages - own)
  }
}

extension Span<UInt8> {
  /// The part of a word before its equals sign.
  fileprivate func name(in word: Range<Int>) -> Range<Int> {
    word.lowerBound..<(word.first { self[$0] == UInt8(ascii: "=") } ?? word.upperBound)
  }

  /// The value of a name, and 0 where it has none.
  fileprivate func number(behind name: Range<Int>) -> Int {
    var cursor = Cursor(offset: name.upperBound)
    guard cursor.skip(UInt8(ascii: "="), in: self) else { return 0 }
    return Int(clamping: cursor.natural(in: self) ?? 0)
  }

  /// The node of a name such as `N1`.
  fileprivate func node(in name: Range<Int>) -> Int? {
    guard name.count > 1, self[name.lowerBound] == UInt8(ascii: "N") else { return nil }
    var cursor = Cursor(offset: name.lowerBound + 1)
    let node = cursor.natural(in: self)
    return cursor.offset == name.upperBound ? node.map { Int(clamping: $0) } : nil
  }

  /// True where the path that begins there is one of shared memory.
  fileprivate func isOfSharedMemory(at start: Int) -> Bool {
    starts(with: "/dev/shm/", at: start) || starts(with: "/memfd:", at: start)
      || starts(with: "/SYSV", at: start) || starts(with: "/dev/zero", at: start)
  }
}
