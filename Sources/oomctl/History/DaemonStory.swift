import KernelLog
import Rendering

/// A daemon's kill: it tells less, as nothing can be replayed.
struct DaemonStory {
  let entry: HistoryEntry
  let kill: DaemonKill
  let users: Users?
  let zone: ZoneRules
  let page: Page

  func write(to text: inout Text) {
    let when = entry.time.map(zone.local) ?? "at a time unknown"
    text.line(
      page.emphasis.apply(.heading, to: SafeText.visible("\(entry.label) killed \(when)")))
    text.line(SafeText.visible("\(entry.source), line \(entry.line)"))
    text.line()
    text.paragraph(SafeText.visible(by), label: "Killed by   ", width: page.textWidth)
    if let cgroup = entry.cgroup {
      let owner = CgroupOwner(path: cgroup).phrase
      text.paragraph(
        SafeText.visible("\(cgroup): \(owner)"), label: "Cgroup      ", width: page.textWidth)
    }
    if let reason = kill.reason {
      text.paragraph(SafeText.visible(reason), label: "Reason      ", width: page.textWidth)
    }
  }

  private var by: String {
    var parts = ["\(kill.killer), by its own rules; the kernel had no part in it"]
    if let resident = kill.resident { parts.append("\(page.sizes.phrase(resident.bytes)) in RAM") }
    if let adjustment = kill.adjustment { parts.append("oom_score_adj \(adjustment)") }
    if let uid = kill.uid {
      parts.append("user " + (UInt32(exactly: uid).flatMap { users?.name(of: $0) } ?? "\(uid)"))
    }
    return parts.joined(separator: ", ")
  }
}
