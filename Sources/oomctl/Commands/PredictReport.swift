import Badness
import ProcFS
import Rendering

/// A kill order, and what it would be without the suppositions.
struct PredictReport: Report {
  var prediction: Prediction
  /// What would happen if nothing were supposed; `nil` when nothing is.
  var withoutSuppositions: Prediction?
  var otherKillers: [String] = []
  var context: Column.Context
  var isComplete: Bool
  var remarks: [Remark]

  func writeText(to text: inout Text, on page: Page) {
    PredictText(report: self, page: page).write(to: &text)
  }

  func writeMembers(to json: inout JSONWriter) {
    write(prediction, to: &json)
    if let before = withoutSuppositions {
      json.member("without_suppositions") { json in write(before, to: &json) }
    }
    if let turn = prediction.turn { write(turn, to: &json) }
    json.member("other_killers", array: otherKillers) { json, name in json.value(.text(name)) }
  }

  private func write(_ prediction: Prediction, to json: inout JSONWriter) {
    let domain = prediction.domain
    json.member("domain") { json in
      json.member("kind", .text(domain.kind))
      json.member("path", Value(domain.path))
      json.member("total_pages", Value(domain.capacity.total.count))
    }
    json.member("policy") { json in
      json.member("panic", .flag(prediction.policy.panics))
      json.member("kill_allocating_task", .flag(prediction.policy.killsAllocatingTask))
      json.member("oom_kill_disable", .flag(prediction.policy.isKillDisabled))
    }
    json.member("outcome", .text(prediction.outcome))
    json.member("kills", array: prediction.kills) { json, kill in
      json.object { json in write(kill, to: &json) }
    }
  }

  private func write(_ kill: Kill, to json: inout JSONWriter) {
    json.member("step", Value(kill.step))
    json.member("victim") { json in write(kill.victim, to: &json) }
    if let selected = kill.selected {
      json.member("selected") { json in write(selected, to: &json) }
    }
    json.member("also_killed", array: kill.others) { json, other in
      json.object { json in write(other, to: &json) }
    }
    json.member("margin_bytes", Value(size: kill.margin))
    json.member("freed_bytes", Value(size: kill.freed))
    json.member("freed_total_bytes", Value(size: kill.freedTotal))
  }

  private func write(_ contestant: Contestant, to json: inout JSONWriter) {
    for column in Column.all {
      json.member(column.key, column.value(contestant.subject, context))
    }
    json.member("domain_badness", Value(contestant.badness))
  }

  private func write(_ turn: Prediction.Turn, to json: inout JSONWriter) {
    json.member("before") { json in
      json.member("pid", Value(turn.subject.id.rawValue))
      json.member("name", Value(turn.subject.record.name))
      json.member("kills", Value(turn.deathsBefore))
      json.member("freed_bytes", Value(size: turn.deathsBefore == nil ? nil : turn.freedBefore))
      json.member("to_be_last", Value(turn.adjustmentToBeLast))
    }
  }
}
