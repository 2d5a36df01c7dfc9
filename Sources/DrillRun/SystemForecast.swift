import Badness
import Core
import KillPrediction
import ProcFS
import Processes
import Rendering

/// The process that would die of SysRq-f, and the consequences.
struct SystemForecast {
  let kill: PredictedKill
  let prediction: Prediction
  /// True where the kernel panics instead; `nil` where that can't be told.
  let panics: Bool?
  let field: PredictionInput
  let context: Column.Context
  /// This process and those above it.
  let ancestors: [ProcessID]

  var victim: ScoredProcess { kill.victim }

  /// Losses that come with it and that the user may not expect.
  var warnings: [String] {
    let dead = kill.dead
    var warnings: [String] = []
    switch panics {
    case true?: warnings.append("This kernel panics instead of killing: see vm.panic_on_oom.")
    case nil: warnings.append("This kernel may panic instead: vm.panic_on_oom can't be read.")
    case false?: break
    }
    if dead.contains(where: { $0.id == ancestors.first }) {
      warnings.append("It is this command itself, which can't report it then.")
    } else if dead.contains(where: { ancestors.contains($0.id) }) {
      warnings.append("This command runs below it: this session may end with it.")
    }
    if dead.contains(where: { $0.id.rawValue == 1 }) {
      warnings.append("It is process 1 here: all processes of this container end with it.")
    }
    let names = kill.others.map(\.label)
    if !names.isEmpty { warnings.append("With it dies: \(names.joined(separator: ", ")).") }
    return warnings
  }

  func write(to text: inout Text, on page: Page) {
    let rule = context.machine.rule.map { "   rule since \($0.since)" } ?? ""
    text.line(page.emphasis.apply(.heading, to: "SysRq-f on the whole system\(rule)"))
    text.line("Predicted: \(SafeText.visible(victim.label))\(lead(page))")
    text.line()
    var table = Table([Table.Column(""), Table.Column("")], hasHeadings: false)
    for key in ["user", "unit", "cgroup", "command"] {
      let value = Column.named(key)?.value(victim, context) ?? .absent
      if value != .absent { table.append(["  \(key)", value.text(sizes: page.sizes)]) }
    }
    let limit = kill.estimated.isEmpty ? "" : "at most "
    table.append(["  frees", limit + page.sizes.phrase(kill.freed)])
    table.write(to: &text, width: page.textWidth)
    for warning in warnings {
      text.paragraph(
        page.emphasis.apply(.danger, to: SafeText.visible(warning)), width: page.textWidth)
    }
  }

  private func lead(_ page: Page) -> String {
    guard let next = kill.next else { return ", the only one" }
    let label = SafeText.visible(next.label)
    guard let margin = kill.margin else { return ", then \(label)" }
    return ", \(page.sizes.phrase(margin)) ahead of \(label)"
  }
}
