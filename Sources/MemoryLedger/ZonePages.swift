import ProcFS

/// Sums over all zones of `/proc/zoneinfo` (mm/vmstat.c `zoneinfo_show_print`), in pages.
struct ZonePages: Equatable {
  /// Free ones in the lists of processors.
  var perProcessor = 0
  /// Those of zsmalloc, in which zram and zswap compress.
  var compressed = 0
}

extension ZonePages: KernelText {
  static var expectation: String { "zones, as Node 0, zone   Normal" }

  init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    guard text.count > 0 else { return nil }
    while !cursor.isAtEnd(in: text) {
      cursor.skipBlanks(in: text)
      let key = cursor.word(in: text)
      cursor.skipBlanks(in: text)
      if text.holds("count:", in: key) { perProcessor &+= cursor.count(in: text) }
      if text.holds("nr_zspages", in: key) { compressed &+= cursor.count(in: text) }
      _ = cursor.line(in: text)
    }
  }
}

/// The size of the cache of ZFS: `size 4 1234` in its table of names, types and values.
struct ArcStatistics: KernelText {
  static var expectation: String { "a table with a line of size" }

  let size: Int

  init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let key = cursor.word(in: text)
      cursor.skipBlanks(in: text)
      if text.holds("size", in: key) {
        _ = cursor.word(in: text)
        cursor.skipBlanks(in: text)
        size = cursor.count(in: text)
        return
      }
      _ = cursor.line(in: text)
    }
    return nil
  }
}

extension Cursor {
  /// A number of pages or bytes; 0 where there is none.
  fileprivate mutating func count(in text: Span<UInt8>) -> Int {
    Int(clamping: natural(in: text) ?? 0)
  }
}
