import Core
import ProcFS
import Processes
import Rendering

/// Keeps `min_free_kbytes` from taking memory that programs have: what it wants kept free and can't be had by
/// dropping caches is had by killing, at once.
struct ReserveSafety {
  private let total: Int
  private let available: Int

  /// `nil` where the machine doesn't tell what it takes to know.
  init?(in world: borrowing World) {
    guard let memory = world.known(try world.proc.memoryInfo), let total = memory[.total],
      let available = memory[.available] ?? memory[.free]
    else { return nil }
    self.total = total.bytes
    self.available = available.bytes
  }

  /// The reason why values may not be set: `values` holds those that will be in force, by key, and
  /// `former` those that are.
  func refusal(of values: [String: String], replacing former: [String: String]) -> Failure? {
    guard let wanted = values[Self.key].flatMap({ Int($0) }),
      let present = former[Self.key].flatMap({ Int($0) }), wanted > present
    else { return nil }
    let left = Int(clamping: Int128(available) - Int128(reserve(wanted)) + Int128(reserve(present)))
    guard Threshold.isShort(left, of: total) else { return nil }
    let style = SizeStyle.binary
    return Failure(
      "min_free_kbytes \(wanted) would keep \(style.phrase(reserve(wanted))) free, and only "
        + "\(style.phrase(available)) are available: the kernel would kill to get it",
      advice: advice(present), status: .refused)
  }

  private static let key = "vm.min_free_kbytes"

  /// The kernel reclaims until the high watermark is reached, half as much again as the lowest
  /// (mm/page_alloc.c `__setup_per_zone_wmarks`).
  private func reserve(_ kilobytes: Int) -> Int {
    Int(clamping: Int128(kilobytes) * 1024 * 3 / 2)
  }

  /// The most that leaves enough.
  private func advice(_ present: Int) -> String {
    let force = "--force sets it nevertheless; add --confirm 60s."
    let room = available - total / 100 * (Threshold.shortPercent + 1)
    let most = present + max(0, room) / 3 * 2 / 1024
    return most > present ? "vm.min_free_kbytes=\(most) would do. \(force)" : force
  }
}
