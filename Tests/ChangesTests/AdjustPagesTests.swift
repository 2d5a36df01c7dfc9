import Arguments
import Core
import ProgramSupport
import TestSupport
import Testing

@testable import Changes
@testable import Core

@Suite("Pages of adjustments")
struct AdjustPagesTests {
  /// What several calls on one machine say, one after the other.
  private func check(
    _ calls: [[String]], on machine: FixtureMachine = .server, _ file: String
  ) throws {
    let tree = try machine.tree()
    var text = ""
    for words in calls {
      text += "$ oomctl \(words.joined(separator: " "))\n"
      do {
        switch words[0] {
        case "adjust":
          var adjust = Adjust()
          _ = try adjust.take(Array(words.dropFirst()))
          text += try adjust.shown(in: tree)
        case "undo":
          var undo = Undo()
          _ = try undo.take(Array(words.dropFirst()))
          text += try undo.shown(in: tree)
        default: try tree.add(.file(Array("\(words[1])\n".utf8)), at: words[0])
        }
      } catch let failure as Failure {
        text += "failure: \(failure.message) / \(failure.advice ?? "-")\n"
      } catch let error as UsageError {
        text += "usage: \(error.description)\n"
      }
    }
    text = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("CALL") || $0.contains(":20  ") ? "(a line of the list)" : String($0) }
      .joined(separator: "\n")
    #expect(try text == expectedText(file, recording: text))
  }

  @Test("show what was changed, refused, or is as it was")
  func adjustments() throws {
    try check(
      [
        ["adjust", "-n", "5", "java"], ["adjust", "-n", "5", "java"],
        ["adjust", "--by", "2000", "java"], ["adjust", "--by", "-3", "java", "fluentd"],
        ["adjust", "-n", "-5", "bash"], ["adjust", "-n", "-5", "1400"],
        ["adjust", "-n", "-5", "bash", "--user", "alice"],
        ["adjust", "-n", "5", "1"], ["adjust", "-n", "5", "30"],
        ["adjust", "-n", "5", "1", "--force"], ["adjust", "-n", "5", "kswapd0"],
        ["adjust", "-n", "5", "java", "none"], ["adjust", "-n", "5", "9999"],
        ["adjust", "-n", "5", "none"],
        ["adjust", "-n", "-5", "1400", "--tree"],
        ["adjust", "-n", "-500", "--unit", "app", "--dry-run"], ["adjust", "1200"],
        ["adjust", "--legacy", "1200"], ["adjust", "-n", "16", "--legacy", "1200"],
        ["adjust", "-n", "15", "--legacy", "1200"],
        ["adjust", "-n", "5", "--by", "5", "1200"], ["adjust"],
        ["adjust", "-n", "7", "--user", "alice"],
      ], "adjust.txt")
  }

  @Test("ask where a word means several, and name ten")
  func several() throws {
    let machine = FixtureMachine.server.with { machine in
      for id in 2000..<2011 { machine[id] = FixtureProcess(id, "many", resident: 5) }
      for id in 2020..<2030 { machine[id] = FixtureProcess(id, "ten", resident: 5) }
    }
    try check(
      [
        ["adjust", "-n", "5", "many"], ["adjust", "-n", "5", "ten"],
        ["adjust", "-n", "5", "ten", "--all"], ["adjust", "-n", "5", "--name", "many"],
      ],
      on: machine, "several.txt")
  }

  @Test("show what is taken back, and what isn't")
  func undo() throws {
    try check(
      [
        ["undo"], ["adjust", "-n", "5", "java"], ["adjust", "-n", "6", "java", "fluentd"],
        ["undo", "--dry-run"], ["undo", "--id", "1"],
        ["undo", "--id", "1", "--force"], ["undo", "--id", "1"], ["undo", "--id", "9"], ["undo"],
        ["undo"],
        ["adjust", "-n", "5", "java"], ["adjust", "-n", "6", "java"], ["undo", "--all"],
        ["undo", "--list", "--all"], ["undo", "--list"],
        ["adjust", "-n", "7", "java"], ["proc/1200/oom_score_adj", "8"], ["undo"],
        ["undo", "--force"], ["adjust", "-n", "7", "java"],
        [
          "proc/1200/stat",
          "1200 (java) S 1 1200 1200 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 101 0 0 1",
        ], ["undo"],
      ], "undo.txt")
  }

  @Test("follow an old kernel's scale")
  func legacy() throws {
    try check(
      [
        ["adjust", "-n", "500", "java"], ["adjust", "-n", "5", "--legacy", "java"],
        ["adjust", "--by", "500", "java"], ["adjust", "java"], ["undo"],
      ],
      on: .server.with { $0.kernel = "2.6.30" }, "legacy.txt")
  }
}
