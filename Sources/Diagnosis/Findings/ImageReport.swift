import Core
import Rendering
import Units

/// What the files of an image declare, of which nothing runs: unit files as systemd will read them.
struct ImageReport: CommandReport {
  let findings: [Finding]
  /// The number of services that have files.
  let serviceCount: Int
  let remarks: [Remark]
  /// True where a warning makes the status 1.
  let checks: Bool
  let isComplete = true

  var status: ExitStatus {
    let isWrong = checks && findings.contains { $0.severity >= .warning }
    return isWrong || remarks.contains(where: \.isError) ? .failed : .done
  }

  func writeText(to text: inout Text, on page: Page) {
    for finding in findings { finding.write(to: &text, on: page) }
    guard page.hasRemarks else { return }
    if !findings.isEmpty { text.line() }
    text.paragraph(
      "No processes are in this tree: looked at the files of \(serviceCount) "
        + "service\(serviceCount == 1 ? "" : "s") alone.", width: page.textWidth)
  }

  func writeMembers(to json: inout JSONWriter) {
    json.findings(findings)
    json.member("examined") { json in
      json.member("processes", Value(0))
      json.member("memory", .flag(false))
      json.member("settings", .absent)
      json.member("limited_cgroups", .absent)
      json.member("services", Value(serviceCount))
    }
  }
}

extension UnitFolders {
  /// What is wrong in the files of all services, whether one runs or not.
  func imageFindings(in world: borrowing World) -> [Finding] {
    services.flatMap { unit in
      let files = UnitFiles(of: unit, among: self, in: world)
      let limits = ["MemoryMax", "MemoryHigh", "MemorySwapMax"].compactMap { key -> Finding? in
        guard let line = files.last(key, in: "Service"), UnitSize(parsing: line.value) == nil else {
          return nil
        }
        return Finding(
          id: "limit_not_applied", severity: .warning,
          text: "\(unit): \(key)=\(line.value) is no size that systemd takes", source: line.place,
          remedy: "Correct it: 2G, 50% and infinity are.")
      }
      return files.ignoredAdjustments.map { ignored in
        Finding(
          id: "adjustment_ignored", severity: .warning,
          text: "\(unit): OOMScoreAdjust=\(ignored.line.value) \(ignored.reason)",
          source: ignored.line.place, remedy: "\(ignored.remedy).")
      } + limits
    }
  }
}
