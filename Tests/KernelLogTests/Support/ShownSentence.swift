import DaemonLog
import LogLines

@testable import KernelLog

/// What a line says, in words; `nil` where it is no sentence.
func said(_ line: String, in list: Sentence.List = .none) -> String? {
  Sentence.read(Array(line.utf8).span, in: list)?.words
}

extension Sentence {
  /// What it says.
  var words: String {
    switch self {
    case .invocation(let invoker): invoker.words
    case .context(let pid, let release): described("context", [("pid", pid), ("of", release)])
    case .sysRq: "asked for"
    case .memory: "memory"
    case .zone(let zone):
      described(
        "zone \(zone.name)",
        [("node", zone.node), ("", zone.sizes.words), ("unreclaimable", zone.isUnreclaimable)])
    case .reserve(let pages): "reserve \(pages)"
    case .blocks(let node, let zone, let blocks):
      described(
        "blocks of \(zone)",
        [
          ("node", node),
          ("", blocks.map { "\($0.count)*\($0.size.count)\($0.kinds)" }.joined(separator: " ")),
        ])
    case .counters(let counters): "counters \(counters.words)"
    case .total(let total): total.words
    case .cgroup(let line): line.words
    case .statistic(let counter): "statistic \([counter].words)"
    case .slabs: "slabs"
    case .slab(let slab): "slab \(slab.name) \(slab.used.count) of \(slab.total.count)"
    case .allocations: "allocations"
    case .allocation(let place): "\(place.bytes) bytes in \(place.count) at \(place.site)"
    case .tableHeader(let columns): "header \(columns.joined(separator: ","))"
    case .row(let row): "row \(row.pid) \(row.name)"
    case .brokenRow: "broken row"
    case .summary(let summary): summary.words
    case .selection(let selection, let message):
      described(
        "\(message): chosen \(selection.pid) (\(selection.name))", [("score", selection.score)])
    case .kill(let victim, let message): "\(message): \(victim.words)"
    case .groupKill(let cgroup): "group \(cgroup)"
    case .reaped(let pid, let name, let isDone, let left):
      described(
        isDone ? "reaped \(pid) (\(name))" : "not reaped \(pid) (\(name))", [("left", left?.count)])
    case .wasExiting(let pid, let name): "exiting \(pid) (\(name))"
    case .noVictim: "no victim"
    case .panic(let reason): "panic \(reason)"
    case .initDied(let reason, let wasKilled): "panic \(reason)\(wasKilled ? ", killed" : "")"
    case .suppressed(let count): "suppressed \(count)"
    case .filler: "filler"
    }
  }
}

/// A word, and what is known of some others.
private func described(_ first: String, _ others: [(String, (any CustomStringConvertible)?)])
  -> String
{
  ([first]
    + others.compactMap { name, value in value.map { name.isEmpty ? "\($0)" : "\(name) \($0)" } })
    .filter { !$0.isEmpty }.joined(separator: " ")
}

extension [Counter] {
  fileprivate var words: String { map { "\($0.key)=\($0.value)" }.joined(separator: " ") }
}

extension Invoker {
  fileprivate var words: String {
    described(
      "invoked",
      [
        ("by", name), ("mask", gfpMask.map { String($0, radix: 16) }), ("flags", gfpFlags),
        ("order", order), ("adj", adjustment), ("old adj", legacyAdjustment),
      ])
  }
}

extension Sentence.MemoryTotal {
  fileprivate var words: String {
    switch self {
    case .ram(let pages): "ram \(pages)"
    case .high(let pages): "high \(pages)"
    case .reserved(let pages): "reserved \(pages)"
    case .poisoned(let pages): "broken \(pages)"
    case .hugePages(let total, let free): "huge pages \(total), idle \(free)"
    case .kernelStacks(let size): "stacks \(size)"
    case .totalSwap(let size): "swap \(size.count)"
    case .freeSwap(let size): "free swap \(size.count)"
    }
  }
}

extension Sentence.CgroupLine {
  fileprivate var words: String {
    switch self {
    case .task(let task, let owner): "task in \(task) under \(owner)"
    case .limitOwner(let owner): "limit of \(owner)"
    case .usage(let resource, let usage):
      described(
        "\(resource) \(usage.usage.count)",
        [("limit", usage.limit?.count), ("failures", usage.failures)])
    case .statistics(let owner, let counters): "statistics of \(owner): \(counters.words)"
    }
  }
}

extension Summary {
  fileprivate var words: String {
    described(
      constraint,
      [
        ("nodes", nodes), ("cpuset", cpuset), ("allowed", allowedNodes),
        ("", isGlobal ? "global" : nil), ("limit", limitCgroup), ("task in", taskCgroup),
        ("name", name), ("pid", pid), ("uid", uid), ("", isCut ? "cut" : nil),
      ])
  }
}

extension Victim {
  fileprivate var words: String {
    described(
      "killed \(pid) (\(name))",
      [
        ("vm", totalVM?.count), ("anon", anonymous?.count), ("file", file?.count),
        ("shmem", shared?.count), ("uid", uid), ("tables", pageTables?.count), ("adj", adjustment),
      ])
  }
}
