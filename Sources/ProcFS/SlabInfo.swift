/// `/proc/slabinfo` (mm/slab_common.c `slab_show`): what the kernel's own objects take up. Only root may
/// read it.
public struct SlabInfo: Hashable, Sendable {
  /// The objects of one kind.
  public struct Cache: Hashable, Sendable {
    /// As `kmalloc-4k` or `dentry`.
    public var name: String
    /// The pages that its slabs take up.
    public var pages: Int
  }

  /// In the kernel's order.
  public var caches: [Cache] = []

  /// The one that takes up most; `nil` when there is none.
  public var largest: Cache? { caches.max { $0.pages < $1.pages } }
}

extension SlabInfo: KernelText {
  public static var expectation: String { "slabinfo - version: 2.1, and caches" }

  /// Version 2 came with 2.6.0; that of 2.4 has other columns.
  public init?(parsing text: Span<UInt8>) {
    guard text.starts(with: "slabinfo - version: 2.", at: 0) else { return nil }
    var cursor = Cursor()
    _ = cursor.line(in: text)
    while !cursor.isAtEnd(in: text) {
      if let cache = Cache(parsing: text.extracting(cursor.line(in: text))) { caches.append(cache) }
    }
  }
}

extension SlabInfo.Cache {
  /// `kmalloc-4k  96 96 4096 8 8 : tunables 0 0 0 : slabdata 12 12 0`
  fileprivate init?(parsing line: Span<UInt8>) {
    var cursor = Cursor()
    let name = line.text(in: cursor.word(in: line))
    cursor.skipBlanks(in: line)
    // Objects in use and in all, their size, and how many are in a slab.
    for _ in 0..<4 { cursor.skipWord(in: line) }
    guard let pagesOfSlab = cursor.pages(in: line) else { return nil }
    cursor.skipBlanks(in: line)
    // `: tunables` and three values, `: slabdata` and the slabs in use.
    for _ in 0..<8 { cursor.skipWord(in: line) }
    guard let slabs = cursor.pages(in: line) else { return nil }
    let (pages, overflow) = pagesOfSlab.multipliedReportingOverflow(by: slabs)
    self.init(name: name, pages: overflow ? .max : pages)
  }
}

extension ProcFS {
  /// The memory that the kernel's own objects take up.
  public var slabInfo: SlabInfo {
    get throws(ProcFSError) { try directory.read("slabinfo", isLong: true) }
  }
}
