import DaemonLog
import KernelLog
import KillReplay
import MemoryLedger
import Rendering
import ReportAnalysis

/// The kernel's kills for programs.
extension HistoryEntry {
  func write(_ kill: KernelLog.Kill, to json: inout JSONWriter, rows: Bool) {
    json.member("kernel", Value(kill.report.release))
    json.member("constraint", Value(kill.constraint))
    json.member("trigger", Value(kill.trigger))
    json.writeOptional("invoker", kill.report.invoker) { json, invoker in
      json.member("name", Value(invoker.name))
      json.member("pid", Value(invoker.pid))
      json.member("gfp_mask", Value(invoker.gfpMask.map { "0x" + String($0, radix: 16) }))
      json.member("gfp_flags", Value(invoker.gfpFlags))
      json.member("order", Value(invoker.order))
      json.member("oom_score_adj", Value(invoker.adjustment))
      json.member("oom_adj", Value(invoker.legacyAdjustment))
    }
    if outcome == nil { json.member("victim") { json in writeVictim(of: kill, to: &json) } }
    json.writeOptional("selected", kill.sacrificedFor) { json, selected in
      json.member("pid", .integer(Int128(selected.pid)))
      json.member("name", .text(selected.name))
      json.member("score", Value(selected.score))
    }
    json.writeOptional("biggest", biggest) { json, row in
      json.member("pid", .integer(Int128(row.tgid ?? row.pid)))
      json.member("name", .text(row.name))
      json.member("memory_bytes", Value(size: pageSize(of: kill).bytes &* row.memoryPages))
      json.member("oom_score_adj", Value(row.adjustment))
    }
    json.member("memcg", Value(kill.limitCgroup))
    json.member("killed_as_group", Value(kill.report.cgroup?.killedAsGroup))
    json.member("tasks", Value(kill.report.tasks?.count))
    // The table is the leader's.
    if rows { kill.isFollower ? json.member("rows", .absent) : writeRows(of: kill, to: &json) }
    writeMemory(of: kill, to: &json)
    json.write(replay)
    guard outcome == nil else { return }
    json.member("follows", .flag(kill.isFollower))
    json.member("evidence", .text(kill.evidence.word))
    json.member("complete", .flag(isComplete))
  }

  private func writeVictim(of kill: KernelLog.Kill, to json: inout JSONWriter) {
    let victim = kill.victim
    json.member("pid", .integer(Int128(victim.pid)))
    json.member("name", .text(victim.name))
    json.member("uid", Value(uid))
    json.member("rss_bytes", Value(size: resident?.bytes))
    json.member("total_vm_bytes", Value(size: victim.totalVM?.bytes))
    json.member("anon_rss_bytes", Value(size: victim.anonymous?.bytes))
    json.member("file_rss_bytes", Value(size: victim.file?.bytes))
    json.member("shmem_rss_bytes", Value(size: victim.shared?.bytes))
    json.member("page_tables_bytes", Value(size: victim.pageTables?.bytes))
    json.member("oom_score_adj", Value(victim.adjustment))
    // Printed of the chosen process, whose child the victim can be.
    json.member("score", Value(kill.selected?.score))
    writeCgroup(to: &json)
  }

  private func writeRows(of kill: KernelLog.Kill, to json: inout JSONWriter) {
    let points = replay?.pointsByRow ?? [:]
    let rows = kill.report.tasks?.rows ?? []
    json.member("rows", array: rows.indices) { json, index in
      let row = rows[index]
      json.object { json in
        json.member("pid", .integer(Int128(row.pid)))
        json.member("tgid", Value(row.tgid))
        json.member("uid", Value(row.uid))
        json.member("name", .text(row.name))
        json.member("total_vm_pages", Value(row.totalVM))
        json.member("rss_pages", Value(row.resident))
        json.member("swap_pages", Value(row.swapped))
        json.member("page_tables_bytes", Value(size: row.pageTableBytes))
        json.member("oom_score_adj", Value(row.adjustment))
        json.member("oom_adj", Value(row.legacyAdjustment))
        json.member("badness", Value(points[index]))
      }
    }
  }

  /// What the report says of memory.
  private func writeMemory(of kill: KernelLog.Kill, to json: inout JSONWriter) {
    let report = kill.report
    let request = MemoryRequest(report, pageSize: pageSize(of: kill))
    let zones = ZoneVerdict.all(of: report.memory.zones, for: request)
    let shortage = MemoryShortage(of: kill, zones, for: request)
    json.member("shortage", Value(shortage?.word))
    json.write(zones)
    json.write(report.memory)
    json.write(report.cgroup)
    json.write(report.slabs)
    json.write(report.allocations)
    json.ledger(Ledger(of: kill, pageSize: pageSize(of: kill)))
  }
}

extension KernelLog.Kill {
  /// What made the kernel look for a victim.
  fileprivate var trigger: String? {
    guard let invoker = report.invoker else { return nil }
    if invoker.order == -1 { return "sysrq" }
    if constraint == "memcg" { return "limit" }
    return invoker.gfpMask == 0 ? "page_fault" : "allocation"
  }
}

extension Replay {
  /// The points of each row, by its index; rows that can't be chosen aren't in it.
  var pointsByRow: [Int: Int128] {
    Dictionary(points.map { ($0.row, $0.points) }) { first, _ in first }
  }
}
