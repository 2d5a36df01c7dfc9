import ProcFS
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("Columns of processes")
struct TableOptionsTests {
  private func column(_ name: String) throws -> Column { try #require(Column.named(name)) }

  private func choices(_ words: [String]) -> [ColumnChoice] {
    words.compactMap { ColumnChoice(argument: $0) }
  }

  @Test("have one key each, and other names that are nobody else's")
  func names() {
    let names = Column.all.flatMap { [$0.key] + $0.aliases }
    #expect(Set(names).count == names.count)
    #expect(Column.named("rss")?.key == "rss_bytes" && Column.named("none") == nil)
  }

  @Test(
    "are those asked for, or with a plus those besides; each once",
    arguments: [
      ([], ["pid", "name"]), (["uid"], ["uid"]), (["+uid"], ["pid", "name", "uid"]),
      (["uid", "+user"], ["uid", "user"]), (["+uid", "user"], ["pid", "name", "uid", "user"]),
      (["+pid", "uid", "uid"], ["pid", "name", "uid"]), (["uid", "uid"], ["uid"]),
    ])
  func columns(words: [String], keys: [String]) throws {
    let standard = [try column("pid"), try column("name")]
    let options = TableOptions(columns: choices(words))
    #expect(options.columns(instead: standard).map(\.key) == keys)
  }

  @Test(
    "are named with or without a sign",
    arguments: [
      ("uid", "uid", false), ("+uid", "uid", true), ("-uid", nil, false), ("++uid", nil, false),
      ("x", nil, false), ("", nil, false),
    ] as [(String, String?, Bool)])
  func choice(argument: String, key: String?, isAddition: Bool) {
    let choice = ColumnChoice(argument: argument)
    #expect(choice?.column.key == key && choice?.isAddition ?? false == isAddition)
  }

  @Test(
    "sort up, or with a minus down",
    arguments: [
      ("uid", "uid", false), ("+uid", "uid", false), ("-uid", "uid", true), ("--uid", nil, false),
      ("x", nil, false),
    ] as [(String, String?, Bool)])
  func key(argument: String, key: String?, isDescending: Bool) {
    let found = SortKey(argument: argument)
    #expect(found?.column.key == key && found?.isDescending ?? false == isDescending)
  }

  private func context() throws -> Column.Context {
    try FixtureMachine.idle(swap: 1000).tree().withWorld { world in
      Column.Context(
        machine: Machine(world, options: MachineOptions()), users: Users(in: world))
    }
  }

  private func process(
    _ id: Int32, user: UInt32, _ change: (inout ProcessStatus) -> Void = { _ in }
  ) throws -> ScoredProcess {
    try .unjudged(
      .with(id: id) { _, status in
        status.effectiveUserID = user
        change(&status)
      })
  }

  @Test(
    "sort by one after the other, and leave equals as they were",
    arguments: [
      ([], [3, 1, 2, 4]), (["uid"], [3, 4, 1, 2]), (["-uid"], [1, 2, 3, 4]),
      (["uid", "-pid"], [4, 3, 2, 1]), (["pid"], [1, 2, 3, 4]), (["name"], [3, 1, 2, 4]),
    ])
  func sorted(words: [String], expected: [Int32]) throws {
    let all = try [
      process(3, user: 0), process(1, user: 5), process(2, user: 5), process(4, user: 0),
    ]
    let options = TableOptions(sort: words.compactMap { SortKey(argument: $0) })
    #expect(try options.sorted(all, context()).map(\.id.rawValue) == expected)
  }

  @Test(
    "show the share of all memory, rounded",
    arguments: [
      // 1 001 000 pages in all: a percent is 10 010.
      (0, 0), (5004, 0), (5005, 1), (15_014, 1), (15_015, 2), (1_001_000, 100), (2_002_000, 200),
    ])
  func share(pages: Int, percent: Int) throws {
    let one = try process(7, user: 0) { $0.resident = Kibibytes(pages * 4) }
    let value = try column("memory_percent").value(one, context())
    #expect(value == .integer(Int128(percent)))
  }

  @Test("show nothing of what isn't known")
  func unknown() throws {
    let context = try context()
    let nobody = try ScoredProcess.unjudged(ProcessSnapshot(id: ProcessID(7)))
    for column in Column.all where !["pid", "badness_unit"].contains(column.key) {
      #expect(column.value(nobody, context) == .absent, "\(column.key)")
    }
  }

  @Test("show what the kernel would make of it, unless it can't be chosen")
  func verdicts() throws {
    let fixture = FixtureMachine(processes: [
      FixtureProcess(10, "a", resident: 30),
      FixtureProcess(11, "b", resident: 40).with {
        $0.adjustment = -1000
      },
    ])
    let tree = try fixture.tree()
    let world = try tree.world()
    let machine = Machine(world, options: MachineOptions())
    let context = Column.Context(machine: machine, users: Users(in: world))
    let all = try ProcessList(on: machine, needs: .all, isScored: true, in: world.proc).subjects
    let values = { (key: String) throws in
      try all.map { try self.column(key).value($0, context) }
    }
    #expect(try values("badness") == [.integer(30), .absent])
    #expect(try values("badness_pages") == [.integer(30), .absent])
    #expect(try values("unkillable") == [.absent, .text("adjustment")])
    #expect(try values("predicted_oom_score") == [.integer(666), .integer(0)])
  }
}
