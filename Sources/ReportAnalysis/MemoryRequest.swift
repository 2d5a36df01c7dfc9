import Badness
package import DaemonLog
package import KernelLog

/// The allocation for which memory was short, as far as its report tells.
package struct MemoryRequest {
  /// The highest kind of zone that it may use; `nil` where that isn't known.
  package let highest: ZoneKind?
  /// True where what it gets may be moved, so that the areas of CMA are of use; `nil` where that isn't known.
  package let isMovable: Bool?
  /// The size is 2 to this power, in pages.
  package let order: Int
  package let pageSize: Kibibytes
  /// True where a page fault failed, for whatever reason: the kernel then runs the OOM killer without
  /// knowing what was asked for. `pagefault_out_of_memory` in `mm/oom_kill.c`, to 5.15.
  package let isPageFault: Bool
  /// True to 4.3, where free pages are counted order by order; later one block that is large enough will do.
  package let countsByOrder: Bool

  package init(_ report: KernelLog.Report, pageSize: Kibibytes) {
    let version = report.release.flatMap { KernelVersion(parsing: $0) }
    let mask = report.invoker?.gfpMask
    order = report.invoker?.order ?? 0
    self.pageSize = pageSize
    isPageFault = mask == 0 && order == 0
    countsByOrder = version.map { $0 < KernelVersion(4, 4) } ?? false
    if let mask, !isPageFault {
      let movable = Self.movableBit(in: version)
      isMovable = mask & movable != 0
      highest = ZoneKind(allowedBy: mask, movable: movable)
    } else {
      (isMovable, highest) = (nil, nil)
    }
  }

  /// `__GFP_MOVABLE`, which has its place among the bits for zones since 2.6.31: commit b70d94ee438b.
  private static func movableBit(in version: KernelVersion?) -> UInt64 {
    guard let version, version < KernelVersion(2, 6, 31) else { return 0x08 }
    return version < KernelVersion(2, 6, 23) ? 0 : 0x10_0000
  }

  /// The size of the block that was asked for.
  package var size: Kibibytes { Kibibytes(pageSize.count << min(max(order, 0), 20)) }
}
