import CgroupFS
import Core
import KillPrediction
import MemoryGroups
import ProcFS
import Processes
import Rendering

/// Problems in a machine's memory.
struct MemoryFindings {
  let facts: MemoryFacts
  /// The style in which amounts are written.
  let sizes: SizeStyle

  var all: [Finding] {
    let scarce = [lowMemory, memory, held, swap, commit, pressure].compactMap { $0 }
    return (scarce + zones + fragmentation + cgroups).worstFirst
  }

  private func finding(
    _ id: String, _ severity: Finding.Severity, _ text: String, in source: String, remedy: String?
  ) -> Finding {
    Finding(id: id, severity: severity, text: text, source: source, remedy: remedy)
  }
}

extension MemoryFindings {
  /// Memory as a whole, as the kernel itself estimates it (mm/show_mem.c `si_mem_available`).
  private var memory: Finding? {
    guard isMemoryShort == true, let total = facts[.total], let available = facts[.available] else {
      return nil
    }
    let swapTotal = facts[.swapTotal] ?? 0
    let swapFree = facts[.swapFree] ?? 0
    let level = Threshold.memory(available: available, of: total, swapFree: swapFree, of: swapTotal)
    let hasSwap = !Threshold.isShort(swapFree, of: max(1, swapTotal))
    let swap = hasSwap ? "" : swapTotal > 0 ? ", and swap is used up" : ", and there is no swap"
    return finding(
      "memory_short", level.severity,
      "memory is short: \(amounts(available, of: total)) are available\(swap)",
      in: facts.source("meminfo"), remedy: "oomctl predict shows who would be killed.")
  }

  /// `nil` to 3.13, which don't estimate it.
  private var isMemoryShort: Bool? {
    guard let total = facts[.total], let available = facts[.available] else { return nil }
    return Threshold.isShort(available, of: total)
  }

  /// Full swap alone is no trouble as long as memory is available: it is only worth knowing.
  private var swap: Finding? {
    guard let total = facts[.swapTotal], let free = facts[.swapFree],
      Threshold.isShort(free, of: total)
    else { return nil }
    let isShort = isMemoryShort ?? true
    guard isShort || free <= 0 else { return nil }
    return finding(
      "swap_full", isShort ? .warning : .info,
      "swap is full: \(amounts(free, of: total)) are free", in: facts.source("meminfo"),
      remedy: isSwapInRAM
        ? "This swap is zram: it lies in RAM itself. Find who filled it: oomctl list --sort -swap_bytes"
        : "Add swap, or find who filled it: oomctl list --sort -swap_bytes")
  }

  /// True where all swap is RAM itself, compressed.
  private var isSwapInRAM: Bool {
    guard let areas = facts.swapAreas?.areas, !areas.isEmpty else { return false }
    return areas.allSatisfy { $0.name.split(separator: "/").last?.hasPrefix("zram") == true }
  }

  /// Memory that no kill frees: worth knowing, and a warning where memory is short.
  private var held: Finding? {
    facts.held.map { held in
      finding(
        HeldMemory.findingID, isMemoryShort == true ? .warning : .info, held.sentence(sizes),
        in: facts.source("meminfo"), remedy: held.remedy)
    }
  }

  private var commit: Finding? {
    guard facts.isCommitEnforced == true, let limit = facts[.commitLimit],
      let used = facts[.committed], let ram = facts[.total]
    else { return nil }
    let left = Int128(limit) - Int128(used)
    let level = Threshold.commit(used, of: limit, ram: ram)
    guard level > .fine else { return nil }
    let state =
      left > 0
      ? "\(sizes.phrase(Int(clamping: left))) of \(sizes.phrase(limit)) are left"
      : "\(sizes.phrase(used)) are promised of \(sizes.phrase(limit))"
    return finding(
      "commit_limit_near", level.severity,
      "the commit limit is nearly used up: \(state), and vm.overcommit_memory 2 refuses what "
        + "exceeds it", in: facts.source("meminfo"),
      remedy:
        "Raise vm.overcommit_ratio or vm.overcommit_kbytes\(isSwapInRAM ? "." : ", or add swap.")")
  }

