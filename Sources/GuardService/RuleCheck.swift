import Core
import ProcFS
import Rendering

/// The check of a file of rules, and the processes that each rule matches now.
struct RuleCheck: CommandReport {
  let path: String
  /// `nil` where the file can't be used.
  private let rows: [Row]?
  private let problems: [String]
  let remarks: [Remark]
  let isComplete: Bool

  /// One rule.
  struct Row {
    let line: Int
    /// Its selectors.
    let rule: String
    let adjustment: Int
    /// Processes that fit it, in the order of their numbers.
    var matches: [Match] = []
    /// The number of them for which a later rule holds.
    var overruled: Int { matches.count { !$0.isDecided && !$0.isOthers } }
    /// The number of them that it leaves alone, as they belong to a user that it doesn't name.
    var others: Int { matches.count(where: \.isOthers) }
    /// Ordinary users who could start something that it lowers.
    var claimants: [String] = []
  }

  /// A process that fits a rule.
  struct Match {
    let id: ProcessID
    /// As people name it.
    let label: String
    /// True where it is this rule that holds for it.
    let isDecided: Bool
    /// True for a session of sshd's.
    let isSession: Bool
    /// True where it belongs to a user for whom the rule doesn't lower.
    let isOthers: Bool
    let adjustment: Int?
  }

  /// Of a file that can't be used.
  init(path: String, problems: [String]) {
    self.path = path
    self.problems = problems
    rows = nil
    remarks = problems.map { .error($0) }
    isComplete = true
  }

  /// Of a file that can.
  init(path: String, rows: [Row], remarks: [Remark], isComplete: Bool) {
    self.path = path
    self.rows = rows
    self.remarks = remarks
    self.isComplete = isComplete
    problems = []
  }

  func writeText(to text: inout Text, on page: Page) {
    guard let rows, !page.isQuiet else { return }
    if !rows.isEmpty {
      var table = Table(
        [
          .init("LINE", .right), .init("RULE"), .init("ADJ", .right), .init("CLAIMABLE BY"),
          .init("MATCHES"),
        ],
        hasHeadings: page.hasHeadings)
      for row in rows {
        let claimants = row.claimants.isEmpty ? "-" : row.claimants.joined(separator: ", ")
        table.append(["\(row.line)", row.rule, "\(row.adjustment)", claimants, row.summary])
      }
      table.write(to: &text, width: page.width, headingsIn: page.emphasis)
    }
    guard page.hasRemarks else { return }
    if !rows.isEmpty { text.line() }
    let count = rows.count == 1 ? "1 rule" : "\(rows.count) rules"
    let idle = rows.count { $0.matches.isEmpty }
    let rest = idle == 0 ? "" : "; \(idle) \(idle == 1 ? "matches" : "match") no process now"
    text.line(SafeText.visible("\(path): \(count), all right\(rest)"))
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("rules", Value(rows?.count))
    json.member("problems", array: problems) { json, problem in json.value(.text(problem)) }
    json.member("checks", array: rows ?? []) { json, row in
      json.object { json in row.writeMembers(to: &json) }
    }
  }
}

extension RuleCheck.Row {
  /// The number of matches, and the first of them.
  fileprivate var summary: String {
    guard !matches.isEmpty else { return "none" }
    let labels = matches.prefix(3).map(\.label).joined(separator: ", ")
    let more = matches.count > 3 ? ", …" : ""
    let rest = overruled > 0 ? "; a later rule holds for \(overruled)" : ""
    let alone = others > 0 ? "; \(others) of other users left alone" : ""
    return "\(matches.count): \(labels)\(more)\(rest)\(alone)"
  }

  fileprivate func writeMembers(to json: inout JSONWriter) {
    json.member("line", Value(line))
    json.member("rule", .text(rule))
    json.member("oom_score_adj", Value(adjustment))
    json.member("matches", Value(matches.count))
    json.member("overruled", Value(overruled))
    json.member("others", Value(others))
    json.member("claimable_by", array: claimants) { json, user in json.value(.text(user)) }
    json.member("processes", array: Array(matches.prefix(100))) { json, match in
      json.object { json in
        json.member("pid", Value(Int(match.id.rawValue)))
        json.member("target", .text(match.label))
        json.member("holds", .flag(match.isDecided))
      }
    }
  }
}
