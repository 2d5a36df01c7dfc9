import Diagnosis
import ProcFS
import Rendering

/// The kernel's figures on its memory, as metrics.
struct MemoryFamilies {
  let facts: MemoryFacts

  var all: [MetricFamily] { commit + amounts + lowMemory + zones + pressure }

  private func bytes(_ name: String, _ help: String, _ amount: Int?) -> MetricFamily {
    MetricFamily(.gauge, name, in: .bytes, help: help, MetricValue(amount))
  }

  private func flag(_ name: String, _ help: String, _ flag: Bool?) -> MetricFamily {
    MetricFamily(.gauge, name, help: help, flag.map { MetricValue($0) })
  }
}

extension MemoryFamilies {
  private var commit: [MetricFamily] {
    [
      MetricFamily(
        .gauge, "oomctl_overcommit_mode",
        help: "vm.overcommit_memory: 0 is heuristic, 1 always, 2 never beyond the commit limit.",
        MetricValue(facts.overcommit?.rawValue)),
      MetricFamily(
        .gauge, "oomctl_overcommit", in: .ratio,
        help: "vm.overcommit_ratio: the share of RAM that counts for the commit limit.",
        facts.ratio.map { MetricValue(digits: $0, decimals: 2) }),
      flag(
        "oomctl_commit_limit_enforced", "Whether the kernel refuses what exceeds the commit limit.",
        facts.isCommitEnforced),
      bytes(
        "oomctl_commit_limit", "Memory that the kernel would promise at the most (CommitLimit).",
        facts[.commitLimit]),
      bytes(
        "oomctl_committed", "Memory that the kernel has promised (Committed_AS).",
        facts[.committed]),
    ]
  }

  private var amounts: [MetricFamily] {
    [
      bytes("oomctl_memory_size", "All RAM that the kernel hands out (MemTotal).", facts[.total]),
      bytes("oomctl_memory_free", "RAM that is free (MemFree).", facts[.free]),
      bytes(
        "oomctl_memory_available",
        "RAM that the kernel estimates programs could have without swapping (MemAvailable).",
        facts[.available]),
      bytes("oomctl_swap_size", "All swap (SwapTotal).", facts[.swapTotal]),
      bytes("oomctl_swap_free", "Swap that is free (SwapFree).", facts[.swapFree]),
    ]
  }

  /// Only a 32-bit machine has them.
  private var lowMemory: [MetricFamily] {
    guard facts.hasHighMemory else { return [] }
    return [
      bytes(
        "oomctl_low_memory_size", "Memory that a 32-bit kernel can reach by itself.",
        facts[.lowTotal]),
      bytes("oomctl_low_memory_free", "Low memory that is free.", facts[.lowFree]),
      bytes(
        "oomctl_low_memory_above_watermark",
        "Free low memory above the lowest watermarks, for the kernel's own requests.",
        facts.aboveMinimumOfLow),
      flag(
        "oomctl_low_memory_short",
        "Whether low memory runs out while there is high memory that programs could have.",
        LowMemory(facts)?.isShort),
      bytes(
        "oomctl_high_memory_size", "Memory that only programs and file cache can use.",
        facts[.highTotal]),
      bytes("oomctl_high_memory_free", "High memory that is free.", facts[.highFree]),
      bytes(
        "oomctl_high_memory_above_watermark",
        "Free high memory above the lowest watermarks, for programs.", facts.aboveMinimumOfHigh),
    ]
  }
}

extension MemoryFamilies {
  private var zones: [MetricFamily] {
    let zones = (facts.zones ?? []).map(\.zone)
    return [
      family("oomctl_zone_size", "Memory of a zone that the kernel hands out.", zones, \.size),
      family("oomctl_zone_free", "Memory of a zone that is free.", zones, \.freePages),
      MetricFamily(
        .gauge, "oomctl_zone_watermark_distance", in: .bytes,
        help: "Free memory of a zone above a watermark: reclaim begins at low, ends at high, and "
          + "below min only emergencies are served. Negative below it.",
        zones.flatMap { zone in
          [("min", zone.minPages), ("low", zone.lowPages), ("high", zone.highPages)]
            .compactMap { name, pages in
              sample(of: zone, [.init("watermark", name)], distance(of: zone, to: pages))
            }
        }),
    ]
  }

  private func distance(of zone: ZoneInfo.Zone, to mark: Int?) -> Int? {
    guard let free = zone.freePages, let mark else { return nil }
    return free &- mark
  }

  private func family(
    _ name: String, _ help: String, _ zones: [ZoneInfo.Zone], _ pages: (ZoneInfo.Zone) -> Int?
  ) -> MetricFamily {
    MetricFamily(
      .gauge, name, in: .bytes, help: help,
      zones.compactMap { zone in sample(of: zone, [], pages(zone)) })
  }

  private func sample(
    of zone: ZoneInfo.Zone, _ labels: [MetricFamily.Label], _ pages: Int?
  ) -> MetricFamily.Sample? {
    guard let value = MetricValue(facts.bytes(pages)) else { return nil }
    return .init([.init("node", "\(zone.node)"), .init("zone", zone.name)] + labels, value)
  }
}

extension MemoryFamilies {
  private var pressure: [MetricFamily] {
    let pressure = facts.pressure.pressure
    let stalls = [("some", pressure?.some), ("full", pressure?.full)].compactMap { kind, stall in
      stall.map { (MetricFamily.Label("kind", kind), $0) }
    }
    return [
      MetricFamily(
        .gauge, "oomctl_pressure_stalled", in: .ratio,
        help:
          "Share of the window in which some task, or all tasks at once (full), stood still for "
          + "want of memory.",
        stalls.flatMap { kind, stall in
          [("10s", stall.tenSeconds), ("1m", stall.minute), ("5m", stall.fiveMinutes)].map {
            .init([kind, .init("window", $0)], MetricValue(digits: $1, decimals: 4))
          }
        }),
      MetricFamily(
        .counter, "oomctl_pressure_stalled", in: .seconds,
        help:
          "Time in which some task, or all tasks at once (full), stood still for want of memory.",
        stalls.map { kind, stall in .init([kind], MetricValue(digits: stall.total, decimals: 6)) }),
    ]
  }
}