  private var pressure: Finding? {
    guard let full = facts.pressure.pressure?.full?.tenSeconds else { return nil }
    let level = Threshold.stall(full)
    guard level > .fine else { return nil }
    return finding(
      "pressure_high", level.severity,
      "all tasks stood still for want of memory in \(Percent.text(full)) of the last 10 s",
      in: facts.source("pressure/memory"),
      remedy: "oomctl rank shows who uses most; too much is asked of this memory.")
  }

  private var cgroups: [Finding] {
    facts.groups.flatMap { group, folder in
      group.findings(sizes, source: folder, isOwn: facts.confinement?.path == group.path)
    }
  }

  /// `3 of 12 MiB`, with the unit once where both have the same.
  func amounts(_ part: Int, of whole: Int) -> String {
    let part = sizes.phrase(part)
    let whole = sizes.phrase(whole)
    guard let unit = whole.split(separator: " ").last, part.hasSuffix(" \(unit)") else {
      return "\(part) of \(whole)"
    }
    return "\(part.dropLast(unit.count + 1)) of \(whole)"
  }
}

extension MemoryFindings {
  /// Zones below a watermark while others aren't. If only the one at which the kernel begins to
  /// reclaim is crossed, that is trouble only if there is too little file cache in the zone to come
  /// back. Zones aren't reported again where all memory or low memory is short.
  private var zones: [Finding] {
    guard memory == nil, let zones = facts.zones else { return [] }
    let isLowMemoryShort = lowMemory != nil
    return zones.compactMap { zone in
      if isLowMemoryShort, zone.zone.servesKernel { return nil }
      let others = zones.filter { $0.zone != zone.zone }
      if zone.isBelowMinimum, others.contains(where: { !$0.isBelowMinimum }) {
        return below("min", zone.zone.minPages, zone)
      }
      guard zone.isBelowLow, !zone.canBeRefilled, others.contains(where: { !$0.isBelowLow }) else {
        return nil
      }
      return below("low", zone.zone.lowPages, zone)
    }
  }

  private func below(_ mark: String, _ pages: Int?, _ zone: MemoryZone) -> Finding {
    return finding(
      "zone_below_\(mark)", .warning,
      "zone \(zone.zone.name) of node \(zone.zone.node) is below its \(mark) watermark "
        + "(\(zone.zone.freePages ?? 0) of \(pages ?? 0) pages), while others aren't",
      in: facts.source("zoneinfo"),
      remedy: "What is bound to that zone or node (drivers, cpusets, memory policies) can run out "
        + "of memory alone.")
  }

  /// Free memory in pieces so small that a request for which the OOM killer acts can't be met.
  private var fragmentation: [Finding] {
    let zones = (facts.zones ?? []).ofKernel.filter { ($0.pagesForKernel ?? 0) > 0 }
    let orders = zones.map(\.largestOrder)
    guard !zones.isEmpty, zones.allSatisfy({ $0.freeBlocks != nil }),
      orders.allSatisfy({ $0 ?? 0 < Threshold.costlyOrder }),
      let free = facts.bytes(zones.sum(\.pagesForKernel)),
      let block = facts.bytes(ofOrder: Threshold.costlyOrder)
    else { return [] }
    let largest = facts.bytes(ofOrder: orders.compactMap { $0 }.max() ?? 0)
    return [
      finding(
        "memory_fragmented", .warning,
        "free memory is in pieces: no free block of \(sizes.phrase(block)) although "
          + "\(sizes.phrase(free)) are free above the watermarks (largest "
          + "\(largest.map(sizes.phrase) ?? "-"))", in: facts.source("buddyinfo"),
        remedy:
          "echo 1 > \(facts.source("sys/vm/compact_memory"))\(facts.compactionStandpoint) puts pieces "
          + "together.")
    ]
  }
}

extension MemoryZone {
  /// True where file cache in the zone suffices to reach the watermark at which the kernel rests.
  /// Up to 2.6.27 it isn't known.
  fileprivate var canBeRefilled: Bool {
    guard let free = zone.freePages, let high = zone.highPages, let cache = zone.cachePages else {
      return true
    }
    return free &+ cache >= high
  }
}

extension Threshold.Level {
  /// The severity of a finding about it.
  fileprivate var severity: Finding.Severity { self == .deadly ? .critical : .warning }
}
