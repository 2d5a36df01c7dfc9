import Core
import ProcFS
package import Processes
import Rendering

/// The memory of a 32-bit kernel that it can reach by itself, where there is high memory besides: what it
/// keeps for itself (slab, page tables, stacks) must lie there.
package struct LowMemory {
  /// Free bytes above the lowest watermarks that are left to the kernel's own requests.
  let aboveMinimum: Int
  let free: Int
  let total: Int
  /// The kernel's estimate of available memory (mm/show_mem.c `si_mem_available`) for these zones
  /// alone; `nil` up to 2.6.27, which doesn't count the file cache of a zone.
  let available: Int?
  let highFree: Int
  let highTotal: Int

  static let findingID = "low_memory_short"

  package init?(_ facts: MemoryFacts) {
    guard facts.hasHighMemory, let zones = facts.zones?.ofKernel,
      let aboveMinimum = facts.aboveMinimumOfLow,
      let size = facts.bytes(zones.sum(\.zone.size)), let highTotal = facts[.highTotal],
      let highFree = facts[.highFree]
    else { return nil }
    self.aboveMinimum = aboveMinimum
    free = facts[.lowFree] ?? facts.bytes(zones.sum(\.zone.freePages)) ?? 0
    total = facts[.lowTotal] ?? size
    self.highFree = highFree
    self.highTotal = highTotal
    available = facts.bytes(zones.sum(\.zone.cachePages)).map { cache in
      let reclaimed = [cache, max(0, facts[.reclaimableSlab] ?? 0)]
      // Half of either is left alone, but no more than the watermark.
      let mark = facts.bytes(zones.sum(\.zone.lowPages)) ?? 0
      return reclaimed.reduce(aboveMinimum) { sum, part in
        Int(clamping: Int128(sum) + Int128(part - min(part / 2, mark)))
      }
    }
  }

  /// True where it runs out while there is memory that programs could have.
  package var isShort: Bool {
    guard !Threshold.isShort(highFree, of: highTotal) else { return false }
    return available.map { Threshold.isShort($0, of: total) } ?? (aboveMinimum == 0)
  }

  /// Its level: nothing above the watermark is left to the kernel's own requests, or little.
  package var level: Threshold.Level { !isShort ? .fine : aboveMinimum > 0 ? .short : .deadly }
}

extension MemoryFindings {
  var lowMemory: Finding? {
    guard let low = LowMemory(facts), low.isShort else { return nil }
    return Finding(
      id: LowMemory.findingID, severity: low.level == .deadly ? .critical : .warning,
      text: "low memory is short (\(amounts(low.aboveMinimum, of: low.free)) above the watermark) "
        + "while \(sizes.phrase(low.highFree)) of high memory is free: the OOM killer can act "
        + "although `free` shows memory; it is held by \(holders)",
      source: facts.source("zoneinfo"),
      remedy: "slabtop -s c shows what fills the slab. A 64-bit kernel has no such bound.")
  }

  /// The kinds of memory that can only be there, the largest first.
  private var holders: String {
    let kinds: [(String, MemoryInfo.Line)] = [
      ("slab", .slab), ("page tables", .pageTables), ("kernel stacks", .kernelStacks),
    ]
    let known = kinds.compactMap { name, line in facts[line].map { (name, $0) } }
    return known.sorted { $0.1 > $1.1 }.map { name, size in
      "\(name) \(sizes.phrase(size))" + (name == "slab" ? mostOfSlab : "")
    }.joined(separator: ", ")
  }

  private var mostOfSlab: String {
    guard let cache = facts.largestSlab, let size = facts.bytes(cache.pages) else { return "" }
    return " (\(cache.name) \(sizes.phrase(size)))"
  }
}
