import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("What is protected")
struct ProtectTests {
  @Test(
    "gets -900, or -1000 if the kernel may never take it, and is never raised",
    arguments: [
      (0, [], -900, "done"), (1000, [], -900, "done"), (-899, [], -900, "done"),
      (-900, [], -900, "unchanged"), (-901, [], -901, "unchanged"),
      (-1000, [], -1000, "unchanged"), (-900, ["--never"], -1000, "done"),
      (300, ["--never"], -1000, "done"), (-1000, ["--never"], -1000, "unchanged"),
    ])
  func value(old: Int, words: [String], new: Int, result: String) throws {
    let tree = try FixtureMachine.server(1200) { $0.adjustment = old }.tree()
    let protect = run(["protect", "java", "--json"] + words, on: tree)
    #expect(try protect.actions == ["java[1200] \(old) -> \(new) \(result)"])
    #expect(protect.status == .done)
    #expect(protect.errors.isEmpty)
    #expect(try tree.adjustment(of: 1200) == new)
  }

  @Test("is shown in a table, and with every member in JSON")
  func output() throws {
    let text = try run(["protect", "java"], on: FixtureMachine.server.tree())
    #expect(text.lines.first == "TARGET      FILE           OLD   NEW  RESULT")
    #expect(text.lines.dropFirst().first == "java[1200]  oom_score_adj    0  -900  done")
    let json = try run(["protect", "java", "--json"], on: FixtureMachine.server.tree()).json
    let change = try #require(try json["changes"].elements.first)
    #expect(
      try change.members.map(\.key) == ["target", "file", "old", "new", "result", "error"])
    #expect(try change["old"] == 0)
    #expect(try change["new"] == -900)
    #expect(try change["file"].string.hasSuffix("/proc/1200/oom_score_adj"))
    #expect(try change["error"] == nil)
    #expect(try json["oomctl"]["command"] == "protect")
  }

  @Test("is of a family only the main process", arguments: [["postgres"], ["--user", "postgres"]])
  func mainProcess(words: [String]) throws {
    let tree = try FixtureMachine.postgres().tree()
    let before = try tree.contents()
    let protect = run(["protect", "--json"] + words, on: tree)
    #expect(try protect.actions == ["postgres[900] 0 -> -900 done"])
    #expect(try tree.changes(since: before) == ["proc/900/oom_score_adj"])
  }

  @Test("is what its number says, also a child")
  func number() throws {
    let tree = try FixtureMachine.postgres().tree()
    let protect = run(["protect", "901", "--json"], on: tree)
    #expect(try protect.actions == ["postgres[901] 0 -> -900 done"])
    #expect(try tree.adjustment(of: 900) == 0)
  }

  @Test("are all descendants only when asked for")
  func tree() throws {
    let tree = try FixtureMachine.postgres().tree()
    let protect = run(["protect", "postgres", "--tree", "--all", "--json"], on: tree)
    #expect(protect.status == .done)
    for id in 900...902 { #expect(try tree.adjustment(of: id) == -900) }
  }

  @Test("is one family of several of that name only with --all")
  func families() throws {
    let machine = FixtureMachine.postgres().with { machine in
      machine[950] = machine[900].with { $0.id = 950 }
      machine[951] = machine[901].with {
        $0.id = 951
        $0.parent = 950
      }
    }
    let tree = try machine.tree()
    let before = try tree.contents()
    let refused = run(["protect", "postgres"], on: tree)
    #expect(
      refused.errors
        == "oomctl: 'postgres' means 2 processes: postgres[900], postgres[950]\n"
        + "Name one by its number, or add --all.\n")
    #expect(refused.status == .refused)
    #expect(try tree.contents() == before)
    let all = run(["protect", "postgres", "--all"], on: tree)
    #expect(all.status == .done)
    for id in [900, 950] { #expect(try tree.adjustment(of: id) == -900) }
  }

  @Test(
    "is never process 1 or a thread of the kernel", arguments: ["1", "2", "systemd", "kswapd0"])
  func untouchable(word: String) throws {
    let tree = try FixtureMachine.server.tree()
    let before = try tree.contents()
    let protect = run(["protect", word], on: tree)
    #expect(protect.status == .refused)
    #expect(try tree.changes(since: before).isEmpty)
  }

  @Test("must be there", arguments: ["nothing", "9999"])
  func absent(word: String) throws {
    let protect = try run(["protect", word], on: FixtureMachine.server.tree())
    #expect(protect.status == .failed)
    #expect(!protect.errors.isEmpty)
  }

  @Test("must be named")
  func nobody() throws {
    #expect(try run(["protect"], on: FixtureMachine.server.tree()).status == .usage)
  }
}
