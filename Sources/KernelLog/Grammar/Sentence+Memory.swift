import DaemonLog
import LogLines

extension Sentence {
  /// Lines of the block that begins with `Mem-Info:`.
  static func memory(_ line: Span<UInt8>) -> Sentence? {
    if line.starts(with: "Mem-Info:") || line.starts(with: "Mem-info:") { return .memory }
    if line.starts(with: "Unreclaimable slab info:") { return .slabs }
    if line.starts(with: "Memory allocations") { return .allocations }
    if let swap = swap(line) { return swap }
    if let reserve = reserve(line) { return reserve }
    return zone(line) ?? counters(line)
  }

  /// `Free swap  = NkB` and `Total swap = NkB`.
  private static func swap(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    let isTotal = reader.skip("Total swap", in: line)
    guard isTotal || reader.skip("Free swap", in: line) else { return nil }
    reader.skipBlanks(in: line)
    guard reader.skip("=", in: line) || reader.skip(":", in: line) else { return nil }
    reader.skipBlanks(in: line)
    guard let size = reader.kibibytes(in: line) else { return nil }
    return .total(isTotal ? .totalSwap(size) : .freeSwap(size))
  }

  /// `lowmem_reserve[]: N N N`, to 2.6.10 `protections[]:`.
  private static func reserve(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    guard reader.skip("lowmem_reserve[]:", in: line) || reader.skip("protections[]:", in: line)
    else { return nil }
    var pages: [Int] = []
    reader.skipBlanks(in: line)
    while pages.count < 16, let count = reader.integer(in: line) {
      pages.append(count)
      reader.skipBlanks(in: line)
    }
    return .reserve(pages)
  }

  /// `N pages RAM`, `N pages reserved` and the like.
  static func pageCount(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    guard let count = reader.natural(in: line) else { return nil }
    if reader.skip(" pages RAM", in: line) || reader.skip(" pages of RAM", in: line) {
      return .total(.ram(count))
    }
    if reader.skip(" pages HighMem", in: line) || reader.skip(" pages of HIGHMEM", in: line) {
      return .total(.high(count))
    }
    if reader.skip(" pages reserved", in: line) || reader.skip(" reserved pages", in: line) {
      return .total(.reserved(count))
    }
    if reader.skip(" pages hwpoisoned", in: line) { return .total(.poisoned(count)) }
    let isFiller = reader.skip(" pages ", in: line) || reader.skip(" total pagecache", in: line)
    return isFiller ? .filler : nil
  }
}

extension Sentence {
  /// `[Node N ]ZONE free:NkB min:NkB …`, and the same with free blocks behind a colon.
  private static func zone(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    var node: Int?
    if reader.skip("Node ", in: line) {
      node = reader.natural(in: line)
      reader.skipBlanks(in: line)
    }
    guard let name = zoneName(in: line, at: &reader) else {
      return node == nil ? nil : ofNode(line, at: &reader) ?? .filler
    }
    if reader.skip(":", in: line) {
      guard let blocks = blocks(in: line, at: &reader) else { return .filler }
      return .blocks(node: node, zone: name, blocks)
    }
    guard reader.skip(" free:", in: line) else { return .filler }
    reader.offset -= "free:".utf8.count
    var zone = Zone(node: node, name: name, sizes: [])
    while zone.sizes.count < 64, let size = size(in: line, at: &reader) { zone.sizes.append(size) }
    if reader.skip("all_unreclaimable? ", in: line) {
      zone.isUnreclaimable = reader.skip("yes", in: line)
    }
    return .zone(zone)
  }

