import Badness
import Testing

@testable import KernelLog
@testable import KillReplay

@Suite("A table as a kernel compares it")
struct ReplayTableTests {
  private func contest(
    _ rows: [TaskTable.Row], chosen: Int = 0, on kernel: KernelVersion = .init(6, 1),
    shortage: Shortage = .system, highPages: Int? = nil
  ) throws -> ReplayTable {
    var kill = ComposedReport(rows: rows).kill(rows[chosen].pid)
    kill.report.memory.highPages = highPages
    let table = try #require(kill.report.tasks)
    return try #require(
      ReplayTable(
        of: table, chosen: chosen, on: kernel, report: kill.report,
        shortage: shortage, pageSize: 4096))
  }

  /// A row in which nothing was printed but what is changed.
  private func row(_ pid: Int, _ change: (inout TaskTable.Row) -> Void = { _ in }) -> TaskTable.Row
  {
    var row = TaskTable.Row(pid: pid, name: "p\(pid)")
    change(&row)
    return row
  }

  @Test("counts columns that weren't printed as nothing")
  func missingColumns() throws {
    for (change, points) in [
      ({ _ in }, 0), ({ $0.resident = 5 }, 5), ({ $0.swapped = 5 }, 5),
      ({ $0.pageTableBytes = 5 * 4096 }, 5), ({ $0.adjustment = 5 }, 5000), ({ $0.ptes = 5 }, 0),
    ] as [((inout TaskTable.Row) -> Void, Int128)] {
      let contest = try contest([row(7, change)])
      #expect(contest.points(of: 0, total: 1_000_000) == points)
      #expect(contest.points(of: 0, total: 1_000_000, hidden: 3) == points + 3)
    }
    for (change, points) in [
      ({ $0.resident = 5 }, 5), ({ $0.ptes = 4 }, 4), ({ $0.pmds = 4 }, 4),
      ({ $0.pageTableBytes = 5 * 4096 }, 1),
    ] as [((inout TaskTable.Row) -> Void, Int128)] {
      let contest = try contest([row(7, change)], on: .init(4, 4))
      #expect(contest.points(of: 0, total: 1_000_000) == points)
    }
  }

  @Test("never chooses process 1, whatever its name, or what is at -1000")
  func exempt() throws {
    let rows = [1, 2, 0].map { pid in row(pid) { $0.resident = 5 } }
    let contest = try contest(rows + [row(3) { $0.adjustment = -1000 }])
    #expect((0..<4).map { contest.points(of: $0, total: 100) } == [nil, 5, 5, nil])
  }

  @Test(
    "knows the order of equals, but not that inside a cgroup before 5.3",
    arguments: [
      (.system, .init(5, 2), true), (.nodes, .init(4, 0), true),
      (.memoryCgroup, .init(5, 2, 99), false), (.memoryCgroup, .init(5, 3), true),
      (.memoryCgroup, .init(6, 1), true),
    ] as [(Shortage, KernelVersion, Bool)])
  func order(shortage: Shortage, kernel: KernelVersion, isKnown: Bool) throws {
    let rows = [5, 6, 7].map { pid in row(pid) { $0.resident = 9 } }
    let contest = try contest(rows, chosen: 1, on: kernel, shortage: shortage)
    #expect(contest.isOrderKnown == isKnown)
    let takesFirst = contest.selection.ties == .firstWins
    #expect(contest.prefersChosen(9, to: 0, with: 9) == (!isKnown || !takesFirst))
    #expect(contest.prefersChosen(9, to: 2, with: 9) == (!isKnown || takesFirst))
    #expect(contest.prefersChosen(9, to: 2, with: nil))
    #expect(!contest.prefersChosen(9, to: 2, with: 10))
    #expect(contest.prefersChosen(10, to: 2, with: 9))
  }

  @Test(
    "is of a 32-bit machine where there is high memory",
    arguments: [(nil, false), (0, false), (1, true)] as [(Int?, Bool)])
  func wordSize(pages: Int?, is32Bit: Bool) throws {
    #expect(try contest([row(7)], highPages: pages).wordSize == (is32Bit ? .bits32 : .bits64))
  }

  @Test("ranks the first victim in front, without those that can't be chosen")
  func ranking() throws {
    let rows = [3, 9, 9, 5].enumerated().map { index, size in
      row(index + 10) { $0.resident = size }
    }
    let contest = try contest([row(1) { $0.resident = 99 }] + rows, on: .init(6, 1))
    #expect(
      contest.ranking(total: 100) { _ in false }
        == [(3, 9), (2, 9), (4, 5), (1, 3)].map { Replay.Ranked(row: $0.0, points: $0.1) })
    #expect(contest.first(total: 100) { _ in false } == Replay.Ranked(row: 3, points: 9))
    #expect(
      contest.first(total: 100) { $0 == 3 ? nil : false } == Replay.Ranked(row: 2, points: 9))
    #expect(contest.first(total: 100) { _ in nil } == nil)
    #expect(contest.first(total: 100) { $0 == 0 ? false : nil } == nil)
  }

  @Test("finds a process by its own number first, else by that of a thread")
  func index() {
    var table = TaskTable(columns: [])
    table.rows = [row(5) { $0.tgid = 7 }, row(7) { $0.tgid = 9 }, row(8), row(8)]
    #expect(table.index(of: 7) == 0)
    #expect(table.index(of: 5) == 0)
    #expect(table.index(of: 9) == 1)
    #expect(table.index(of: 8) == 2)
    #expect(table.index(of: 6) == nil)
  }

  @Test("takes rows of one process for its threads, where that was printed")
  func threads() throws {
    let rows = [row(5) { $0.tgid = 5 }, row(6) { $0.tgid = 5 }, row(7) { $0.tgid = 7 }, row(8)]
    let contest = try contest(rows)
    #expect((0..<4).map(contest.isThread) == [true, true, false, false])
    #expect(try !self.contest(rows, chosen: 3).isThread(3))
  }

  @Test("hides parts where it has no column of swap")
  func hidesParts() {
    #expect(TaskTable(columns: ComposedReport.processors).hidesParts)
    #expect(!TaskTable(columns: ComposedReport.ptes).hidesParts)
  }

  @Test(
    "is searched for the first total with which something holds",
    arguments: [
      (0, 0, 0, 0), (0, 0, 1, nil), (0, 9, -1, 0), (0, 9, 0, 0), (0, 9, 5, 5), (0, 9, 9, 9),
      (0, 9, 10, nil), (3, 4, 4, 4), (3, 4, 3, 3),
    ] as [(Int, Int, Int, Int?)])
  func search(from lowest: Int, through highest: Int, turn: Int, first: Int?) {
    #expect((lowest...highest).firstIndex { $0 >= turn } == first)
  }
}
