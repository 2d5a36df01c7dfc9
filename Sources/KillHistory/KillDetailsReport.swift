import Core
import Processes
import Rendering

/// One kill, or one incident, with all that is known of it.
struct KillDetailsReport: CommandReport {
  let entry: HistoryEntry
  /// Those that died along with it.
  var others: [HistoryEntry] = []
  /// `nil` for logs of other machines: numbers mean others there.
  let users: Users?
  /// The list it is from.
  let list: HistoryReport

  var isComplete: Bool { list.isComplete }
  var isOfThisMachine: Bool { list.isOfThisMachine }
  var remarks: [Remark] { list.remarks }

  func writeText(to text: inout Text, on page: Page) {
    switch entry.event {
    case .kernel(let kill):
      KillDetailsText(
        entry: entry, kill: kill, others: others, list: list.findings.list, users: users,
        zone: list.zone, page: page
      ).write(to: &text)
    case .daemon(let kill):
      DaemonKillDetails(
        entry: entry, kill: kill, list: list.findings.list, users: users, zone: list.zone,
        page: page
      ).write(to: &text)
    case .incident(let incident):
      IncidentDetails(
        entry: entry, incident: incident, users: users, zone: list.zone, page: page
      ).write(to: &text)
    }
  }

  func writeMembers(to json: inout JSONWriter) {
    let all = [entry] + others
    json.member("kills", array: all.filter { $0.outcome == nil }) { json, entry in
      json.object { json in entry.writeMembers(to: &json, rows: true, zone: list.zone) }
    }
    json.member("incidents", array: all.filter { $0.outcome != nil }) { json, entry in
      json.object { json in entry.writeMembers(to: &json, rows: true, zone: list.zone) }
    }
  }
}
