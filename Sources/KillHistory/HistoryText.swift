import CivilTime
import Core
import DaemonLog
import KernelLog
import KillPrediction
import KillReplay
import LogLines
import LogSources
import Processes
import Rendering
import ReportAnalysis

/// Kills as people read them: a line each, the latest first, and what finding them, or none, is worth.
struct HistoryText {
  let report: HistoryReport
  let page: Page

  private var zone: ZoneRules { report.zone }

  func write(to text: inout Text) {
    let list = report.findings.list
    if !list.isEmpty {
      table(of: list).write(to: &text, width: page.width, headingsIn: page.emphasis)
    }
    guard page.hasRemarks else { return }
    if !list.isEmpty { text.line() }
    for remark in remarks { text.paragraph(SafeText.visible(remark), width: page.textWidth) }
  }

  private func table(of list: [[HistoryEntry]]) -> Table {
    // Logs of several machines need their names.
    let hosts = Set(list.joined().compactMap(\.stamp.host))
    let host = hosts.count > 1 ? [Table.Column("HOST")] : []
    var table = Table(
      [Table.Column("#", .right), Table.Column("WHEN")] + host + [
        Table.Column("KILLED"), Table.Column("MEMORY", .right), Table.Column("BY"),
        Table.Column("REPLAY"), Table.Column("WHERE"),
      ], hasHeadings: page.hasHeadings)
    for series in KillSeries.all(of: list) {
      let entry = series.latest
      table.append(
        [series.numbers, when(entry)]
          + (host.isEmpty ? [] : [entry.stamp.host ?? "-"]) + [
            label(of: series),
            Value(size: entry.resident?.bytes).text(sizes: page.sizes), entry.agent,
            entry.replay?.verdict.word ?? "-", place(of: entry),
          ])
    }
    return table
  }

  private func label(of series: KillSeries) -> String {
    let others = series.groups[0].count - 1
    return series.latest.label + (others > 0 ? " +\(others)" : "")
      + (series.latest.doubt == nil ? "" : " ?") + (series.phrase.map { ", \($0)" } ?? "")
  }

  /// Without the year where it is this one.
  private func when(_ entry: HistoryEntry) -> String {
    let text = entry.when(in: zone)
    let now = zone.local(LogTime(microseconds: report.now * 1_000_000, basis: .universal))
    return text.prefix(5) == now.prefix(5) ? String(text.dropFirst(5)) : text
  }

  /// The cgroup whose memory it was: the one at its limit, else the victim's.
  private func place(of entry: HistoryEntry) -> String {
    guard let path = entry.cgroup ?? entry.limitCgroup else { return "-" }
    return CgroupOwner(path: path, named: entry.containers).short
  }
}

extension HistoryEntry {
  /// The cause of the kill, in a word or two: the limit that was hit, or the daemon.
  var agent: String {
    switch event {
    case .daemon(let kill): return kill.killer
    case .kernel(let kill): return agent(of: kill.constraint)
    case .incident(let incident): return agent(of: incident.report.constraint())
    }
  }

  private func agent(of constraint: String?) -> String {
    switch constraint {
    case "none": return "system"
    case "memcg":
      guard let own = cgroup, let owner = limitCgroup else { return "limit" }
      return own == owner ? "own limit" : "limit above"
    case "cpuset": return "cpuset"
    case "memory_policy": return "policy"
    case "sysrq": return "SysRq"
    case nil: return "kernel"
    case .some(let word): return word.hasPrefix("CONSTRAINT_") ? String(word.dropFirst(11)) : word
    }
  }
}

extension HistoryText {
  private var remarks: [String] {
    [
      container, kills, unconfirmed, undated, assumed, incidents, failed, unread, unannounced,
      bereft,
      suppressed,
      counters,
      hint,
    ]
    .compactMap { $0 }
  }

  /// Its own count comes first, as nothing else may be seen of its kills.
  private var container: String? {
    guard let confinement = report.confinement else { return nil }
    let group = GroupText(confinement: confinement, outlook: nil, sizes: page.sizes)
    return "Kills in this container, \(group.name): \(group.kills)."
  }

  private var kills: String {
    let findings = report.findings
    if report.coverage.isBlind {
      return "No log could be read, so kills are unknown"
        + (report.confinement == nil ? "." : " here: oomctl history on the host shows them.")
    }
    let kernel = findings.believedCount - findings.daemonCount - findings.repeatedCount
    var parts: [String] = []
    if kernel > 0 || findings.daemonCount == 0 {
      parts.append(
        kernel == 0 ? "No kernel kills" : "\(kernel) kernel kill\(kernel == 1 ? "" : "s")")
    }
    if findings.daemonCount > 0 { parts.append("\(findings.daemonCount) by daemons") }
    let shown = findings.entries.count
    let most =
      findings.count == shown
      ? "" : " (shown: the latest\(shown == 1 ? "" : " \(shown)"); -n shows more)"
    let which = report.isFiltered ? " of those asked for" : ""
    return parts.joined(separator: ", ") + which + most + period + "."
  }

