import Rendering

/// What was changed, or would be.
struct ChangeReport: Report {
  var changes: [Change]
  /// What else went wrong, or may.
  var notes: [Remark] = []
  /// What else there is to know, in sentences.
  var hints: [String] = []

  var remarks: [Remark] { changes.compactMap(\.remark) + notes }

  /// What couldn't be done outweighs what was refused.
  var status: ExitStatus {
    let isRefused = { (change: Change) in change.result == .refused }
    if changes.contains(where: { $0.result == .failed }) || notes.contains(where: \.isError) {
      return .failed
    }
    return changes.contains(where: isRefused) ? .refused : .done
  }

  func writeText(to text: inout Text, on page: Page) {
    if !changes.isEmpty { writeTable(to: &text, on: page) }
    guard page.hasRemarks, !hints.isEmpty else { return }
    if !changes.isEmpty { text.line() }
    for hint in hints { text.paragraph(SafeText.visible(hint), width: page.textWidth) }
  }

  private func writeTable(to text: inout Text, on page: Page) {
    var table = Table(
      [
        .init("TARGET"), .init("FILE"), .init("OLD", .right), .init("NEW", .right),
        .init("RESULT"),
      ], hasHeadings: page.hasHeadings)
    for change in changes {
      table.append([
        change.target, change.shortFile, change.shortened(change.old, page),
        change.shortened(change.new, page), change.result.rawValue,
      ])
    }
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("changes", array: changes) { json, change in
      json.object { json in
        json.member("target", .text(change.target))
        json.member("file", .text(change.file))
        json.member("old", change.old)
        json.member("new", change.new)
        json.member("result", .text(change.result.rawValue))
        json.member("error", Value(change.error))
      }
    }
    json.member("hints", array: hints) { json, hint in json.value(.text(hint)) }
  }
}

extension Change {
  /// Of a process the file's own name says enough.
  fileprivate var shortFile: String {
    switch deed {
    case .adjustment(let write), .along(let write): write.file.rawValue
    case .file, .none: file
    }
  }

  /// Whole files would burst the table: there it says whether there is one.
  fileprivate func shortened(_ value: Value, _ page: Page) -> String {
    guard case .file = deed, case .text = value else { return value.text(sizes: page.sizes) }
    return "file"
  }
}
