import CgroupFS
import Core
import KillPrediction
import MemoryLedger
import ProcFS
import Processes
import Rendering

/// A machine's memory, and what there is to worry about.
struct MemoryReport: CommandReport {
  let facts: MemoryFacts
  let findings: [Finding]
  /// True where a finding makes the status 1.
  let checks: Bool

  var remarks: [Remark] { facts.remarks }

  var status: ExitStatus { checks && !findings.isEmpty ? .failed : .done }

  func writeText(to text: inout Text, on page: Page) {
    MemoryText(report: self, page: page).write(to: &text)
  }

  func writeMembers(to json: inout JSONWriter) {
    if let confinement = facts.confinement { json.group(confinement, nil) }
    writeKinds(to: &json)
    writeTotal(to: &json)
    writeZones(to: &json)
    writeCommit(to: &json)
    writeSwap(to: &json)
    writeUses(to: &json)
    json.ledger(facts.ledger)
    writePressure(to: &json)
    writeCgroups(to: &json)
    json.findings(findings)
  }
}

extension MemoryReport {
  private func writeKinds(to json: inout JSONWriter) {
    guard facts.hasHighMemory else {
      json.member("low", .absent)
      return json.member("high", .absent)
    }
    json.member("low") { json in
      writeAmounts(.lowTotal, .lowFree, to: &json)
      json.member("above_min_bytes", Value(size: facts.aboveMinimumOfLow))
    }
    json.member("high") { json in
      writeAmounts(.highTotal, .highFree, to: &json)
      json.member("above_min_bytes", Value(size: facts.aboveMinimumOfHigh))
    }
  }

  private func writeTotal(to json: inout JSONWriter) {
    json.member("total") { json in
      json.member("total_bytes", Value(size: facts[.total]))
      json.member("used_bytes", Value(size: facts.memory.used?.bytes))
      json.member("free_bytes", Value(size: facts[.free]))
      json.member("available_bytes", Value(size: facts[.available]))
    }
  }

  private func writeSwap(to json: inout JSONWriter) {
    json.member("swap") { json in writeAmounts(.swapTotal, .swapFree, to: &json) }
  }

  private func writeCgroups(to json: inout JSONWriter) {
    json.member("cgroups", array: facts.cgroups) { json, group in
      json.object { json in write(group, to: &json) }
    }
  }

  private func writeAmounts(
    _ total: MemoryInfo.Line, _ free: MemoryInfo.Line, to json: inout JSONWriter
  ) {
    json.member("total_bytes", Value(size: facts[total]))
    json.member("used_bytes", Value(size: facts.rest(of: total, without: free)))
    json.member("free_bytes", Value(size: facts[free]))
  }

  private func writeCommit(to json: inout JSONWriter) {
    json.member("commit") { json in
      json.member("limit_bytes", Value(size: facts[.commitLimit]))
      json.member("used_bytes", Value(size: facts[.committed]))
      json.member("mode", Value(facts.overcommit?.rawValue))
      json.member("ratio", Value(facts.ratio))
      json.member("kbytes", Value(facts.kilobytes))
      json.member("enforced", facts.isCommitEnforced.map(Value.flag) ?? .absent)
    }
  }

  private func writeUses(to json: inout JSONWriter) {
    json.member("anonymous_bytes", Value(size: facts[.anonymous]))
    json.member("shared_bytes", Value(size: facts[.shared]))
    json.member("slab_bytes", Value(size: facts[.slab]))
    json.member("slab_unreclaimable_bytes", Value(size: facts[.unreclaimableSlab]))
    json.member("page_tables_bytes", Value(size: facts[.pageTables]))
    json.member("kernel_stacks_bytes", Value(size: facts[.kernelStacks]))
    json.member("huge_pages") { json in
      json.member("total", Value(facts.memory[hugePages: .total]))
      json.member("free", Value(facts.memory[hugePages: .free]))
      json.member("reserved", Value(facts.memory[hugePages: .reserved]))
      json.member("size_bytes", Value(size: facts[.hugePageSize]))
      json.member("total_bytes", Value(size: facts[.hugePages]))
    }
  }

  private func writePressure(to json: inout JSONWriter) {
    let pressure = facts.pressure.pressure
    json.member("pressure") { json in
      json.member("state", .text(facts.pressure.word))
      write("some", pressure?.some, to: &json)
      write("full", pressure?.full, to: &json)
    }
  }

  private func write(_ kind: String, _ stall: Pressure.Stall?, to json: inout JSONWriter) {
    json.member("\(kind)_avg10_percent_hundredths", Value(stall?.tenSeconds))
    json.member("\(kind)_avg60_percent_hundredths", Value(stall?.minute))
    json.member("\(kind)_avg300_percent_hundredths", Value(stall?.fiveMinutes))
    json.member("\(kind)_total_microseconds", Value(stall?.total))
  }

  private func write(_ group: CgroupLevel, to json: inout JSONWriter) {
    json.member("path", .text(group.path))
    json.member("used_bytes", Value(size: group.usage.memory))
    json.member("cache_bytes", Value(size: group.usage.cache))
    json.member("limit_bytes", Value(size: group.limits.memory))
    json.member("swap_limit_bytes", Value(size: group.limits.swap))
    json.member("memory_and_swap_limit_bytes", Value(size: group.limits.memoryAndSwap))
  }
}

extension MemoryReport {
  private func writeZones(to json: inout JSONWriter) {
    guard let zones = facts.zones else { return json.member("zones", .absent) }
    json.member("zones", array: zones) { json, zone in
      json.object { json in write(zone, to: &json) }
    }
  }

  private func write(_ zone: MemoryZone, to json: inout JSONWriter) {
    let info = zone.zone
    json.member("node", Value(info.node))
    json.member("name", .text(info.name))
    json.member("total_bytes", Value(size: facts.bytes(info.size)))
    json.member("free_bytes", Value(size: facts.bytes(info.freePages)))
    json.member("min_bytes", Value(size: facts.bytes(info.minPages)))
    json.member("low_bytes", Value(size: facts.bytes(info.lowPages)))
    json.member("high_bytes", Value(size: facts.bytes(info.highPages)))
    json.member("reserve_bytes", Value(size: facts.bytes(info.reservedPages)))
    write("protection_pages", info.protection.isEmpty ? nil : info.protection, to: &json)
    json.member("cache_bytes", Value(size: facts.bytes(info.cachePages)))
    json.member("largest_free_order", Value(zone.largestOrder))
    json.member("largest_free_bytes", Value(size: facts.bytes(ofOrder: zone.largestOrder)))
    write("free_blocks", zone.freeBlocks, to: &json)
  }

  private func write(_ key: String, _ numbers: [Int]?, to json: inout JSONWriter) {
    guard let numbers else { return json.member(key, .absent) }
    json.member(key, array: numbers) { json, number in json.value(Value(number)) }
  }
}
