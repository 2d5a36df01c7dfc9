import CivilTime
import Core
import KernelLog
import KillPrediction
import LogLines
import LogSources
import Rendering

/// All that was found, with what it was looked for in.
struct HistoryReport: CommandReport {
  var findings: HistoryFindings
  var coverage: LogCoverage
  /// Of this machine since boot; `nil` where it isn't counted, or logs of others were read.
  var counted: KillCount?
  var zone: ZoneRules
  /// Seconds since 1970.
  var now: Int
  /// True where rows of task tables are wanted.
  var withRows = false
  /// True where only some kills were asked for.
  var isFiltered = false
  /// True where found kills make the call fail.
  var isCheck = false
  /// True where the sources are this machine's own, or the captured one's.
  var isOfThisMachine = true
  /// What confines the view, which the kernel's log is hidden from, as a rule.
  var confinement: Confinement?
  var remarks: [Remark] = []
  /// The words that choose the logs, as a shell takes them: a number means the same only in the same logs.
  var place = ""

  var isComplete: Bool { coverage.isComplete }

  var status: ExitStatus {
    if remarks.contains(where: \.isError) || coverage.isBlind { return .failed }
    let lost = isFiltered ? 0 : findings.unannounced.count + findings.bereftUnits.count
    let count =
      findings.believedCount + findings.unreadCount + findings.believedIncidents.count + lost
    return isCheck && count > 0 ? .failed : .done
  }

  func writeText(to text: inout Text, on page: Page) {
    HistoryText(report: self, page: page).write(to: &text)
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("kills", array: findings.entries) { json, entry in
      json.object { json in entry.writeMembers(to: &json, rows: withRows, zone: zone) }
    }
    writeRest(to: &json)
  }

  /// Writes what follows the kills.
  func writeRest(to json: inout JSONWriter) {
    json.member("incidents", array: findings.incidents) { json, entry in
      json.object { json in entry.writeMembers(to: &json, rows: withRows, zone: zone) }
    }
    json.member("reaped_unannounced", array: findings.unannounced) { json, reaping in
      json.object { json in
        json.member("pid", .integer(Int128(reaping.pid)))
        json.member("name", .text(reaping.name))
      }
    }
    json.member("units_without_kill", array: findings.bereftUnits) { json, unit in
      json.value(.text(unit))
    }
    json.member("unconfirmed", .integer(Int128(findings.unconfirmedCount)))
    json.member("undated", .integer(Int128(findings.undatedCount)))
    json.member("suppressed", .integer(Int128(findings.suppressed)))
    json.member("failed_attempts", .integer(Int128(findings.failedCount)))
    json.member("unread", .integer(Int128(findings.unreadCount)))
    json.member("sources", array: coverage.sources) { json, source in
      json.object { json in
        json.member("name", .text(source.source.name))
        json.member("first", Value(source.first.map(zone.iso)))
        json.member("last", Value(source.last.map(zone.iso)))
      }
    }
    guard let counted else { return json.member("counted", .absent) }
    json.member("counted") { json in
      json.member("kernel", .integer(Int128(counted.counted)))
      json.member("found", .integer(Int128(counted.found)))
    }
  }

  /// The command that tells of one of these.
  func command(showing number: Int) -> String { "oomctl history show \(number)\(place)" }
}
