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

  /// The highest that an allocation may use: `gfp_zone` in `include/linux/gfp.h`. The bits of the three zones are
  /// the same in all kernels since 2.6.15.
  package init(allowedBy mask: UInt64, movable: UInt64) {
    if mask & 0x01 != 0 {
      self = .dma
    } else if mask & 0x04 != 0 {
      self = .dma32
    } else if mask & 0x02 != 0 {
      self = mask & movable != 0 ? .movable : .high
    } else {
      self = .normal
    }
  }
}
