/// `/proc/zoneinfo` (mm/vmstat.c `zoneinfo_show_print`), as far as sizes go.
public struct ZoneInfo: Hashable, Sendable {
  /// A zone of a memory node; amounts are pages.
  public struct Zone: Hashable, Sendable {
    /// The node's number.
    public var node: Int
    /// As `DMA`, `Normal`, `HighMem`.
    public var name: String
    /// With holes.
    public var spannedPages = 0
    /// Without holes.
    public var presentPages = 0
  }

  /// In the kernel's order.
  public var zones: [Zone] = []
}

extension ZoneInfo {
  /// A node's zones together.
  public struct Node: Hashable, Sendable {
    /// Its number.
    public var number: Int
    /// Pages with holes.
    public var spannedPages: Int
    /// Pages without holes.
    public var presentPages: Int
  }

  /// All nodes, ascending.
  public var nodes: [Node] {
    var nodes: [Node] = []
    for zone in zones {
      if nodes.last?.number != zone.node {
        nodes.append(Node(number: zone.node, spannedPages: 0, presentPages: 0))
      }
      nodes[nodes.count - 1].spannedPages &+= zone.spannedPages
      nodes[nodes.count - 1].presentPages &+= zone.presentPages
    }
    return nodes
  }
}

extension ZoneInfo: KernelText {
  public static var expectation: String { "zones, as Node 0, zone   Normal" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      cursor.skipBlanks(in: text)
      let key = cursor.word(in: text)
      cursor.skipBlanks(in: text)
      if text.holds("Node", in: key) {
        guard let zone = Zone(at: cursor, in: text) else { return nil }
        zones.append(zone)
      } else if !zones.isEmpty {
        // No machine has 2^48 pages: more is nonsense, and would wrap in sums.
        let value = min(max(cursor.integer(in: text) ?? 0, 0), 1 << 48)
        if text.holds("spanned", in: key) { zones[zones.count - 1].spannedPages = value }
        if text.holds("present", in: key) { zones[zones.count - 1].presentPages = value }
      }
      _ = cursor.line(in: text)
    }
    guard !zones.isEmpty else { return nil }
  }
}

extension ZoneInfo.Zone {
  /// `0, zone   Normal`
  fileprivate init?(at start: Cursor, in text: Span<UInt8>) {
    var cursor = start
    guard let node = cursor.integer(in: text), cursor.skip(UInt8(ascii: ","), in: text) else {
      return nil
    }
    cursor.skipBlanks(in: text)
    cursor.skipWord(in: text)
    self.init(node: node, name: text.text(in: cursor.word(in: text)))
  }
}

extension ProcFS {
  /// The zones of all memory nodes.
  public var zoneInfo: ZoneInfo {
    get throws(ProcFSError) { try directory.read("zoneinfo", isLong: true) }
  }
}
