import Badness
package import Core
package import ProcFS

extension World {
  /// The use of all RAM; `nil` where `meminfo` can't tell. What else can't be read is among what nobody counts.
  package func ledger(of memory: MemoryInfo, pageSize: Int?) -> Ledger? {
    var devices = Ledger.Devices()
    if let pageSize, let pages: ZonePages = known(try proc.directory.read("zoneinfo", isLong: true))
    {
      devices.freePerProcessor = Int(clamping: Int128(pages.perProcessor) * Int128(pageSize))
      // All of them, zswap's too.
      let compressed = Int(clamping: Int128(pages.compressed) * Int128(pageSize))
      devices.zram = max(0, compressed - (memory[named: "Zswap"]?.bytes ?? 0))
    }
    let compressed = compressedDevices
    devices.zram = compressed?.taken ?? devices.zram
    devices.arc =
      known(
        try proc.directory.read("spl/kstat/zfs/arcstats", as: ArcStatistics.self))?.size
    devices.idleHugePages = idleHugePages
    let version = known(try proc.kernelRelease).flatMap { KernelVersion(parsing: $0) }
    devices.countsMapped = version.map { $0 >= KernelVersion(5, 3) } ?? false
    devices.mapsStacks = memory.is32Bit != true
    var ledger = Ledger(memory, devices)
    ledger?.heldByZram = compressed?.held
    return ledger
  }

  /// What all devices of zram hold, and what that takes up, in bytes; `nil` where they can't be read.
  private var compressedDevices: (held: Int, taken: Int)? {
    guard let block = known(try directory(at: "/sys/block")), let names = known(try block.entries())
    else { return nil }
    var sum = (held: 0, taken: 0)
    for name in names where name.hasPrefix("zram") {
      guard let text = known(try block.read("\(name)/mm_stat", as: String.self)) else { continue }
      let numbers = text.split(separator: " ").compactMap { Int($0) }
      if numbers.count >= 3 { sum = (sum.held &+ numbers[0], sum.taken &+ numbers[2]) }
    }
    return sum
  }

  /// Of all sizes that `/sys/kernel/mm/hugepages` tells; `nil` where it tells none.
  private var idleHugePages: Int? {
    guard let folder = known(try directory(at: "/sys/kernel/mm/hugepages")),
      let names = known(try folder.entries())
    else { return nil }
    var idle: Int?
    for name in names where name.hasPrefix("hugepages-") && name.hasSuffix("kB") {
      guard let size = Int(name.dropFirst(10).dropLast(2)),
        let free = known(try folder.read("\(name)/free_hugepages", as: Int.self))
      else { continue }
      idle = Int(clamping: Int128(idle ?? 0) + Int128(size) * 1024 * Int128(free))
    }
    return idle
  }
}
