package import DaemonLog
package import KernelLog

/// What was short when the whole machine had too little memory: not always memory.
package enum MemoryShortage: Equatable {
  /// Memory, wherever it lies.
  case memory
  /// Memory that the kernel can use itself, on a 32-bit machine; so much high memory was free.
  case lowMemory(highFree: Kibibytes)
  /// Memory in the zones that the allocation can use; so much was free in others.
  case usableMemory(elsewhere: Kibibytes)
  /// Memory outside of the areas of CMA.
  case memoryOutsideCMA
  /// Blocks that are large enough.
  case largeBlocks
  /// Memory, although no zone had less than its lowest watermark.
  case barelyMemory
  /// Nothing: a page fault failed for another reason.
  case pageFault
  /// Nothing that the report shows.
  case nothing

  /// `nil` where a limit was hit, or somebody asked for a kill.
  package init?(of kill: KernelLog.Kill, _ zones: [ZoneVerdict], for request: MemoryRequest) {
    guard request.order >= 0 else { return nil }
    switch kill.constraint {
    case "none": break
    case nil, "cpuset", "memory_policy": if zones.isEmpty { return nil }
    default: return nil
    }
    self.init(zones, for: request, in: kill.report.memory)
  }

  private init(_ zones: [ZoneVerdict], for request: MemoryRequest, in memory: MemoryState) {
    let usable = zones.filter { $0.obstacle != .tooHigh }
    let obstacles = usable.map(\.obstacle)
    let isAboveMinimum =
      !usable.isEmpty && !obstacles.contains(.belowMinimum) && !obstacles.contains(.unknown)
    if isAboveMinimum, request.isPageFault {
      self = .pageFault
    } else if request.highest == nil {
      self = .memory
    } else if let high = Self.freeHighMemory(zones, for: request, in: memory), high.count > 0,
      Self.isLowMemoryShort(usable)
    {
      self = .lowMemory(highFree: high)
    } else if isAboveMinimum {
      self = Self.shortage(above: usable)
    } else {
      self = Self.shortage(besides: zones)
    }
  }

  /// True where the zone that most low memory lies in had too little: the highest of them.
  private static func isLowMemoryShort(_ usable: [ZoneVerdict]) -> Bool {
    let low = usable.filter { $0.zone.kind.map { $0 <= .normal } ?? false }
    guard let kind = low.compactMap(\.zone.kind).max() else { return false }
    return low.contains { $0.zone.kind == kind && !$0.obstacle.isHarmless }
  }

  /// What was short where no zone that counts had less than its lowest watermark.
  private static func shortage(above zones: [ZoneVerdict]) -> MemoryShortage {
    let obstacles = zones.map(\.obstacle)
    if obstacles.contains(.none) { return .nothing }
    if obstacles.contains(.contiguous) { return .memoryOutsideCMA }
    if obstacles.contains(.fragmented) { return .largeBlocks }
    // In the highest zone only that is kept which is for requests that can't wait.
    let highest = zones.compactMap(\.zone.kind).max()
    let isKept = zones.contains { $0.zone.kind == highest && $0.obstacle == .reserved }
    return isKept ? .memory : .barelyMemory
  }

  /// What was short where some had; next to nothing elsewhere is no other memory.
  private static func shortage(besides zones: [ZoneVerdict]) -> MemoryShortage {
    let elsewhere = zones.filter { $0.obstacle == .tooHigh }.reduce(0) {
      $0 &+ ($1.zone.size("free")?.count ?? 0)
    }
    let minimum = zones.reduce(0) { $0 &+ ($1.zone.size("min")?.count ?? 0) }
    return elsewhere > max(minimum, 1024)
      ? .usableMemory(elsewhere: Kibibytes(elsewhere)) : .memory
  }

  /// The free high memory of a 32-bit machine, where the allocation couldn't use it. Since 6.1 its zones
  /// aren't printed then: it is what is free in all, less what is in those that are.
  private static func freeHighMemory(
    _ zones: [ZoneVerdict], for request: MemoryRequest, in memory: MemoryState
  ) -> Kibibytes? {
    let high = zones.filter { $0.zone.kind == .high }
    if !high.isEmpty {
      guard high.allSatisfy(\.obstacle.isHarmless) else { return nil }
      return Kibibytes(high.reduce(0) { $0 &+ ($1.zone.size("free")?.count ?? 0) })
    }
    guard let kind = request.highest, kind <= .normal, memory.highPages ?? 0 > 0,
      let free = memory.pages("free")
    else { return nil }
    let shown = zones.reduce(0) { $0 &+ ($1.zone.size("free")?.count ?? 0) }
    return Kibibytes(max(0, free &* request.pageSize.count &- shown))
  }
}

extension MemoryShortage {
  /// For programs.
  package var word: String {
    switch self {
    case .memory: "memory"
    case .lowMemory: "low_memory"
    case .usableMemory: "usable_memory"
    case .memoryOutsideCMA: "memory_outside_cma"
    case .largeBlocks: "large_blocks"
    case .barelyMemory: "barely_memory"
    case .pageFault: "page_fault"
    case .nothing: "nothing"
    }
  }
}