  /// `hugepages_total=N hugepages_free=N hugepages_surp=N hugepages_size=NkB`, or a node's own line, from 4.8
  /// on, of which only what stands nowhere else is kept: `active_anon:NkB … kernel_stack:NkB …`.
  private static func ofNode(_ line: Span<UInt8>, at reader: inout Reader) -> Sentence? {
    if reader.skip("hugepages_total=", in: line) {
      guard let total = reader.natural(in: line), reader.skip(" hugepages_free=", in: line),
        let free = reader.natural(in: line), reader.skipPast(" hugepages_size=", in: line),
        let size = reader.kibibytes(in: line)
      else { return nil }
      return .total(
        .hugePages(
          total: Int(clamping: Int128(total) * Int128(size.count)),
          free: Int(clamping: Int128(free) * Int128(size.count))))
    }
    guard reader.skipPast(" kernel_stack:", in: line), let stacks = reader.natural(in: line) else {
      return nil
    }
    return .total(.kernelStacks(stacks))
  }

  private static func zoneName(in line: Span<UInt8>, at reader: inout Reader) -> String? {
    for name in ["DMA32", "DMA", "Normal", "HighMem", "Movable", "Device"] as [StaticString] {
      let start = reader.offset
      if reader.skip(name, in: line),
        reader.next(in: line) == UInt8(ascii: ":") || reader.next(in: line) == UInt8(ascii: " ")
      {
        return "\(name)"
      }
      reader.offset = start
    }
    return nil
  }

  /// A pair such as `min:128kB`, or `pages_scanned:12` without a unit, which is left out.
  private static func size(in line: Span<UInt8>, at reader: inout Reader) -> Counter? {
    while !reader.isAtEnd(of: line) {
      reader.skipBlanks(in: line)
      let start = reader.offset
      let key = reader.until(UInt8(ascii: ":"), in: line)
      guard reader.skip(":", in: line), key.count < 40, !holdsBlank(line, in: key) else {
        reader.offset = start
        return nil
      }
      reader.skipBlanks(in: line)
      guard let value = reader.natural(in: line) else {
        reader.offset = start
        return nil
      }
      if reader.skip("kB", in: line) || reader.skip("KB", in: line) {
        return Counter(key: line.text(in: key), value: value)
      }
    }
    return nil
  }

  private static func holdsBlank(_ line: Span<UInt8>, in range: Range<Int>) -> Bool {
    for offset in range where line[offset].isBlank { return true }
    return false
  }

  /// `12*4kB (UM) 0*8kB … = 48kB`.
  private static func blocks(in line: Span<UInt8>, at reader: inout Reader) -> [FreeBlock]? {
    var blocks: [FreeBlock] = []
    while blocks.count < 32 {
      reader.skipBlanks(in: line)
      guard let count = reader.natural(in: line), reader.skip("*", in: line),
        let size = reader.kibibytes(in: line)
      else { break }
      var kinds = ""
      if reader.skip(" (", in: line) {
        kinds = line.text(in: reader.until(UInt8(ascii: ")"), in: line))
        reader.offset += 1
      }
      blocks.append(FreeBlock(size: size, count: count, kinds: kinds))
    }
    return blocks.isEmpty ? nil : blocks
  }

  /// `active_anon:N inactive_anon:N …`, in pages; to 2.6.27 it began with `Active:`.
  private static func counters(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    var counters: [Counter] = []
    while !reader.isAtEnd(of: line), counters.count < 32 {
      let key = reader.until(UInt8(ascii: ":"), in: line)
      guard reader.skip(":", in: line), isCounterName(line, in: key),
        let value = reader.natural(in: line),
        reader.isAtEnd(of: line) || line[reader.offset].isBlank
      else { return nil }
      counters.append(Counter(key: line.text(in: key), value: value))
      reader.skipBlanks(in: line)
    }
    return counters.isEmpty ? nil : .counters(counters)
  }

  private static func isCounterName(_ line: Span<UInt8>, in range: Range<Int>) -> Bool {
    guard !range.isEmpty, range.count < 32 else { return false }
    for offset in range where !line[offset].isLetter && line[offset] != UInt8(ascii: "_") {
      return false
    }
    return true
  }
}
