import Badness
import Core
import ProcFS
import Processes
import Rendering

/// A prediction as people read it: the answer in a sentence, the order in a table, and remarks.
struct PredictText {
  let report: PredictReport
  let page: Page

  private var machine: Machine { report.context.machine }
  private var prediction: Prediction { report.prediction }

  func write(to text: inout Text) {
    text.line(page.emphasis.apply(.heading, to: heading(of: prediction.domain)))
    if report.hasSuppositions {
      text.line()
      text.line("As it is:")
      writeUnsupposed(to: &text)
      text.line()
      text.line("As supposed:")
    }
    write(prediction, and: otherAnswer, to: &text)
    guard page.hasRemarks else { return }
    let remarks = PredictRemarks(report: report, page: page).all
    if !remarks.isEmpty { text.line() }
    for remark in remarks { text.paragraph(SafeText.visible(remark), width: page.textWidth) }
  }

  private func writeUnsupposed(to text: inout Text) {
    guard let before = report.withoutSuppositions else {
      return text.line("The group has no limit, so it can't run out of memory by itself.")
    }
    if before.domain.capacity != prediction.domain.capacity {
      text.line(heading(of: before.domain))
    }
    write(before, to: &text)
  }

  private func heading(of domain: Domain) -> String {
    let total = page.sizes.phrase(domain.capacity.total.bytes(pageSize: domain.capacity.pageSize))
    let rule = machine.rule.map { "   rule since \($0.since)" } ?? ""
    let path = SafeText.visible(domain.path ?? "")
    switch domain.shortage {
    case .system: return "System OOM   RAM + swap \(total)\(rule)"
    case .memoryCgroup: return "OOM in \(path)   limit + swap \(total)\(rule)"
    case .nodes:
      let limit = domain.policyMembers == nil ? "cpuset" : "memory policy"
      let nodes = Int(path) == nil ? "nodes" : "node"
      return "OOM of a \(limit) on \(nodes) \(path)   pages + swap \(total)\(rule)"
    }
  }

  private func write(
    _ prediction: Prediction, and other: String? = nil, to text: inout Text
  ) {
    text.paragraph(SafeText.visible(answer(prediction)), width: page.textWidth)
    if let other {
      text.paragraph(SafeText.visible(other), width: page.textWidth)
    }
    guard !prediction.kills.isEmpty else { return }
    text.line()
    var table = Table(
      [
        Table.Column("KILL", .right), Table.Column("PID", .right), Table.Column("BADNESS", .right),
        Table.Column("AHEAD BY", .right), Table.Column("FREES", .right),
        Table.Column("IN ALL", .right), Table.Column("NAME"),
      ], hasHeadings: page.hasHeadings)
    for kill in prediction.kills { append(kill, to: &table) }
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
  }

  private func append(_ kill: PredictedKill, to table: inout Table) {
    if let selected = kill.selected {
      table.append([
        "", "\(selected.id)", badness(kill), "", "", "",
        "\(selected.record.name ?? "-"): chosen, but its child dies",
      ])
    }
    table.append([
      String(kill.step), "\(kill.victim.id)", kill.selected == nil ? badness(kill) : "",
      lead(kill), page.sizes.text(kill.freed), page.sizes.text(kill.freedTotal),
      kill.victim.record.name ?? "-",
    ])
    for sharer in kill.sharers {
      table.append([
        "+", "\(sharer.id)", "", "", "", "", "\(sharer.record.name ?? "-"): same memory",
      ])
    }
    for member in kill.members {
      table.append([
        "+", "\(member.id)", "", "", "", "", "\(member.record.name ?? "-"): same group",
      ])
    }
    for companion in kill.companions {
      table.append([
        "+", "\(companion.id)", "", "", "", "",
        "\(companion.record.name ?? "-"): memory of the same group",
      ])
    }
  }

  private func lead(_ kill: PredictedKill) -> String {
    guard let margin = kill.margin else { return "-" }
    return margin == 0 ? "tie" : page.sizes.text(margin)
  }

  private func badness(_ kill: PredictedKill) -> String {
    if kill.chosen.isTakenAtOnce { return "-" }
    guard machine.rule?.unit == .pages else { return String(kill.badness) }
    return machine.bytes(kill.badness).map(page.sizes.text) ?? "-"
  }
}

extension PredictText {
  /// The outcome, in a sentence.
  private func answer(_ prediction: Prediction) -> String {
    switch prediction.outcome {
    case .kill: return prediction.kills.first.map(nextToDie) ?? ""
    case .panic, .wait: return prediction.policy.exception ?? ""
    case .allocatingTask: return whoeverAsks(prediction)
    case .nobody:
      return prediction.domain.shortage == .memoryCgroup
        ? "No process in it could be killed: requests beyond the limit fail or wait."
        : "Nobody can be killed: the kernel panics (\"System is deadlocked on memory\")."
    }
  }

  /// The sentence about the first victim in the other order, where it differs.
  private var otherAnswer: String? {
    guard let kill = report.otherFirst else { return nil }
    let lead = kill.next.map { next in
      kill.margin.map { ", \(page.sizes.phrase($0)) ahead of \(next.label)" }
        ?? ", then \(next.label)"
    }
    return
      "That is by present sizes. Once reclaim has dropped files and swapped shared memory out, "
      + "\(kill.victim.label) is first\(lead ?? "") (--reclaimed)."
  }

  private func nextToDie(_ kill: PredictedKill) -> String {
    let sentence = NextToDie(kill, on: machine, page: page)
    return report.field.isWholeView ? sentence.fact : sentence.ofThoseSeen
  }

  private func whoeverAsks(_ prediction: Prediction) -> String {
    let setting = "vm.oom_kill_allocating_task is set"
    guard let kill = prediction.kills.first else {
      return "Whoever asks for memory dies (\(setting)): --invoker PID names it."
    }
    let isInvoker = [kill.victim.id, kill.selected?.id].contains(report.invoker)
    return isInvoker
      ? "Next to die: \(kill.victim.label), since it asks (\(setting))."
      : "Who asks can't be killed, so the worst dies: \(kill.victim.label)."
  }
}
