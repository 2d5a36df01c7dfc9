package import ProcFS

/// A zone with memory, its blocks, and what is asked of it.
package struct MemoryZone: Equatable, Sendable {
  package var zone: ZoneInfo.Zone
  /// Free blocks by order; `nil` when they can't be read.
  var freeBlocks: [Int]?
  /// Free pages above the lowest watermark that are left to the kernel's own requests.
  var pagesForKernel: Int?
  /// Free pages above the lowest watermark for requests that any zone could serve, as those of
  /// programs.
  var pagesForPrograms: Int?

  /// True where only emergencies are served from it.
  var isBelowMinimum: Bool { isBelow(zone.minPages) }

  /// True where the kernel reclaims for its sake.
  var isBelowLow: Bool { isBelow(zone.lowPages) }

  var largestOrder: Int? { freeBlocks?.lastIndex { $0 > 0 } }

  private func isBelow(_ mark: Int?) -> Bool {
    guard let free = zone.freePages, let mark else { return false }
    return free < mark
  }
}

extension MemoryZone {
  /// All zones with memory, in the kernel's order.
  static func all(_ info: ZoneInfo, _ blocks: BuddyInfo?) -> [MemoryZone] {
    let index = info.kernelIndex
    return info.populated.map { zone in
      MemoryZone(
        zone: zone, freeBlocks: blocks?.zone(zone.name, of: zone.node)?.freeBlocks,
        pagesForKernel: zone.freePages(above: zone.minPages, keptFrom: index),
        pagesForPrograms: zone.freePages(above: zone.minPages, keptFrom: nil))
    }
  }
}

extension [MemoryZone] {
  /// A sum of pages over zones; `nil` unless each has it. No machine has so many that it wraps.
  func sum(_ pages: (MemoryZone) -> Int?) -> Int? {
    guard !isEmpty else { return nil }
    var sum = 0
    for zone in self {
      guard let pages = pages(zone) else { return nil }
      sum &+= pages
    }
    return sum
  }

  var ofKernel: [MemoryZone] { filter(\.zone.servesKernel) }
  var notOfKernel: [MemoryZone] { filter { !$0.zone.servesKernel } }
}
