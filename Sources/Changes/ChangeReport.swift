package import Core
import Processes
package import Rendering

/// Changes that were made, or would be.
package struct ChangeReport: CommandReport {
  package var changes: [Change]
  /// Other errors and warnings.
  package var notes: [Remark] = []
  /// Other remarks worth knowing, in sentences.
  package var hints: [String] = []
  /// Of settings that decide over it: the commit limit, in bytes, once they are in force.
  package var commitLimit: Int?
  /// True where all processes that may be concerned were seen.
  package var isWhole = true

  package init(
    changes: [Change], notes: [Remark] = [], hints: [String] = [], commitLimit: Int? = nil,
    isWhole: Bool = true
  ) {
    self.changes = changes
    self.notes = notes
    self.hints = hints
    self.commitLimit = commitLimit
    self.isWhole = isWhole
  }
  /// True where everything that the changes depend on could be read.
  package var isComplete: Bool {
    isWhole && !notes.contains(where: \.isError) && !changes.contains(where: \.isUnread)
  }

  package var remarks: [Remark] { changes.compactMap(\.remark) + notes }

  /// A failure outweighs a refusal.
  package var status: ExitStatus {
    let isRefused = { (change: Change) in change.result == .refused }
    let hasFailed = changes.contains { $0.result == .failed || $0.isImpossible }
    if hasFailed || notes.contains(where: \.isError) {
      return .failed
    }
    return changes.contains(where: isRefused) ? .refused : .done
  }

  /// True where there is anything to do.
  package var isPending: Bool { changes.contains { $0.result == .planned } }

  /// The changes that a command has planned, carried out unless they are only to be shown. Where
  /// something is to be done it is planned once more under the lock: another program may have
  /// changed things before the lock was ours.
  package static func carrying(
    _ options: ChangeOptions, of command: String, in world: borrowing World,
    _ plan: () throws(Failure) -> ChangeReport
  ) throws(Failure) -> ChangeReport {
    let first = try plan()
    if options.isDryRun { return first.foreseen(in: world) }
    guard first.isPending else { return first }
    let session = try ChangeSession(of: command, in: world)
    var report = try plan()
    report.carryOut(session, in: world)
    return report
  }

  /// This report, with changes that the kernel would refuse marked as refused.
  func foreseen(in world: borrowing World) -> ChangeReport {
    var report = self
    var isRefused = false
    for index in report.changes.indices {
      if case .along = report.changes[index].action {
        // It follows the write of the one before.
        if isRefused { report.changes[index].stay() }
        continue
      }
      report.changes[index] = report.changes[index].foreseen(in: world)
      isRefused = report.changes[index].isImpossible
    }
    return report
  }

  /// This report for changes that are made all or none, with refusals foreseen.
  package func foreseenTogether(in world: borrowing World) -> ChangeReport {
    var report = foreseen(in: world)
    guard report.changes.contains(where: { [.failed, .refused].contains($0.result) }) else {
      return report
    }
    for index in report.changes.indices where report.changes[index].result == .planned {
      report.changes[index].result = .refused
    }
    return report
  }

  /// Carries the changes out, and lets systemd know.
  private mutating func carryOut(_ session: ChangeSession, in world: borrowing World) {
    var session = session
    session.carryOut(&changes, in: world)
    notes += Systemd.reload(after: changes, in: world) + session.notes
  }

  package func writeText(to text: inout Text, on page: Page) {
    if page.isQuiet, status == .done { return }
    if !changes.isEmpty { writeTable(to: &text, on: page) }
    writePlannedLines(to: &text, on: page)
    guard page.hasRemarks, !hints.isEmpty else { return }
    if !changes.isEmpty { text.line() }
    for hint in hints { text.paragraph(SafeText.visible(hint), width: page.textWidth) }
  }

  /// Of files that are only planned the lines that would come and go.
  private func writePlannedLines(to text: inout Text, on page: Page) {
    for case .file(let write) in changes.filter({ $0.result == .planned }).map(\.action) {
      let old = (write.old ?? "").split(separator: "\n")
      let new = (write.new ?? "").split(separator: "\n")
      text.line()
      text.line(SafeText.visible(write.path + ":"))
      for line in old where !new.contains(line) { text.line(SafeText.visible("- \(line)")) }
      for line in new where !old.contains(line) { text.line(SafeText.visible("+ \(line)")) }
    }
  }

  private func writeTable(to text: inout Text, on page: Page) {
    var table = Table(
      [
        .init("TARGET"), .init("FILE"), .init("OLD", .right), .init("NEW", .right),
        .init("RESULT"),
      ], hasHeadings: page.hasHeadings)
    for change in changes {
      table.append([
        change.target, change.shortFile(within: page.width), change.shortened(change.old, page),
        change.shortened(change.new, page), change.result.rawValue,
      ])
    }
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
  }

  package func writeMembers(to json: inout JSONWriter) {
    json.member("changes", array: changes) { json, change in
      json.object { json in
        json.member("target", .text(change.target))
        json.member("file", change.file.isEmpty ? .absent : .text(change.file))
        json.member("old", change.old)
        json.member("new", change.new)
        json.member("result", .text(change.result.rawValue))
        json.member("error", Value(change.error))
      }
    }
    if let commitLimit { json.member("commit_limit_bytes", Value(commitLimit)) }
    json.member("hints", array: hints) { json, hint in json.value(.text(hint)) }
  }
}

extension Change {
  /// Nothing comes of it.
  fileprivate mutating func stay() {
    result = .unchanged
    new = old
  }

  /// True where it can't even be planned, as something couldn't be read.
  fileprivate var isUnread: Bool {
    if case .none = action { result == .failed } else { false }
  }

  /// Of a process the file's own name says enough; of others the end, where the terminal is narrow.
  fileprivate func shortFile(within width: Int?) -> String {
    switch action {
    case .adjustment(let write), .along(let write): return write.file.rawValue
    case .file, .setting, .zeroed, .none:
      if file.isEmpty { return "-" }
      guard let width, file.utf8.count > width / 2 else { return file }
      return "…/" + file.split(separator: "/").suffix(2).joined(separator: "/")
    }
  }

  /// Whole files would burst the table: there it says whether there is one.
  fileprivate func shortened(_ value: Value, _ page: Page) -> String {
    guard case .file = action, case .text = value else { return value.text(sizes: page.sizes) }
    return "file"
  }
}
