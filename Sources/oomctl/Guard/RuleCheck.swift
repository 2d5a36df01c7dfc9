import Rendering

/// Whether a file of rules is all right.
struct RuleCheck: Report {
  let path: String
  /// `nil` where it isn't.
  let count: Int?
  let problems: [String]

  var remarks: [Remark] { problems.map { .error($0) } }

  func writeText(to text: inout Text, on page: Page) {
    guard let count, !page.isQuiet else { return }
    text.line(SafeText.visible("\(path): \(count) \(count == 1 ? "rule" : "rules"), all right"))
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("rules", Value(count))
    json.member("problems", array: problems) { json, problem in json.value(.text(problem)) }
  }
}
