import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "A change of which one call fails",
  .enabled(if: Executable.canBeTraced, "strace is installed, and may trace"))
struct FaultedWriteTests {
  /// What was changed before, so that each journal has something to lose.
  static let past = [["adjust", "-n", "400", "1500"], ["tune", "vfs_cache_pressure=90"]]

  /// A command, and what goes before it.
  struct Action: CustomTestStringConvertible, Sendable {
    let command: String
    var before: [String] = []
    /// What it does isn't in the journal.
    var keepsNoJournal = false

    var testDescription: String { command }
  }

  static let actions = [
    Action(command: "adjust -n 500 1200 901"),
    Action(command: "adjust -n 500 java"),
    Action(command: "adjust --by +100 1200"),
    Action(command: "adjust -n 300 --tree 900"),
    Action(command: "protect sshd"),
    Action(command: "protect --unit postgresql --persist"),
    Action(command: "protect cached --persist"),
    Action(command: "unprotect --unit postgresql", before: ["protect --unit postgresql --persist"]),
    Action(command: "unprotect cached", before: ["protect cached --persist"]),
    Action(command: "tune overcommit_ratio=60 swappiness=20"),
    Action(command: "tune swappiness=20 --persist"),
    Action(command: "undo", before: ["adjust -n 500 1200"]),
    Action(command: "undo", before: ["protect --unit postgresql --persist"]),
    Action(
      command: "undo --all", before: ["tune swappiness=20 --persist", "adjust -n 300 1200 901"]),
    Action(command: "guard --once", before: ["protect cached --persist"], keepsNoJournal: true),
  ]

  @Test("is done, or told to have failed; it and those before can be undone", arguments: actions)
  func captured(action: Action) throws {
    let tree = try FixtureMachine.faulted.tree()
    let injector = try FaultInjector()
    let root = ["--root", tree.path]
    let run = { (command: [String]) in try injector.run(command + root) }
    for words in Self.past { try #require(try run(words).status == 0) }
    for command in action.before {
      try #require(try run(command.split(separator: " ").map(String.init)).status == 0)
    }
    if action.keepsNoJournal { try tree.add("0\n", at: "proc/1600/oom_score_adj") }
    let watch = TreeWatch(tree)
    let before = try watch.contents()

    let words = action.command.split(separator: " ").map(String.init) + root
    let calls = Fault.opening + Fault.reading + Fault.writing
    let (faultless, made) = try injector.trace(words, calls)
    try #require(faultless.status == 0, "\(faultless.errors)")
    let done = try watch.contents()
    try #require(done.keptFiles != before.keptFiles)
    _ = try run(["undo", "--all"])
    let undone = try watch.contents()
    let change = FaultedChange(
      faultless, from: before, to: done, undone: undone, keepsNoJournal: action.keepsNoJournal)

    let name = ([action.command] + action.before.map { "after \($0)" }).joined(separator: " ")
    let trial = FaultTrial(
      name: name, injector: injector, words: words, calls: calls, root: tree.path)
    var isAsBefore = false
    let prepare = {
      if !isAsBefore { try watch.restore(before) }
      isAsBefore = false
    }
    try trial.run(made: made, prepare: prepare) { outcome, fault in
      let found = try watch.contents()
      isAsBefore = found == before
      if let complaint = change.complaint(about: outcome, fault, found) { return complaint }
      guard !isAsBefore else { return nil }
      _ = try run(["undo", "--all"])
      let loss = try change.loss(in: watch.contents(), after: outcome)
      return loss.map { "\($0); status \(outcome.status), '\(outcome.firstError)'" }
    }
  }
}
