import Badness
import Core
import ProcFS
package import Processes
package import Rendering

/// A kill order, and the one without the suppositions.
struct PredictReport: CommandReport {
  let prediction: Prediction
  /// The moment that its order is for.
  let state: KillMoment
  /// The other order; `nil` where it wasn't asked for, or isn't known.
  let other: Prediction?
  let isStateGiven: Bool
  let hasSuppositions: Bool
  /// The prediction if nothing were supposed; `nil` where no shortage can happen then.
  let withoutSuppositions: Prediction?
  let turn: KillPosition?
  /// True if a process's turn was asked for, though none is chosen by badness.
  let isTurnMoot: Bool
  /// True if KSM's pages are being unmerged.
  let isUnmerging: Bool
  /// The reclaim before the kernel chooses; `nil` where that wasn't asked for, or isn't known.
  let reclaim: Reclaim?
  let otherKillers: [String]
  /// The bytes that were to be freed.
  let goal: Int?
  let invoker: ProcessID?
  let context: Column.Context
  let field: PredictionInput
  /// The machine around a container whose group is the domain.
  var host: HostOutlook?

  /// Memory that no kill frees; `nil` also where a group is the domain.
  var held: HeldMemory?

  var isComplete: Bool { field.completeness.isComplete && unsized.isEmpty && unplaced == 0 }

  /// The number of candidates that don't show their memory policies.
  private var unplaced: Int {
    guard let unknown = field.domain.policyMembers?.unknown else { return 0 }
    return field.candidates.count { unknown.contains($0.id) }
  }

  /// Processes that may be chosen, but have no place in the order, since nothing shows their size.
  private var unsized: [ScoredProcess] {
    field.subjects.filter { $0.record.hidesMemory && field.domain.contains($0.record) }
  }

  var remarks: [Remark] {
    var remarks = field.completeness.remarks + field.reader.remarks
    if field.relations.isUncertain {
      remarks.append(
        .note("Who shares memory, and so dies together, can't be told here as this user"))
    }
    if isUnmerging {
      remarks.append(
        .note(
          "KSM unmerges its pages (/sys/kernel/mm/ksm/run is 2): the process that asked for it dies first, and "
            + "nothing shows which one that is"))
    }
    for subject in unsized {
      remarks.append(
        .note(
          "\(subject.label) isn't in the order: its main thread has ended, and the files of the others "
            + "(task/) aren't there to show its size. Its oom_score is \(subject.record.score ?? 0)"
        ))
    }
    if unplaced > 0 {
      let whose = unplaced == 1 ? "1 process" : "\(unplaced) processes"
      remarks.append(
        .note(
          "The memory policy of \(whose) can't be read (numa_maps): without one they may be chosen")
      )
    }
    for setting in prediction.policy.unknown {
      remarks.append(.note("\(setting) can't be read: taken for 0"))
    }
    return remarks
  }

  func writeText(to text: inout Text, on page: Page) {
    PredictText(report: self, page: page).write(to: &text)
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("state", .text(state.rawValue))
    json.members(of: prediction, context)
    if let other {
      json.member(state.other.rawValue) { json in json.members(of: other, context) }
    }
    if hasSuppositions {
      if let before = withoutSuppositions {
        json.member("without_suppositions") { json in json.members(of: before, context) }
      } else {
        json.member("without_suppositions", .absent)
      }
    }
    if let turn { write(turn, to: &json) }
    json.member("all_seen", field.isWhollySeen.map(Value.flag) ?? .absent)
    if let host {
      json.member("host") { json in
        json.member("all_seen", .flag(host.isWholeView))
        json.members(of: host.prediction, context)
      }
    }
    json.writeHeld(held)
    json.member("other_killers", array: otherKillers) { json, name in json.value(.text(name)) }
  }

  private func write(_ turn: KillPosition, to json: inout JSONWriter) {
    json.member("before") { json in
      json.member("pid", Value(turn.subject.id.rawValue))
      json.member("name", Value(turn.subject.record.name))
      json.member("kills", Value(turn.deathsBefore))
      json.member("freed_bytes", Value(size: turn.deathsBefore == nil ? nil : turn.freedBefore))
      json.member("to_be_last", Value(turn.adjustmentToBeLast))
    }
  }
}

/// The state of memory when the kernel chooses; the raw values are JSON's words.
enum KillMoment: String, Sendable {
  /// Memory as it is.
  case now
  /// Mapped files are dropped, and shared memory is swapped out.
  case reclaimed

  var other: KillMoment { self == .now ? .reclaimed : .now }
}

extension PredictReport {
  /// The first kill once reclaim has done its work, where it is reported.
  var reclaimedFirst: PredictedKill? {
    (state == .reclaimed ? prediction : isStateGiven ? nil : other)?.kills.first
  }

  /// The first kill of the order that isn't shown, where the victim differs and no order was asked
  /// for.
  var otherFirst: PredictedKill? {
    guard !isStateGiven, let other = other?.kills.first,
      other.victim.id != prediction.kills.first?.victim.id
    else { return nil }
    return other
  }
}

extension JSONWriter {
  /// The prediction: the domain, the policy, and the kills in their order.
  package mutating func members(of prediction: Prediction, _ context: Column.Context) {
    let domain = prediction.domain
    member("domain") { json in
      json.member("kind", .text(domain.kind))
      json.member("constraint", .text(domain.constraint))
      json.member("path", Value(domain.path))
      json.member("total_pages", Value(domain.capacity.total.count))
    }
    member("policy") { json in
      json.member("panic", prediction.policy.panics.map(Value.flag) ?? .absent)
      json.member(
        "kill_allocating_task", prediction.policy.killsAllocatingTask.map(Value.flag) ?? .absent)
      json.member("oom_kill_disable", .flag(prediction.policy.isKillDisabled))
      json.member("under_oom", .flag(prediction.policy.hasWaiting))
    }
    member("outcome", .text(prediction.outcome.rawValue))
    member("candidates", Value(prediction.candidateCount))
    member("kills", array: prediction.kills) { json, kill in
      json.object { json in json.members(of: kill, context) }
    }
  }

  private mutating func members(of kill: PredictedKill, _ context: Column.Context) {
    member("step", Value(kill.step))
    key("victim")
    process(kill.victim, context)
    if let selected = kill.selected {
      key("selected")
      process(selected, context)
    }
    member("domain_badness", kill.chosen.isTakenAtOnce ? .absent : Value(kill.badness))
    member("also_killed", array: kill.others) { json, other in json.process(other, context) }
    member("margin_bytes", Value(size: kill.margin))
    member("tie_order", Value(kill.tie?.word))
    member("rivals", array: kill.rivals) { json, rival in json.value(Value(rival.id.rawValue)) }
    member("freed_bytes", Value(size: kill.freed))
    member("freed_is_exact", .flag(kill.estimated.isEmpty))
    member("freed_total_bytes", Value(size: kill.freedTotal))
    member("freed_total_is_exact", .flag(kill.isTotalExact))
    member("kept_shared_bytes", Value(size: kill.kept))
  }
}
