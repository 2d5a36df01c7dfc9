import Configuration
import ProgramSupport
import TestSupport
import Testing

@testable import CivilTime
@testable import Core
@testable import oomctl

@Suite("What was changed is undone:")
struct UndoTests {
  private static let nothing = "oomctl: there is nothing to undo\n"

  /// A server on which three calls have changed something.
  private func changedTree() throws -> FixtureTree {
    let tree = try FixtureMachine.server.tree()
    let environment = Environment(now: { 1_700_000_000 })
    for words in [["-n", "100", "1200"], ["--by", "50", "1200", "1400"], ["-n", "7", "1300"]] {
      #expect(run(["adjust"] + words, on: tree, in: environment).status == .done)
    }
    return tree
  }

  private static let rows = [
    ["fluentd[1300] oom_score_adj 7 -> 500 done"],
    ["bash[1400] oom_score_adj 50 -> 0 done", "java[1200] oom_score_adj 150 -> 100 done"],
    ["java[1200] oom_score_adj 100 -> 0 done"],
  ]

  @Test("what stood in damaged lines can't be, and that is told", arguments: [1, 2])
  func damaged(count: Int) throws {
    let tree = try changedTree()
    let journal = "\(tree.path)/var/lib/oomctl/journal"
    let lines = String(repeating: "not a line of a journal\n", count: count)
    try write(try bytes(at: journal) + Array(lines.utf8), to: journal)
    let list = run(["undo", "--list"], on: tree)
    #expect(
      list.errors == "oomctl: \(count == 1 ? "1 line is" : "2 lines are") damaged in the journal: "
        + "changes that stood there can't be undone\n")
    #expect(list.status == .done)
    #expect(list.lines.count == 4)
  }

  @Test("the last call first, then the one before, until nothing is left")
  func oneByOne() throws {
    let tree = try changedTree()
    for rows in Self.rows {
      let undo = run(["undo", "--json"], on: tree)
      #expect(try undo.rows == rows)
      #expect(undo.errors.isEmpty && undo.status == .done)
    }
    let undo = run(["undo"], on: tree)
    #expect(undo.errors == Self.nothing && undo.status == .failed)
    #expect(try tree.adjustment(of: 1200) == "0")
  }

  @Test("all calls at once, the latest first")
  func all() throws {
    let tree = try changedTree()
    let plan = try run(["undo", "--all", "--dry-run", "--json"], on: tree).rows
    let undo = run(["undo", "--all", "--json"], on: tree)
    #expect(try undo.rows == Self.rows.flatMap { $0 })
    #expect(try plan == undo.rows.map { $0.dropLast("done".count) + "planned" })
    #expect(run(["undo", "--all"], on: tree).errors == Self.nothing)
    #expect(try tree.readJournal().calls.allSatisfy(\.isSettled))
  }

  @Test("the call of a number, once")
  func oneCall() throws {
    let tree = try changedTree()
    let undo = run(["undo", "--id", "2", "--json"], on: tree)
    #expect(try undo.rows == Self.rows[1])
    let advice = "Try 'oomctl undo --list'.\n"
    for (id, reason) in [(2, "call 2 is undone already"), (9, "no call 9 is in the journal")] {
      let again = run(["undo", "--id", "\(id)"], on: tree)
      #expect(again.errors == "oomctl: \(reason)\n\(advice)" && again.status == .failed)
    }
    // The others are as they were.
    #expect(try run(["undo", "--json"], on: tree).rows == Self.rows[0])
    #expect(try run(["undo", "--json"], on: tree).rows == Self.rows[2])
  }

  @Test("without a trace in a dry run", arguments: [[], ["--all"], ["--id", "1"], ["--list"]])
  func dryRun(words: [String]) throws {
    let tree = try changedTree()
    let before = try tree.contents()
    #expect(!run(["undo", "--dry-run"] + words, on: tree).output.isEmpty)
    #expect(try tree.contents() == before)
  }

  @Test("the calls are listed, the latest first")
  func list() throws {
    let tree = try changedTree()
    #expect(run(["undo"], on: tree).status == .done)
    let time = Moment(1_700_000_000).local
    #expect(
      run(["undo", "--list"], on: tree).lines == [
        "CALL  WHEN                 BY    COMMAND  STATE   CHANGES",
        "   3  \(time)  root  adjust   undone  fluentd[1300] 500 -> 7",
        "   2  \(time)  root  adjust   done    java[1200] 100 -> 150, bash[1400] 0 -> 50",
        "   1  \(time)  root  adjust   done    java[1200] 0 -> 100",
      ])
  }

  @Test("the calls are listed in JSON too")
  func jsonList() throws {
    let tree = try changedTree()
    let calls = try run(["undo", "--list", "--json"], on: tree).json["calls"].elements
    #expect(try calls.map { try $0["id"] } == [3, 2, 1])
    let call = try #require(calls.last)
    #expect(
      try call.members.map(\.key) == [
        "id", "time", "command", "undone", "state", "user", "through_user", "terminal", "changes",
      ])
    #expect(try call["time"] == "2023-11-14T22:13:20Z")
    #expect(try call["command"] == "adjust" && call["undone"] == false)
    let change = try #require(try call["changes"].elements.first)
    let expected: [(String, JSON)] = [
      ("target", "java[1200]"), ("file", "oom_score_adj"), ("old", 0), ("new", 100),
      ("undone", false), ("state", "done"),
    ]
    #expect(try change.members.map(\.key) == expected.map(\.0))
    for (key, value) in expected { #expect(try change[key] == value, "\(key)") }
  }

  @Test("nothing where nothing was ever changed")
  func noJournal() throws {
    let tree = try FixtureMachine.server.tree()
    let before = try tree.contents()
    let list = run(["undo", "--list"], on: tree)
    #expect(list.output == "No changes are recorded.\n")
    #expect(list.errors.isEmpty && list.status == .done)
    #expect(run(["undo", "--list", "-q"], on: tree).output.isEmpty)
    #expect(try run(["undo", "--list", "--json"], on: tree).json["calls"] == [])
    for words in [["--dry-run"], ["--dry-run", "--all"]] {
      #expect(run(["undo"] + words, on: tree).errors == Self.nothing)
    }
    #expect(try tree.contents() == before)
    #expect(run(["undo"], on: tree).errors == Self.nothing)
  }

  @Test(
    "which call must be clear",
    arguments: [["--list", "--all"], ["--all", "--id", "1"], ["--list", "--id", "1"]])
  func contradictions(words: [String]) throws {
    let tree = try changedTree()
    let undo = run(["undo"] + words, on: tree)
    let message = "--list, --all and --id exclude each other\nTry 'oomctl undo --help'.\n"
    #expect(undo.errors == "oomctl: \(message)" && undo.status == .usage)
  }
}
