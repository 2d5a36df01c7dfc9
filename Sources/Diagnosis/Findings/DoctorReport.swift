import Core
import KillPrediction
import Rendering

/// Reasons to worry, and the things that were examined.
struct DoctorReport: CommandReport {
  /// The group that confines the view: findings on it go before findings on the machine.
  let confinement: Confinement?
  /// The worst first.
  private(set) var findings: [Finding] = []
  var examined: Examined
  var isComplete: Bool
  var remarks: [Remark]
  /// True where a warning makes the status 1.
  var checks: Bool
  /// True where a copied tree lacks what findings are made from, so that some can't be excluded.
  var lacksFiles = false

  struct Examined {
    var processes: Int
    /// `nil` where the kernel's version isn't known.
    var settings: Int?
    /// Memory cgroups with a limit.
    var groups: Int
    var hasMemory = true
  }

  init(
    confinement: Confinement?, examined: Examined, isComplete: Bool, remarks: [Remark], checks: Bool
  ) {
    self.confinement = confinement
    self.examined = examined
    self.isComplete = isComplete
    self.remarks = remarks
    self.checks = checks
  }

  /// Findings that are there already aren't added twice.
  mutating func add(_ more: [Finding]) {
    let all = findings + more.filter { !findings.contains($0) }
    guard confinement != nil else {
      findings = all.worstFirst
      return
    }
    findings =
      all.filter(\.isOfGroup).worstFirst + all.filter { !$0.isOfGroup }.worstFirst
  }

  var status: ExitStatus {
    let isWrong = checks && (lacksFiles || findings.contains { $0.severity >= .warning })
    return isWrong || remarks.contains(where: \.isError) ? .failed : .done
  }

  func writeText(to text: inout Text, on page: Page) {
    if let confinement {
      let place = "This container: memory cgroup \(confinement.path)"
      write(findings.filter(\.isOfGroup), of: place, &text, page)
      text.line()
      write(findings.filter { !$0.isOfGroup }, of: "The host", &text, page)
    } else {
      for finding in findings { finding.write(to: &text, on: page) }
    }
    guard page.hasRemarks else { return }
    if findings.isEmpty {
      text.paragraph(
        "\(lacksFiles ? "Nothing found, but not all was captured" : "Nothing to worry about"): looked at "
          + "\(examined.phrase).", width: page.textWidth)
    } else {
      text.line()
      text.paragraph("Looked at \(examined.phrase).", width: page.textWidth)
    }
  }

  private func write(
    _ findings: [Finding], of place: String, _ text: inout Text, _ page: Page
  ) {
    if page.hasHeadings {
      text.line(page.emphasis.apply(.heading, to: SafeText.visible(place)))
    }
    for finding in findings { finding.write(to: &text, on: page) }
    if findings.isEmpty, page.hasRemarks { text.line("Nothing to worry about.") }
  }

  func writeMembers(to json: inout JSONWriter) {
    if let confinement { json.group(confinement, nil) }
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
