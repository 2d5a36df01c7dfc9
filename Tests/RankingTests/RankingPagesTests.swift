import Arguments
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import Ranking

@Suite("Pages of a ranking")
struct RankingPagesTests {
  /// A machine with several processes of equal scores, one that leads by its adjustment, and one exempt.
  private static let machine = FixtureMachine.server.with {
    for id in 2000..<2006 {
      $0[id] = FixtureProcess(id, "equal", resident: 3000 + id % 3).with { $0.user = 1000 }
    }
    $0[2100] = FixtureProcess(2100, "ended", resident: 0).with {
      $0.memory = nil
      $0.state = "Z"
    }
  }

  private func check(_ pages: [(name: String, text: String)], _ file: String) throws {
    let text = pages.map { "== \($0.name)\n\($0.text)" }.joined()
    #expect(try text == expectedText(file, recording: text))
  }

  @Test("have a bar where there is room for one, and remarks below")
  func widths() throws {
    let tree = try Self.machine.tree()
    var pages: [(String, String)] = []
    for width in [40, 71, 72, 73, 74, 78, 79, 80, 81, 82, 120] {
      pages.append(
        ("\(width) columns", try Rank(count: RowCount(3)).shown(in: tree, width: width)))
    }
    try check(pages, "widths.txt")
  }

  @Test("count the processes that are left out, and those that tie with the last")
  func counts() throws {
    let tree = try Self.machine.tree()
    var pages: [(String, String)] = []
    for count in [1, 6, 7, 8, 11, 12, 20] {
      pages.append(("first \(count)", try Rank(count: RowCount(count)).shown(in: tree)))
    }
    var selected = Rank()
    selected.selection.names = [PlainText(argument: "equal")].compactMap { $0 }
    pages.append(("selected", try selected.shown(in: tree)))
    selected.selection.names = [PlainText(argument: "sshd")].compactMap { $0 }
    pages.append(("one that can't be killed", try selected.shown(in: tree)))
    selected.selection.names = [PlainText(argument: "none")].compactMap { $0 }
    pages.append(("none", try selected.shown(in: tree)))
    pages.append(("nobody", try Rank().shown(on: FixtureMachine(processes: []))))
    try check(pages, "counts.txt")
  }

  @Test(
    "follow the rule of their kernel",
    arguments: ["2.4.37", "2.6.9", "2.6.30", "2.6.36", "3.10", "4.4", "5.4", "7.0", "odd"])
  func kernels(release: String) throws {
    let tree = try Self.machine.with { $0.kernel = release }.tree()
    var pages = [("own", try Rank(count: RowCount(4)).shown(in: tree, width: 100))]
    var rank = Rank(count: RowCount(4))
    rank.common.machine = MachineOptions(ruleName: RuleName(argument: "3.14"))
    pages.append(("by the rule of 3.14", try rank.shown(in: tree, width: 100)))
    try check(pages, "kernel-\(release).txt")
  }

  @Test(
    "say of a process all that its badness consists of",
    arguments: ["2.4.37", "2.6.30", "2.6.36", "3.10", "6.1", "odd"])
  func explanations(release: String) throws {
    let tree = try Self.machine.with { $0.kernel = release }.tree()
    var pages: [(String, String)] = []
    for id in [1, 30, 400, 900, 1200, 1300, 1500, 2000, 2100] {
      var explain = Explain()
      explain.selection.ids = ["\(id)"].compactMap { ProcessNumber(argument: $0) }
      pages.append(("\(id)", try explain.shown(in: tree, width: 80)))
    }
    try check(pages, "explain-\(release).txt")
  }

  @Test("say what is peculiar about a process")
  func peculiarities() throws {
    let machines: [(String, FixtureMachine)] = [
      ("wrong score", Self.machine.with { $0[1200].score = 5 }),
      ("score of another rule", Self.machine.with { $0[1300].score = 513 }),
      ("no score", Self.machine.with { $0.files["proc/1200/oom_score"] = "much\n" }),
      ("no meminfo", Self.machine.with { $0.files["proc/meminfo"] = "MemFree: 5 kB\n" }),
      ("panic", Self.machine.with { $0.files["proc/sys/vm/panic_on_oom"] = "2\n" }),
      (
        "swapoff",
        Self.machine.with {
          $0[1200] = FixtureProcess(1200, "swapoff", resident: 300).with { $0.adjustment = -1000 }
          $0.files["proc/1200/syscall"] = "168 0x5581 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f21\n"
        }
      ),
      ("killed", Self.machine.with { $0[1200].isKilled = true }),
    ]
    var pages: [(String, String)] = []
    for (name, machine) in machines {
      let tree = try machine.tree()
      var explain = Explain()
      explain.selection.ids = ["1200", "1300"].compactMap { ProcessNumber(argument: $0) }
      pages.append((name, try explain.shown(in: tree, width: 80)))
      pages.append((name, try Rank(count: RowCount(3)).shown(in: tree)))
    }
    try check(pages, "peculiar.txt")
  }

  @Test("list processes by their numbers")
  func list() throws {
    let tree = try Self.machine.tree()
    var pages = [("all", try List().shown(in: tree, width: 80))]
    var list = List()
    list.selection.ids = ["1200", "77"].compactMap { ProcessNumber(argument: $0) }
    pages.append(("by number", try list.shown(in: tree)))
    list.selection = SelectionOptions(names: [PlainText(argument: "none")].compactMap { $0 })
    pages.append(("none", try list.shown(in: tree)))
    pages.append(("old", try List().shown(on: FixtureMachine.server.with { $0.kernel = "2.6.30" })))
    try check(pages, "list.txt")
  }
}
