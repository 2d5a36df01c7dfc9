/// `/proc/buddyinfo`: how many free blocks of each size the zones have (mm/vmstat.c `frag_show_print`).
public struct BuddyInfo: Hashable, Sendable {
  /// The free blocks of a zone.
  public struct Zone: Hashable, Sendable {
    /// The node's number.
    public var node: Int
    /// As `DMA`, `Normal`, `HighMem`.
    public var name: String
    /// By order: a block of order n is 2^n pages in a row.
    public var freeBlocks: [Int]

    /// The order of the largest free block; `nil` when nothing is free.
    public var largestOrder: Int? { freeBlocks.lastIndex { $0 > 0 } }
  }

  /// Those with memory, in the kernel's order.
  public var zones: [Zone] = []

  /// The zone of that node and name.
  public func zone(_ name: String, of node: Int) -> Zone? {
    zones.first { $0.node == node && $0.name == name }
  }
}

extension BuddyInfo: KernelText {
  public static var expectation: String { "free blocks, as Node 0, zone   Normal      3      2" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let line = cursor.line(in: text)
      guard let zone = Zone(parsing: text.extracting(line)) else { return nil }
      zones.append(zone)
    }
    guard !zones.isEmpty else { return nil }
  }
}

extension BuddyInfo.Zone {
  /// No kernel has blocks of 2^32 pages.
  private static let mostOrders = 32

  /// `Node 0, zone   Normal      3      2      1`
  fileprivate init?(parsing line: Span<UInt8>) {
    var cursor = Cursor()
    guard line.holds("Node", in: cursor.word(in: line)) else { return nil }
    cursor.skipBlanks(in: line)
    guard let node = cursor.integer(in: line), cursor.skip(UInt8(ascii: ","), in: line) else {
      return nil
    }
    cursor.skipBlanks(in: line)
    cursor.skipWord(in: line)
    let name = line.text(in: cursor.word(in: line))
    cursor.skipBlanks(in: line)
    var blocks: [Int] = []
    while blocks.count < Self.mostOrders, let count = cursor.pages(in: line) {
      blocks.append(count)
      cursor.skipBlanks(in: line)
    }
    guard !name.isEmpty, !blocks.isEmpty else { return nil }
    self.init(node: node, name: name, freeBlocks: blocks)
  }
}

extension ProcFS {
  /// The free blocks of all zones.
  public var buddyInfo: BuddyInfo {
    get throws(ProcFSError) { try directory.read("buddyinfo", isLong: true) }
  }
}
