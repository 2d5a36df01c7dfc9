package import KernelLog

/// The reason why a zone couldn't give what was asked for, although it may have had free memory:
/// the checks of `__zone_watermark_ok` in `mm/page_alloc.c`, as far as a report allows.
package struct ZoneVerdict {
  package let zone: Zone
  package let obstacle: Obstacle

  package enum Obstacle: Equatable {
    /// It had enough.
    case none
    /// Less is free than its lowest watermark.
    case belowMinimum
    /// The free memory is kept for allocations that can't use a higher zone.
    case reserved
    /// Enough is free, but in blocks that are too small.
    case fragmented(largest: Kibibytes)
    /// The allocation can't use memory of this zone.
    case tooHigh
  }

  /// - Parameters:
  ///   - zone: As it was printed.
  ///   - kind: The highest kind of zone that the allocation could use.
  ///   - order: The size that was asked for.
  ///   - pageSize: Of the machine.
  package init(_ zone: Zone, upTo kind: ZoneKind?, order: Int, pageSize: Kibibytes) {
    self.zone = zone
    obstacle = Self.obstacle(zone, kind, order, pageSize)
  }

  private static func obstacle(
    _ zone: Zone, _ kind: ZoneKind?, _ order: Int, _ pageSize: Kibibytes
  ) -> Obstacle {
    guard let free = zone.size("free"), let minimum = zone.size("min") else { return .none }
    if let kind, let own = ZoneKind(rawValue: zone.name), own > kind { return .tooHigh }
    if free <= minimum { return .belowMinimum }
    if let kind, let reserve = zone.reserve(against: kind),
      free.count <= minimum.count &+ reserve &* pageSize.count
    {
      return .reserved
    }
    guard 1...20 ~= order, !zone.blocks.isEmpty else { return .none }
    let wanted = pageSize.count << order
    let largest = zone.blocks.filter { $0.count > 0 }.map(\.size).max() ?? 0
    return largest.count < wanted ? .fragmented(largest: largest) : .none
  }

  /// For a cell of a table.
  package var note: String {
    switch obstacle {
    case .none: ""
    case .belowMinimum: "! below min"
    case .reserved: "! kept in reserve"
    case .fragmented: "! only small blocks"
    case .tooHigh: "of no use here"
    }
  }
}

/// The kinds of zones, the lowest first: `enum zone_type` in `include/linux/mmzone.h`.
package enum ZoneKind: String, CaseIterable, Comparable {
  case dma = "DMA"
  case dma32 = "DMA32"
  case normal = "Normal"
  case high = "HighMem"
  case movable = "Movable"
  case device = "Device"

  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }

  private var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The highest that an allocation may use: `gfp_zone` in `include/linux/gfp.h`. The bits for zones are the
  /// same in all kernels since 2.6.23.
  package init(allowedBy mask: UInt64) {
    if mask & 0x01 != 0 {
      self = .dma
    } else if mask & 0x04 != 0 {
      self = .dma32
    } else if mask & 0x02 != 0 {
      self = mask & 0x08 != 0 ? .movable : .high
    } else {
      self = .normal
    }
  }
}

extension Zone {
  /// Pages that allocations for a higher zone leave alone here. The list has no entry for zones that the
  /// kernel wasn't built with, so only the last ones are certain: the highest stands last.
  fileprivate func reserve(against kind: ZoneKind) -> Int? {
    kind >= .high ? reserve.last : nil
  }
}
