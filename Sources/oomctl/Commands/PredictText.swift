import Badness
import ProcFS
import Rendering

/// A prediction as people read it.
struct PredictText {
  let report: PredictReport
  let page: Page

  private var machine: Machine { report.context.machine }
  private var prediction: Prediction { report.prediction }

  func write(to text: inout Text) {
    text.line(page.emphasis.apply(.heading, to: heading))
    text.line("Policy: \(policy)   Rule: since \(machine.rule.map { "\($0.since)" } ?? "-")")
    text.line()
    if let before = report.withoutSuppositions {
      text.line("As it is:")
      write(before, to: &text)
      text.line()
      text.line("As supposed:")
    }
    write(prediction, to: &text)
    guard page.hasRemarks else { return }
    let remarks = self.remarks
    if !remarks.isEmpty { text.line() }
    for remark in remarks { text.paragraph(SafeText.visible(remark), width: page.textWidth) }
  }

  private var heading: String {
    let domain = prediction.domain
    let total = page.sizes.phrase(domain.capacity.total.bytes(pageSize: domain.capacity.pageSize))
    let path = SafeText.visible(domain.path ?? "")
    switch domain.shortage {
    case .system: return "System OOM   RAM + swap \(total)"
    case .memoryCgroup: return "OOM in \(path)   limit + swap \(total)"
    case .nodes: return "OOM on nodes \(path)   pages + swap \(total)"
    }
  }

  private var policy: String {
    let policy = prediction.policy
    if policy.panics { return "panic" }
    if policy.isKillDisabled { return "wait" }
    return policy.killsAllocatingTask ? "kill whoever asks" : "kill the worst"
  }

  private func write(_ prediction: Prediction, to text: inout Text) {
    if let sentence = sentence(on: prediction) {
      text.paragraph(sentence, width: page.textWidth)
    }
    guard !prediction.kills.isEmpty else { return }
    var table = Table(
      [
        Table.Column("KILL", .right), Table.Column("PID", .right), Table.Column("BADNESS", .right),
        Table.Column("AHEAD BY", .right), Table.Column("FREES", .right),
        Table.Column("IN ALL", .right), Table.Column("NAME"),
      ], hasHeadings: page.hasHeadings)
    for kill in prediction.kills { append(kill, to: &table) }
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
  }

  private func append(_ kill: Kill, to table: inout Table) {
    let step = String(kill.step)
    if let selected = kill.selected {
      table.append([
        step, "\(selected.id)", badness(selected), "", "", "", name(selected) + " (its child dies)",
      ])
    }
    table.append([
      step, "\(kill.victim.id)", badness(kill.victim),
      kill.margin.map(page.sizes.text) ?? "-", page.sizes.text(kill.freed),
      page.sizes.text(kill.freedTotal), name(kill.victim),
    ])
    for other in kill.others {
      table.append(["+", "\(other.id)", "", "", "", "", name(other)])
    }
  }

  private func name(_ contestant: Contestant) -> String { contestant.subject.record.name ?? "-" }

  private func badness(_ contestant: Contestant) -> String {
    guard machine.rule?.unit == .pages else { return String(contestant.badness) }
    return machine.bytes(contestant.badness).map(page.sizes.text) ?? "-"
  }
}

extension PredictText {
  /// What happens where it isn't the worst that dies.
  private func sentence(on prediction: Prediction) -> String? {
    switch prediction.outcome {
    case "panic": return "The kernel panics in place of killing (vm.panic_on_oom)."
    case "wait":
      return
        "Nobody is killed: processes that ask for more wait (memory.oom_control) until memory is "
        + "freed or the limit raised."
    case "allocating_task":
      return prediction.kills.isEmpty
        ? "Whoever asks for memory dies (vm.oom_kill_allocating_task): --invoker PID names it."
        : "Whoever asks for memory dies (vm.oom_kill_allocating_task), if it can be killed:"
    case "nobody":
      return prediction.domain.shortage == .memoryCgroup
        ? "Nobody can be killed here: requests beyond the limit fail or wait."
        : "Nobody can be killed: the kernel panics (\"System is deadlocked on memory\")."
    default: return nil
    }
  }

  private var remarks: [String] {
    var remarks: [String] = []
    if let turn = prediction.turn { remarks.append(sentence(on: turn)) }
    if let last = prediction.kills.last, let next = last.next, prediction.policy.searches {
      let behind = last.margin.map { " \(page.sizes.phrase($0)) behind" } ?? ""
      remarks.append("\(label(next.subject)) follows\(behind).")
    }
    if prediction.kills.contains(where: { !$0.others.isEmpty }) {
      remarks.append("+ dies along: on the same memory, or in a group with memory.oom.group.")
    }
    if !prediction.kills.isEmpty {
      remarks.append(
        "Frees: anonymous memory, swap and page tables; files and shared memory stay.")
    }
    if !report.otherKillers.isEmpty {
      let names = report.otherKillers.joined(separator: ", ")
      remarks.append("Running too: \(names). It may kill earlier, by rules of its own.")
    }
    if prediction.domain.shortage == .system, report.withoutSuppositions == nil {
      remarks.append("A memory cgroup's limit kills only inside it: oomctl predict --in PATH")
    }
    return remarks
  }

  private func label(_ subject: Subject) -> String {
    "\(subject.record.name ?? "?")[\(subject.id)]"
  }

  private func sentence(on turn: Prediction.Turn) -> String {
    let name = label(turn.subject)
    guard let deaths = turn.deathsBefore else { return "\(name) is never killed." }
    let before =
      deaths == 0
      ? "\(name) dies first."
      : "\(deaths) \(deaths == 1 ? "dies" : "die") before \(name), which frees "
        + "\(page.sizes.phrase(turn.freedBefore))."
    let file = machine.readsLegacyAdjustment ? "oom_adj" : "oom_score_adj"
    guard let last = turn.adjustmentToBeLast else { return before }
    let spared = [OOMAdjustment.minimum, OOMAdjustment.disable]
    if spared.contains(last) { return before + " Only \(file) \(last) spares it." }
    return before + " With \(file) \(last) or below all others die before it."
  }
}
