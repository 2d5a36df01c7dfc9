import DaemonLog
import KernelLog
import Rendering
import ReportAnalysis

/// What a report says of memory, for programs; each is `null` where it wasn't printed.
extension JSONWriter {
  mutating func write(_ zones: [ZoneVerdict]) {
    writeList("zones", zones) { json, verdict in
      let zone = verdict.zone
      json.member("node", Value(zone.node))
      json.member("name", .text(zone.name))
      json.member("verdict", Value(verdict.word))
      for key in ["free", "min", "low", "high", "free_cma", "managed", "present"] {
        json.member(key + "_bytes", Value(size: zone.size(key)?.bytes))
      }
      json.member("largest_block_bytes", Value(size: verdict.largestBlock?.bytes))
    }
  }

  mutating func write(_ memory: MemoryState) {
    writeOptional("swap", memory.totalSwap) { json, total in
      json.member("total_bytes", Value(size: total.bytes))
      json.member("free_bytes", Value(size: memory.freeSwap?.bytes))
    }
  }

  mutating func write(_ cgroup: CgroupState?) {
    let limits = [
      ("memory", cgroup?.memory), ("memory_and_swap", cgroup?.memoryAndSwap),
      ("swap", cgroup?.swap), ("kernel", cgroup?.kernel),
    ]
    if limits.contains(where: { $0.1 != nil }) {
      member("limits") { json in
        for (key, usage) in limits {
          json.writeOptional(key, usage) { json, usage in
            json.member("used_bytes", Value(size: usage.usage.bytes))
            json.member("limit_bytes", Value(size: usage.limit?.bytes))
            json.member("failures", Value(usage.failures))
          }
        }
      }
    } else {
      member("limits", .absent)
    }
    writeStatistics(of: cgroup)
  }

  /// `memory.stat` by the kernel's names: sizes in bytes, and events as they were counted.
  private mutating func writeStatistics(of cgroup: CgroupState?) {
    let statistics = cgroup?.statistics ?? []
    member("memory_stat_cgroup", Value(statistics.isEmpty ? nil : cgroup?.statisticsOwner))
    writeOptional("memory_stat", statistics.isEmpty ? nil : cgroup) { json, cgroup in
      for (place, counter) in statistics.enumerated()
      where !statistics[..<place].contains(where: { $0.key == counter.key }) {
        let size = cgroup.statisticsInBytes ? counter.value : counter.value &* 1024
        json.member(counter.key, .integer(Int128(size)))
      }
    }
  }

  mutating func write(_ slabs: [Slab]) {
    writeList("slabs", slabs) { json, slab in
      json.member("name", .text(slab.name))
      json.member("used_bytes", Value(size: slab.used.bytes))
      json.member("total_bytes", Value(size: slab.total.bytes))
    }
  }

  mutating func write(_ allocations: [Allocation]) {
    writeList("allocations", allocations) { json, allocation in
      json.member("site", .text(allocation.site))
      json.member("bytes", Value(size: allocation.bytes))
      json.member("count", Value(allocation.count))
    }
  }

  private mutating func writeList<Element>(
    _ key: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    guard !elements.isEmpty else { return member(key, .absent) }
    member(key, array: elements) { json, element in
      json.object { json in write(&json, element) }
    }
  }
}
