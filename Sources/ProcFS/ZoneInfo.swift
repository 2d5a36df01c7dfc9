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
    /// Pages that the page allocator hands out; from 3.8 on.
    public var managedPages: Int?
    /// Not in use.
    public var freePages: Int?
    /// Below `min` only emergencies are served, below `low` the kernel begins to reclaim, at `high` it
    /// stops (include/linux/mmzone.h `enum zone_watermarks`).
    public var minPages, lowPages, highPages: Int?
    /// The number of free pages that are kept from requests that the zone of each index could serve
    /// (`lowmem_reserve`, mm/page_alloc.c `setup_per_zone_lowmem_reserve`).
    public var protection: [Int] = []
    /// Pages of the file cache on its lists for reclaim; from 2.6.28 on.
    public var cachePages: Int?
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

extension ZoneInfo {
  /// The zones with memory in them.
  public var populated: [Zone] { zones.filter { $0.size > 0 } }

  /// The index in `protection` of the pages that are kept from the kernel's own requests: that of
  /// the highest zone that serves them. Kernels to 4.11 leave out empty zones, but the names before
  /// it are there on one node or another.
  public var kernelIndex: Int {
    max(0, Set(zones.lazy.filter(\.servesKernel).map(\.name)).count - 1)
  }
}

extension ZoneInfo.Zone {
  /// Pages to hand out.
  public var size: Int { managedPages ?? presentPages }

  /// True where the kernel's own objects may lie in it, and not only user memory
  /// (include/linux/gfp.h `gfp_zone`).
  public var servesKernel: Bool { !["HighMem", "Movable", "Device"].contains(name) }

  /// Pages that no request of a higher zone gets: the most that `protection` keeps, `nil` without that.
  public var reservedPages: Int? { protection.max() }

  /// Free pages above `mark` and above what is kept from requests of the zone with that index, or with
  /// `nil` from any (mm/page_alloc.c `__zone_watermark_ok`); 0 when there are none.
  public func freePages(above mark: Int?, keptFrom index: Int?) -> Int? {
    guard let freePages, let mark else { return nil }
    let reserve = index.map { protection.indices.contains($0) ? protection[$0] : 0 }
    return max(0, freePages &- mark &- (reserve ?? reservedPages ?? 0))
  }
}

extension ZoneInfo: KernelText {
  public static var expectation: String { "zones, as Node 0, zone   Normal" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    var section = Section.other
    while !cursor.isAtEnd(in: text) {
      cursor.skipBlanks(in: text)
      let key = cursor.word(in: text)
      cursor.skipBlanks(in: text)
      if text.holds("Node", in: key) {
        guard let zone = Zone(at: cursor, in: text) else { return nil }
        zones.append(zone)
        section = .other
      } else if text.holds("pages", in: key) {
        // `pages free` comes after the node's statistics, whose names are those of a zone's to 4.7.
        section = .zone
        cursor.skipWord(in: text)
        if !zones.isEmpty { zones[zones.count - 1].freePages = cursor.pages(in: text) }
      } else if text.holds("pagesets", in: key) {
        section = .processors
      } else if !zones.isEmpty, section != .processors {
        zones[zones.count - 1].take(key, at: &cursor, in: text, isOfZone: section == .zone)
      }
      _ = cursor.line(in: text)
    }
    guard !zones.isEmpty else { return nil }
  }

  /// The subject of a zone's lines.
  private enum Section { case other, zone, processors }
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

  /// A line `key value`.
  fileprivate mutating func take(
    _ key: Range<Int>, at cursor: inout Cursor, in text: Span<UInt8>, isOfZone: Bool
  ) {
    if text.holds("spanned", in: key) {
      spannedPages = cursor.pages(in: text) ?? 0
    } else if text.holds("present", in: key) {
      presentPages = cursor.pages(in: text) ?? 0
    } else if text.holds("managed", in: key) {
      managedPages = cursor.pages(in: text)
    } else if text.holds("min", in: key) {
      minPages = cursor.pages(in: text)
    } else if text.holds("low", in: key) {
      lowPages = cursor.pages(in: text)
    } else if text.holds("high", in: key) {
      highPages = cursor.pages(in: text)
    } else if text.holds("protection:", in: key) {
      protection = cursor.list(in: text)
    } else if isOfZone, Self.countsCache(key, in: text), let pages = cursor.pages(in: text) {
      cachePages = (cachePages ?? 0) &+ pages
    }
  }

  /// From 4.8 on `nr_zone_`, since the node counts too.
  private static func countsCache(_ key: Range<Int>, in text: Span<UInt8>) -> Bool {
    text.holds("nr_zone_inactive_file", in: key) || text.holds("nr_zone_active_file", in: key)
      || text.holds("nr_inactive_file", in: key) || text.holds("nr_active_file", in: key)
  }
}

extension Cursor {
  /// No machine has 2^48 pages: more is nonsense, and would wrap in sums.
  private static let mostPages = 1 << 48

  /// A number of pages; `nil` when there is none.
  mutating func pages(in text: Span<UInt8>) -> Int? {
    guard !isAtLineEnd(in: text), text[offset] &- UInt8(ascii: "0") <= 9 else { return nil }
    let number = natural(in: text)
    // A number that 64 bits don't hold ends in the middle.
    while !isAtLineEnd(in: text), text[offset] &- UInt8(ascii: "0") <= 9 { offset += 1 }
    return number.map { Int(min($0, UInt64(Self.mostPages))) } ?? Self.mostPages
  }

  /// `(0, 817, 1985, 1985)`; no kernel has as many zones as are read.
  fileprivate mutating func list(in text: Span<UInt8>) -> [Int] {
    var numbers: [Int] = []
    _ = skip(UInt8(ascii: "("), in: text)
    while numbers.count < 16, let number = pages(in: text) {
      numbers.append(number)
      guard skip(UInt8(ascii: ","), in: text) else { break }
      skipBlanks(in: text)
    }
    return numbers
  }
}

extension ProcFS {
  /// The zones of all memory nodes.
  public var zoneInfo: ZoneInfo {
    get throws(ProcFSError) { try directory.read("zoneinfo", isLong: true) }
  }
}
