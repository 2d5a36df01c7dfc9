import Configuration
import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A change is undone")
struct UndoSafetyTests {
  @Test("not where another has set a value since, unless it is forced")
  func changedByAnother() throws {
    let tree = try FixtureMachine.server.tree()
    try tree.addJournal([.adjustment(.java(-300, 100))])
    try tree.add("55\n", at: "proc/1200/oom_score_adj")
    let refused = run(["undo", "--json"], on: tree)
    #expect(try refused.rows == ["java[1200] oom_score_adj 55 -> -300 refused"])
    #expect(
      refused.errors == """
        oomctl: java[1200]: oom_score_adj is 55 now, set by someone else since
        --force brings it back to -300 nevertheless.

        """)
    #expect(refused.status == .refused)
    #expect(try tree.adjustment(of: 1200) == "55")
    let forced = run(["undo", "--force", "--json"], on: tree)
    #expect(try forced.rows == ["java[1200] oom_score_adj 55 -> -300 done"])
    #expect(forced.status == .done)
    #expect(try tree.adjustment(of: 1200) == "-300")
  }

  @Test("all at once only as far as each is what the one before left")
  func chain() throws {
    let tree = try FixtureMachine.server.tree()
    try tree.addJournal([.adjustment(.java(0, 100)), .adjustment(.java(300, 400))])
    try tree.add("400\n", at: "proc/1200/oom_score_adj")
    let undo = run(["undo", "--all", "--json"], on: tree)
    #expect(
      try undo.rows == [
        "java[1200] oom_score_adj 400 -> 300 done", "java[1200] oom_score_adj 300 -> 0 refused",
      ])
    #expect(undo.status == .refused)
    #expect(try tree.readJournal().calls.map(\.isSettled) == [false, true])
  }

  @Test("already where the value is the old one")
  func isOld() throws {
    let tree = try FixtureMachine.server.tree()
    try tree.addJournal([.adjustment(.java(0, 100))])
    let undo = run(["undo", "--json"], on: tree)
    #expect(try undo.rows == ["java[1200] oom_score_adj 0 -> 0 unchanged"])
    #expect(undo.errors.isEmpty && undo.status == .done)
    #expect(try tree.readJournal().calls.map(\.isSettled) == [true])
  }

  @Test(
    "not of a process that has ended, nor of a later one of its number: then it is settled",
    arguments: [
      (Journal.Adjustment.java(0, 100, startTicks: 99), "has ended"),
      (.java(0, 100, boot: "another"), "was a process of another boot"),
    ])
  func anotherProcess(entry: Journal.Adjustment, reason: String) throws {
    let tree = try FixtureMachine.server.tree()
    try tree.addJournal([.adjustment(entry)])
    try tree.add("100\n", at: "proc/1200/oom_score_adj")
    for words in [["--dry-run"], ["--force", "--dry-run"], ["--force"]] {
      let undo = run(["undo", "--json"] + words, on: tree)
      #expect(try undo.rows == ["java[1200] oom_score_adj - -> - unchanged"])
      #expect(try undo.json["hints"] == [.text("java[1200]: \(reason).")])
      #expect(undo.errors.isEmpty && undo.status == .done)
    }
    #expect(try tree.adjustment(of: 1200) == "100")
    #expect(run(["undo"], on: tree).errors == "oomctl: there is nothing to undo\n")
  }

  @Test("not from another PID namespace", arguments: [[], ["--force"]])
  func otherNamespace(words: [String]) throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/self/ns/pid"] = .link("pid:[4026531836]")
      $0.files["proc/sys/kernel/random/boot_id"] = "9c5a\n"
    }
    let tree = try machine.tree()
    try tree.addJournal([
      .adjustment(.java(0, 100, boot: "9c5a", namespace: "pid:[4026531836]")),
      .adjustment(.java(0, 100, boot: "9c5a", namespace: "pid:[4026532000]")),
    ])
    try tree.add("100\n", at: "proc/1200/oom_score_adj")
    _ = run(["undo"] + words, on: tree)
    #expect(try tree.adjustment(of: 1200) == "100")
    #expect(run(["undo", "--id", "1"], on: tree).status == .done)
    #expect(try tree.adjustment(of: 1200) == "0")
  }

  @Test("where its process is gone as if it were done, and the others are undone")
  func gone() throws {
    let tree = try FixtureMachine.server.tree()
    #expect(run(["adjust", "-n", "7", "1200", "1400"], on: tree).status == .done)
    tree.remove("proc/1200")
    let undo = run(["undo", "--json"], on: tree)
    #expect(
      try undo.rows == [
        "bash[1400] oom_score_adj 7 -> 0 done", "java[1200] oom_score_adj - -> - unchanged",
      ])
    #expect(undo.errors.isEmpty && undo.status == .done)
    #expect(try tree.readJournal().calls.map(\.isSettled) == [true])
  }

  /// A browser whose value was changed, one child that has inherited it, and three that haven't.
  private func treeWithHeirs() throws -> FixtureTree {
    let tree = try FixtureMachine.server.tree()
    #expect(run(["adjust", "-n", "700", "1500"], on: tree).status == .done)
    let children = [
      (1601, 1500, 40_000_000, 700), (1602, 1500, 200, 700), (1603, 1500, 40_000_000, 5),
    ]
    for (id, parent, start, adjustment) in children + [(1604, 1200, 40_000_000, 700)] {
      let child = FixtureProcess(id, "child", resident: 10).with {
        $0.parent = parent
        $0.startTicks = start
        $0.adjustment = adjustment
      }
      for (name, entry) in child.files(on: .server) {
        try tree.add(entry, at: "proc/\(id)/\(name)")
      }
    }
    return tree
  }

  @Test("alone; those that have inherited the value since are named")
  func heirs() throws {
    let tree = try treeWithHeirs()
    let undo = run(["undo"], on: tree)
    #expect(
      undo.lines.suffix(3) == [
        "", "child[1601] inherited 700 from firefox[1500]; --tree takes along what was",
        "inherited.",
      ])
    #expect(try tree.adjustment(of: 1500) == "100" && tree.adjustment(of: 1601) == "700")
  }

  @Test("with those that have inherited the value since")
  func withHeirs() throws {
    let tree = try treeWithHeirs()
    let undo = run(["undo", "--tree", "--json"], on: tree)
    #expect(
      try undo.rows == [
        "firefox[1500] oom_score_adj 700 -> 100 done", "child[1601] oom_score_adj 700 -> 100 done",
      ])
    #expect(try undo.json["hints"] == [])
    #expect(try [1602, 1603, 1604].map(tree.adjustment) == ["700", "5", "700"])
  }

  @Test("on the machine that runs, with what a child has inherited")
  func live() throws {
    let journal = try FixtureTree()
    let environment = Environment.keepingJournal(in: journal)
    let shell = try Spawned("/bin/sh", ["-c", "sleep 0.4; sleep 50 & wait"], hasOwnGroup: true)
    defer { shell.stop() }
    let start = try text(at: "/proc/\(shell.id)/oom_score_adj").split(separator: "\n").joined()
    #expect(run(["adjust", "-n", "700", "\(shell.id)"], in: environment).status == .done)
    var heirs: [Int] = []
    for _ in 0..<400 where heirs.isEmpty {
      usleep(20_000)
      heirs = try run(["list", "--parent", "\(shell.id)", "--match", "sleep 50", "--json"]).numbers
    }
    let heir = try #require(heirs.first)
    let undo = run(["undo", "--tree", "--json"], in: environment)
    #expect(undo.errors.isEmpty && undo.status == .done)
    #expect(try undo.rows.count == 2)
    for id in [Int(shell.id), heir] {
      #expect(try text(at: "/proc/\(id)/oom_score_adj") == "\(start)\n")
    }
  }
}
