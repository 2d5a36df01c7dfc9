import CivilTime
import Core
import KernelLog
import Processes
import Rendering

/// A daemon's kill: it tells less, as nothing can be replayed.
struct DaemonKillDetails: KillDetails {
  let entry: HistoryEntry
  let kill: DaemonKill
  let users: Users?
  let zone: ZoneRules
  let page: Page

  func write(to text: inout Text) {
    writeHead(to: &text)
    write(by, label: "Killed by", to: &text)
    if let cgroup = entry.cgroup {
      let owner = CgroupOwner(path: cgroup)
      write(
        owner.kind == .cgroup ? cgroup : "\(cgroup): \(owner.phrase)", label: "Cgroup", to: &text)
    }
    if let reason = kill.reason { write(reason, label: "Reason", to: &text) }
  }

  private var by: String {
    var parts = ["\(kill.killer), by its own rules; the kernel had no part in it"]
    if let resident = kill.resident { parts.append("\(page.sizes.phrase(resident.bytes)) in RAM") }
    if let adjustment = kill.adjustment { parts.append("oom_score_adj \(adjustment)") }
    if let uid = kill.uid { parts.append("user \(user(uid))") }
    return parts.joined(separator: ", ")
  }
}
