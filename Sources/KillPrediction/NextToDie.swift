import Badness
import Core
import ProcFS
import Processes
import Rendering

/// The next process to die, in a sentence.
struct NextToDie {
  private let kill: PredictedKill
  private let machine: Machine
  private let page: Page

  init(_ kill: PredictedKill, on machine: Machine, page: Page) {
    self.kill = kill
    self.machine = machine
    self.page = page
  }

  /// The sentence if all processes were seen that the kernel may choose from.
  var fact: String {
    let isSure = if case .unknown = kill.tie { false } else { true }
    return "Next to die: \(isSure ? "" : "probably ")\(order)."
  }

  /// The sentence if a process that isn't seen may be worse.
  var ofThoseSeen: String {
    "Next to die: unknown, since not all processes are seen. Of those seen the first is \(order)."
  }

  private var order: String {
    let name = kill.victim.label
    let instead = kill.selected.map { " in place of its parent \($0.label)" } ?? ""
    guard let next = kill.next else { return "\(name)\(instead), the only one left" }
    if let tie = kill.tie { return name + instead + words(for: tie, next) }
    guard let margin = kill.margin else { return "\(name)\(instead), then \(next.label)" }
    return "\(name)\(instead), \(page.sizes.phrase(margin)) ahead of \(next.label)"
  }

  private func words(for tie: TieOrder, _ next: ScoredProcess) -> String {
    let equal = "; \(next.label) has equal badness"
    switch tie {
    case .age: return "\(equal), and only age decides"
    case .walk:
      let turn = machine.selection?.ties == .firstWins ? "first" : "last"
      return "\(equal), but in this cgroup the kernel comes to "
        + "\((kill.selected ?? kill.victim).label) \(turn)"
    case .unknown(let doubt):
      return "\(equal), and which of them dies can't be seen \(doubt.phrase)"
    }
  }
}