  private var unconfirmed: String? {
    let count = report.findings.unconfirmedCount
    guard count > 0 else { return nil }
    let (kills, are) = count == 1 ? ("kill", "is") : ("kills", "are")
    return
      "? \(count) more \(kills) \(are) only in a log that every user can write to, and missing from one "
      + "that covers the time; --check doesn't count \(count == 1 ? "it" : "them")."
  }

  private var undated: String? {
    let count = report.findings.undatedCount
    guard count > 0 else { return nil }
    return "\(count) kill\(count == 1 ? "" : "s") left out: the log doesn't tell when."
  }

  /// What is shown of times though the log doesn't tell it.
  private var assumed: String? {
    let bases = report.findings.list.joined().compactMap(\.time?.basis)
    if bases.contains(.assumedMonth) {
      return "The log's months aren't understood: the latest dates are shown that fit the file."
    }
    guard !report.isOfThisMachine, bases.contains(.assumedYear) else { return nil }
    return "The log tells no year: the latest is shown that fits the file."
  }

  private var period: String {
    let sources = report.coverage.text(in: zone)
    guard let first = report.coverage.first, let last = report.coverage.last else {
      return sources.isEmpty ? "; there is nothing to look into" : " in \(sources)"
    }
    let days = (last.seconds - first.seconds) / 86_400
    let span = days > 1 ? " in the \(days) days" : " in the time"
    return span + " covered (\(sources))"
  }

  /// Shortages after which nobody is known to have been killed.
  private var incidents: String? {
    let incidents = report.findings.incidents.compactMap(\.outcome)
    guard !incidents.isEmpty else { return nil }
    var parts: [String] = []
    func add(_ count: Int, _ what: String) {
      if count > 0 { parts.append((count == 1 ? "once " : "\(count) times ") + what) }
    }
    let panics = incidents.count { if case .panic = $0 { true } else { false } }
    let exits = incidents.count { if case .wasExiting = $0 { true } else { false } }
    add(panics, "the kernel panicked")
    add(incidents.count { $0 == .noVictim }, "nobody could be killed")
    add(exits, "the victim was exiting already")
    add(incidents.count { $0 == .cutOff }, "the log doesn't tell how a shortage ended")
    return "Without a kill: \(parts.joined(separator: ", "))."
  }

  private var unannounced: String? {
    let names = report.findings.unannounced.map { "\($0.name)[\($0.pid)]" }
    guard !names.isEmpty else { return nil }
    let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
    return
      "Reaped, but their kill lines are lost: \(names.prefix(5).joined(separator: ", "))\(rest)."
  }

  private var bereft: String? {
    let units = report.findings.bereftUnits
    guard !units.isEmpty else { return nil }
    let rest = units.count > 5 ? " and \(units.count - 5) more" : ""
    return "systemd tells of killed processes, but their kill lines are lost: "
      + "\(units.prefix(5).joined(separator: ", "))\(rest)."
  }

  private var failed: String? {
    let count = report.findings.failedCount
    guard count > 0 else { return nil }
    return count == 1
      ? "A daemon tried to kill once more, and failed."
      : "Daemons tried to kill \(count) times more, and failed."
  }

  private var unread: String? {
    let count = report.findings.unreadCount
    guard count > 0 else { return nil }
    return count == 1
      ? "1 line has words of the OOM killer in a form that isn't understood: there may be kills."
      : "\(count) lines have words of the OOM killer in a form that isn't understood: there may be kills."
  }

  private var suppressed: String? {
    let count = report.findings.suppressed
    return count == 0
      ? nil
      : "The kernel held back \(count) line\(count == 1 ? "" : "s") to print less (callbacks suppressed)."
  }

  private var counters: String? {
    let place = report.confinement == nil ? "" : ", of the whole host"
    return report.counted.map {
      "The kernel's counter\(place): \($0.text(against: report.coverage.reach))."
    }
  }

  private var hint: String? {
    // What was piped in is gone.
    guard let number = report.findings.list.first?.first?.number,
      !report.coverage.sources.contains(where: { $0.source == .standardInput })
    else { return nil }
    let latest = number == 1 ? " (1 is the latest)" : ""
    return "\(report.command(showing: number)) tells the whole story\(latest)."
  }
}
