import Rendering

/// What there is to worry about, and what was looked at.
struct DoctorReport: Report {
  /// The worst first.
  private(set) var findings: [Finding] = []
  var examined: Examined
  var isComplete: Bool
  var remarks: [Remark]
  /// Whether a warning makes the status 1.
  var checks: Bool

  struct Examined {
    var processes: Int
    /// `nil` where the kernel's version isn't known.
    var settings: Int?
    /// Memory cgroups with a limit.
    var groups: Int
    var hasMemory = true
  }

  init(examined: Examined, isComplete: Bool, remarks: [Remark], checks: Bool) {
    self.examined = examined
    self.isComplete = isComplete
    self.remarks = remarks
    self.checks = checks
  }

  /// What one has found already isn't told twice.
  mutating func add(_ more: [Finding]) {
    findings = (findings + more.filter { !findings.contains($0) }).worstFirst
  }

  var status: ExitStatus {
    let isWrong = checks && findings.contains { $0.severity >= .warning }
    return isWrong || remarks.contains(where: \.isError) ? .failed : .done
  }

  func writeText(to text: inout Text, on page: Page) {
    for finding in findings { finding.write(to: &text, on: page) }
    guard page.hasRemarks else { return }
    if findings.isEmpty {
      text.paragraph(
        "Nothing to worry about: looked at \(examined.phrase).", width: page.textWidth)
    } else {
      text.line()
      text.paragraph("Looked at \(examined.phrase).", width: page.textWidth)
    }
  }

  func writeMembers(to json: inout JSONWriter) {
    json.findings(findings)
    json.member("examined") { json in
      json.member("processes", Value(examined.processes))
      json.member("memory", .flag(examined.hasMemory))
      json.member("settings", Value(examined.settings))
      json.member("limited_cgroups", Value(examined.groups))
    }
  }
}

extension DoctorReport.Examined {
  fileprivate var phrase: String {
    var parts = [Self.count(processes, "process", "processes")]
    if hasMemory { parts.append("memory") }
    if let settings { parts.append(Self.count(settings, "setting", "settings")) }
    let groups = Self.count(groups, "limited memory cgroup", "limited memory cgroups")
    return "\(parts.joined(separator: ", ")) and \(groups)"
  }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}
