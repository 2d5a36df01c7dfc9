/// The block that begins with `Mem-Info:`.
extension ReportComposer {
  mutating func memory() {
    print(era.level < 20_628 ? "Mem-info:" : "Mem-Info:")
    if era.level < 30_000 { perCPU() }
    print(
      shortage.counters.map { line in
        line.map { "\($0.key):\($0.value)" }.joined(separator: " ")
      }.joined(separator: "\n "))
    if era.level >= 40_800 { node() }
    for zone in shortage.zones {
      print(text(zone))
      print("\(era.level < 20_611 ? "protections" : "lowmem_reserve")[]: \(list(zone.reserve))")
    }
    for zone in shortage.zones { print(buddies(zone)) }
    if era.level >= 31_000 {
      print("Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB")
    }
    totals()
    if !shortage.allocations.isEmpty { print("Memory allocations:") }
    for allocation in shortage.allocations {
      print("\(column(allocation.size, 12)) \(column(allocation.count, 8)) \(allocation.site)")
    }
    if !shortage.slabs.isEmpty {
      print("Unreclaimable slab info:")
      print("Name                      Used          Total")
    }
    for slab in shortage.slabs {
      let name = slab.name + String(repeating: " ", count: 17 - min(17, slab.name.count))
      print("\(name) \(column(slab.used, 10))KB \(column(slab.total, 10))KB")
    }
  }

  private mutating func perCPU() {
    for zone in shortage.zones {
      print("\(zone.name) per-cpu:")
      if era.level < 20_624 {
        print("cpu 0 hot: low 32, high 96, batch 16")
        print("cpu 0 cold: low 0, high 32, batch 16")
      } else {
        print("CPU    0: hi:  186, btch:  31 usd: 104")
      }
    }
    if era.level < 20_628 {
      print("")
      print("Free pages:      107700kB (105792kB HighMem)")
    }
  }

  private mutating func node() {
    let blank = era.level < 60_600 ? " " : ""
    print(
      "Node 0 active_anon:2700kB inactive_anon:118696kB isolated(anon):0kB mapped:2472kB "
        + "shmem:3464kB shmem_thp:\(blank)0kB anon_thp:\(blank)0kB writeback_tmp:0kB "
        + (era.level < 51_000 ? "" : "kernel_stack:784kB pagetables:392kB ")
        + "all_unreclaimable? no")
  }

  private func text(_ zone: Shortage.Area) -> String {
    var text = zone.node.map { "Node \($0) " } ?? ""
    text += zone.name
    for size in zone.sizes {
      text += " \(size.key):\(size.value)\(size.key.hasSuffix("highatomic") ? "KB" : "kB")"
    }
    if let isUnreclaimable = zone.isUnreclaimable, era.level >= 20_611 {
      text += " pages_scanned:1260 all_unreclaimable? \(isUnreclaimable ? "yes" : "no")"
    }
    return text
  }

  private func buddies(_ zone: Shortage.Area) -> String {
    let blocks = zone.blocks.map { block in
      "\(block.count)*\(block.size)kB" + (block.kinds.isEmpty ? "" : " (\(block.kinds))")
    }
    let sum = zone.blocks.reduce(0) { $0 + $1.size * $1.count }
    let node = zone.node.map { "Node \($0) " } ?? ""
    return "\(node)\(zone.name): \(blocks.joined(separator: " ")) = \(sum)kB"
  }

  private mutating func totals() {
    let (ram, swap) = (shortage.ram, shortage.swap)
    if era.level < 20_628 {
      print("Swap cache: add 1031, delete 922, find 1/2, race 0+0")
    } else {
      print("866 total pagecache pages")
      print("0 pages in swap cache")
      if era.level < 60_000 { print("Swap cache stats: add 1031, delete 922, find 1/2") }
    }
    print("Free swap  = \(swap.free)kB")
    print("Total swap = \(swap.total)kB")
    print("\(ram.all) pages \(era.level < 20_624 ? "of RAM" : "RAM")")
    if let high = ram.high {
      print("\(high) pages HighMem\(era.level < 31_300 ? "" : "/MovableOnly")")
    }
    print(era.level < 20_624 ? "\(ram.reserved) reserved pages" : "\(ram.reserved) pages reserved")
    if era.level < 31_300 {
      print("1221 pages shared")
      print("241369 pages non-shared")
    } else {
      print("0 pages hwpoisoned")
    }
  }

  private func list(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: " ")
  }
}
