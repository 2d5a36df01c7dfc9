import CivilTime
import Core
import DaemonLog
import KernelLog
import Processes
import Rendering

/// A daemon's kill: it tells less, as nothing can be replayed.
struct DaemonKillDetails: KillDetails {
  let entry: HistoryEntry
  let kill: DaemonKill
  /// The list it is from.
  let list: [[HistoryEntry]]
  let users: Users?
  let zone: ZoneRules
  let page: Page

  func write(to text: inout Text) {
    writeHead(to: &text)
    write(by, label: "Killed by", to: &text)
    if let invoker = kill.invoker, let name = invoker.name {
      write(name + (invoker.pid.map { "[\($0)]" } ?? ""), label: "Asked by", to: &text)
    }
    if let cgroup = entry.cgroup {
      let owner = CgroupOwner(path: cgroup, named: entry.containers)
      write(
        owner.kind == .cgroup ? cgroup : "\(cgroup): \(owner.phrase)", label: "Cgroup", to: &text)
    }
    if let count { write(count, label: "Killed", to: &text) }
    if let reason = kill.reason { write(reason, label: "Reason", to: &text) }
    writeAftermath(in: list, to: &text)
  }

  private var by: String {
    let isDriver = kill.killer == DaemonKill.driver
    var parts = [
      isDriver
        ? "\(kill.killer), a driver of the kernel, by its own rules; the OOM killer had no part in it"
        : "\(kill.killer), by its own rules; the kernel had no part in it"
    ]
    if let signal = kill.signal { parts.append(signal) }
    if let resident = kill.resident { parts.append("\(page.sizes.phrase(resident.bytes)) in RAM") }
    if let swapped = kill.swapped { parts.append("\(page.sizes.phrase(swapped.bytes)) in swap") }
    if let adjustment = kill.adjustment { parts.append("oom_score_adj \(adjustment)") }
    if let uid = kill.uid { parts.append("user \(user(uid))") }
    return parts.joined(separator: ", ")
  }

  /// The number of processes, and what they were chosen among.
  private var count: String? {
    let parts = [
      kill.processes.map { $0 == 1 ? "1 process" : "\($0) processes" },
      kill.candidates.map {
        $0 == 1 ? "the only cgroup considered" : "one of \($0) cgroups considered"
      },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
