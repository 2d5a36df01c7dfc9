package import DaemonLog
package import KernelLog

/// The reason why a zone couldn't give what was asked for, although it may have had free memory:
/// the checks of `__zone_watermark_ok` in `mm/page_alloc.c`, as far as a report allows.
package struct ZoneVerdict {
  package let zone: Zone
  package let obstacle: Obstacle
  /// The largest free block that the allocation can use; `nil` where the list wasn't printed.
  package let largestBlock: Kibibytes?

  package enum Obstacle: Equatable {
    /// It had enough.
    case none
    /// The report doesn't tell.
    case unknown
    /// Less is free than its lowest watermark.
    case belowMinimum
    /// Enough is free, but so much of it belongs to areas of CMA, which only movable pages may borrow.
    case contiguous
    /// The free memory is kept for allocations that can't use a higher zone, or can't wait.
    case reserved
    /// Enough is free, but in blocks that are too small, or aren't for this allocation.
    case fragmented
    /// Hardly more than the lowest watermark is free: it is below the next one.
    case tight
    /// The allocation can't use memory of this zone.
    case tooHigh

    /// True where the allocation could have had memory here, or may have.
    package var isHarmless: Bool { self == .none || self == .unknown || self == .tooHigh }
  }

  /// What is free in areas of CMA, where that is why too little is left for the allocation.
  package let contiguous: Kibibytes

  /// What was found of each zone of a report.
  package static func all(of zones: [Zone], for request: MemoryRequest) -> [Self] {
    zones.map { zone in
      ZoneVerdict(
        zone, for: request,
        reserve: reserve(of: zone, for: request, among: zones))
    }
  }

  private init(_ zone: Zone, for request: MemoryRequest, reserve: Int) {
    self.zone = zone
    let usable = zone.blocks.filter { $0.count > 0 && $0.isUsable(by: request) }
    largestBlock =
      zone.blocks.isEmpty ? nil : Kibibytes(usable.map(\.size.count).max() ?? 0)
    obstacle = Self.obstacle(
      of: zone, for: request, reserve: reserve, usable: usable,
      largest: largestBlock)
    let isShort = obstacle != .none && obstacle != .tooHigh && obstacle != .unknown
    contiguous = Kibibytes(isShort ? Self.contiguous(in: zone, for: request) : 0)
  }

  /// Areas of CMA are of no use to what can't be moved away again.
  private static func contiguous(in zone: Zone, for request: MemoryRequest) -> Int {
    request.isMovable == false ? zone.size("free_cma")?.count ?? 0 : 0
  }

  private static func obstacle(
    of zone: Zone, for request: MemoryRequest, reserve: Int, usable: [FreeBlock],
    largest: Kibibytes?
  ) -> Obstacle {
    if let highest = request.highest, let own = zone.kind, own > highest { return .tooHigh }
    guard let free = zone.size("free")?.count, let minimum = zone.size("min")?.count else {
      return .unknown
    }
    if free <= minimum { return .belowMinimum }
    let contiguous = contiguous(in: zone, for: request)
    if free &- contiguous <= minimum { return .contiguous }
    let kept = zone.atomicReserve &+ reserve &* request.pageSize.count
    if free &- contiguous &- kept <= minimum { return .reserved }
    if 1...20 ~= request.order, let largest {
      if largest < request.size
        || request.countsByOrder
          && isShortByOrder(free &- contiguous, above: minimum &+ kept, usable, request)
      {
        return .fragmented
      }
    }
    let low = zone.size("low")?.count ?? minimum
    return free &- contiguous &- kept <= low ? .tight : .none
  }

  /// True where too little is left without the blocks of lower orders: the same function to 4.3.
  private static func isShortByOrder(
    _ free: Int, above minimum: Int, _ blocks: [FreeBlock], _ request: MemoryRequest
  ) -> Bool {
    var (free, minimum) = (free, minimum)
    for order in 0..<request.order {
      let size = request.pageSize.count << order
      let held = blocks.filter { $0.size.count == size }.reduce(0) { $0 &+ $1.count &* size }
      free = free &- held
      minimum >>= 1
      if free <= minimum { return true }
    }
    return false
  }

  /// Pages that are kept here from allocations that could use a higher zone.
  private static func reserve(
    of zone: Zone, for request: MemoryRequest, among zones: [Zone]
  ) -> Int {
    guard let highest = request.highest, let own = zone.kind, own < highest else { return 0 }
    // The list has no entry for zones that the kernel wasn't built with: the own list of the highest zone
    // shows its place, if a higher one has memory. Else nothing is more than what is kept from it.
    let target = zones.first { $0.node == zone.node && $0.kind == highest }
    if let place = target?.reserve.firstIndex(where: { $0 != 0 }), place > 0,
      zone.reserve.indices.contains(place - 1)
    {
      return zone.reserve[place - 1]
    }
    return zones.contains { $0.kind.map { $0 > highest } ?? false } ? 0 : zone.reserve.max() ?? 0
  }

  /// For a cell of a table.
  package var note: String {
    switch obstacle {
    case .none, .unknown: ""
    case .belowMinimum: "! below min"
    case .contiguous: "! without CMA below min"
    case .reserved: "! kept in reserve"
    case .fragmented: "! only small blocks"
    case .tight: "hardly above min"
    case .tooHigh: "of no use here"
    }
  }

  /// For programs.
  package var word: String? {
    switch obstacle {
    case .none: "ok"
    case .unknown: nil
    case .belowMinimum: "below_min"
    case .contiguous: "below_min_without_cma"
    case .reserved: "reserved"
    case .fragmented: "fragmented"
    case .tight: "tight"
    case .tooHigh: "unusable"
    }
  }
}

extension Zone {
  package var kind: ZoneKind? { ZoneKind(rawValue: name) }

  /// What is kept for allocations that can't wait. Kernels since 6.13 print how much of it is free.
  fileprivate var atomicReserve: Int {
    (size("free_highatomic") ?? size("reserved_highatomic"))?.count ?? 0
  }
}

extension FreeBlock {
  /// True where these blocks aren't only of kinds that the allocation can't have: `C`, areas of CMA, but for
  /// movable pages; `H`, for allocations that can't wait; `I`, isolated. `show_migration_types` in
  /// `mm/show_mem.c`.
  package func isUsable(by request: MemoryRequest) -> Bool {
    kinds.isEmpty
      || kinds.contains { $0 != "H" && $0 != "I" && ($0 != "C" || request.isMovable != false) }
  }
}
