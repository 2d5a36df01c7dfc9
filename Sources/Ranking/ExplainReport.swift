import Badness
import Core
import ProcFS
import Processes
import Rendering
import Units

/// Explanations, one after the other.
struct ExplainReport: CommandReport {
  var cases: [Case]
  var context: Column.Context
  var rivals: RankedField
  var isComplete: Bool
  var remarks: [Remark]

  func writeText(to text: inout Text, on page: Page) {
    for (index, item) in cases.enumerated() {
      if index > 0 { text.line() }
      let explanation = ExplainText(
        item, context: context, rivals: rivals, page: page)
      explanation.write(to: &text)
    }
  }

  func writeMembers(to json: inout JSONWriter) {
    if let group = rivals.group { json.member("ranked_in", .text(group)) }
    json.member("explanations", array: cases) { json, item in
      json.process(item.subject, context) { json in writeExplanation(of: item, to: &json) }
    }
  }

  private func writeExplanation(of item: Case, to json: inout JSONWriter) {
    let machine = context.machine
    let explanation = item.subject.explanation
    if let rule = machine.rule {
      json.member("rule") { json in
        json.member("since", .text("\(rule.since)"))
        json.member("summary", .text(rule.summary))
      }
    } else {
      json.member("rule", .absent)
    }
    json.member("page_size_bytes", Value(machine.pageSize))
    json.member("total_pages", Value(machine.capacity?.total.count))
    json.member("terms", array: explanation?.terms ?? []) { json, term in
      json.object { json in
        json.member("name", .text(term.name))
        json.member("operation", .text(term.operation.rawValue))
        json.member("operand", Value(term.operand))
        json.member("result", Value(term.result))
        if explanation?.unit == .pages { json.member("pages", Value(term.pages)) }
      }
    }
    json.member("agrees", item.subject.agrees.map(Value.flag) ?? .absent)
    json.member(
      "memory_equivalent_bytes", Value(size: machine.memoryEquivalent(of: item.subject)))
    json.member("rank", Value(item.subject.rank))
    json.member("taken_at_once", .flag(item.subject.isTakenAtOnce))
    json.member("to_outlive", Value(item.toOutlive))
    writeDeclared(of: item.unit, to: &json)
  }

  /// What the unit's files say; `null` for a process of no service.
  private func writeDeclared(of unit: Case.Service?, to json: inout JSONWriter) {
    guard let unit else { return json.member("declared", .absent) }
    json.member("declared") { json in
      let adjustment = unit.files.adjustment
      json.member("oom_score_adj", Value(adjustment?.value))
      json.member("source", Value(adjustment?.line.place))
      json.member("ignored", array: unit.files.ignoredAdjustments) { json, ignored in
        json.object { json in
          json.member("value", .text(ignored.line.value))
          json.member("source", .text(ignored.line.place))
          json.member("reason", .text(ignored.reason))
        }
      }
      let end = UnitEnd(of: unit.files)
      json.member("oom_policy", .text(end.policy.rawValue))
      json.member("restart", .text(end.restart))
    }
  }
}

extension ScoredProcess {
  /// True if the kernel's own score is the predicted one; `nil` where one of them is missing.
  var agrees: Bool? {
    guard let score = record.score, let predicted = explanation?.oomScore else { return nil }
    return Int128(score) == predicted
  }
}

extension Machine {
  /// The weight of the adjustment, in bytes of memory.
  func memoryEquivalent(of subject: ScoredProcess) -> Int? {
    guard let rule, let capacity, let adjustment = subject.record.adjustment,
      let pages = rule.adjustmentWorth(adjustment, in: capacity)
    else { return nil }
    return pages.bytes(pageSize: capacity.pageSize)
  }
}
