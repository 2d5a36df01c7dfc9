import CivilTime
import Core
import DaemonLog
import KernelLog
import LogLines
import Processes
import Rendering
import ReportAnalysis

/// A shortage that ended without a kill: why nobody was killed, and who held the memory.
struct IncidentDetails: KillDetails {
  let entry: HistoryEntry
  let incident: Incident
  let users: Users?
  let zone: ZoneRules
  let page: Page

  func write(to text: inout Text) {
    writeHead(to: &text, release: incident.report.release)
    write(reason, label: "Nobody", to: &text)
    let details = KillDetailsText(
      entry: entry, kill: incident.standIn, users: users, zone: zone, page: page)
    details.writeShortage(to: &text)
    details.writeMemory(to: &text)
    details.writeTable(nil, to: &text)
  }

  /// The reason why nobody was killed.
  private var reason: String {
    switch incident.outcome {
    case .wasExiting(let pid, let name):
      "\(name)[\(pid)], which was chosen, was exiting already, and gives its memory back by itself"
    case .cutOff: "is known to have been killed: the lines that would say so aren't in the log"
    case .noVictim: "could be killed" + (exemption.map { ": \($0)" } ?? "")
    case .panic(let words):
      words.holds("panic_on_oom")
        ? "was killed: vm.panic_on_oom is set, so the kernel stopped the machine"
        : "could be killed, so the kernel stopped the machine"
          + (exemption.map { ": \($0)" } ?? "")
    }
  }

  /// What the table says of those that no shortage can take.
  private var exemption: String? {
    guard let tasks = incident.report.tasks, let exempt = entry.unkillable else { return nil }
    let pages = incident.report.memory.pageSize ?? 4
    let size = page.sizes.phrase(Kibibytes(exempt.pages &* pages.count).bytes)
    let which =
      exempt.count == tasks.rows.count
      ? "all \(exempt.count) processes of the table"
      : "\(exempt.count) of \(tasks.rows.count) processes"
    return "\(which), with \(size) in RAM and swap, are at oom_score_adj -1000"
  }
}

extension Incident {
  /// A kill without a victim, as which its report is told.
  var standIn: KernelLog.Kill {
    KernelLog.Kill(
      stamp: stamp, line: line, victim: Victim(pid: 0, name: ""), message: "", report: report)
  }
}

extension HistoryEntry {
  /// What happened, for the head of its story.
  var headline: String {
    switch outcome {
    case nil: "\(label) killed"
    case .panic(let words): "Kernel panic (\(words))"
    case .noVictim: "Out of memory and no killable processes"
    case .wasExiting(let pid, let name): "\(name)[\(pid)] was exiting already"
    case .cutOff: "Out of memory; the log doesn't tell what followed"
    }
  }
}
