import Badness
import Configuration
import ProgramSupport
import TestSupport
import Testing

@testable import Changes
@testable import CivilTime
@testable import Core
@testable import Processes

@Suite("The list of calls")
struct CallTableTests {
  private func entry(_ call: Int, _ index: Int, _ change: Journal.Change) -> Journal.Entry {
    Journal.Entry(
      call: call, index: index, time: 1_700_000_000, command: "tune", change: change)
  }

  private func setting(_ number: Int) -> Journal.Change {
    .setting(.init(path: "sys/vm/s\(number)", old: "0", new: "\(number)", boot: "b"))
  }

  private func table(_ entries: [Journal.Entry], damaged: Int = 0) throws -> CallTable {
    CallTable(
      calls: Journal(parsing: entries.flatMap(Journal.line)).calls,
      users: Users(in: try ChangedMachine().world), damagedLineCount: damaged)
  }

  private func lines(_ table: CallTable) -> [String] {
    let clock = Moment(1_700_000_000).local
    return table.shown().split(separator: "\n").map {
      $0.split(separator: clock, omittingEmptySubsequences: false).joined(separator: "T")
    }
  }

  @Test("has the latest first, with what became of each")
  func order() throws {
    let table = try table([
      entry(
        1, 0,
        .adjustment(
          .init(
            boot: "b", namespace: "n", pid: 7, startTicks: 1, name: "java", file: "oom_score_adj",
            old: 0, new: 5, upTicks: 0))),
      entry(2, 0, .file(.init(path: "/a", old: nil, new: "x"))),
      entry(2, 1, .caller(.init(userID: 110, throughUser: nil, terminal: "tty1"))),
      entry(3, 0, .file(.init(path: "/b", old: "x", new: nil))),
      entry(4, 0, .undone(call: 1, index: 0)), entry(4, 1, .failed(call: 3, index: 0)),
    ])
    #expect(
      lines(table).map { $0.split(separator: " ").joined(separator: " ") } == [
        "CALL WHEN BY COMMAND STATE CHANGES", "3 T - tune failed /b removed",
        "2 T postgres on tty1 tune done /a written", "1 T - tune undone java[7] 0 -> 5",
      ])
    #expect(table.remarks.isEmpty)
  }

  @Test("shows three changes of a call, and counts the others", arguments: [2, 3, 4, 5])
  func many(count: Int) throws {
    let line = try #require(
      try lines(table((0..<count).map { entry(1, $0, setting($0)) })).last)
    let rest = count > 3 ? " and \(count - 3) more" : ""
    let shown = (0..<min(count, 3)).map { "sys/vm/s\($0) 0 -> \($0)" }.joined(separator: ", ")
    #expect(line.hasSuffix("  done   \(shown)\(rest)"))
  }

  @Test("says of changes that became something else than the others what")
  func partly() throws {
    let table = try table([
      entry(1, 0, setting(1)), entry(1, 1, setting(2)), entry(2, 0, .undone(call: 1, index: 1)),
    ])
    #expect(
      lines(table).last?.hasSuffix("  partly  sys/vm/s1 0 -> 1 (done), sys/vm/s2 0 -> 2 (undone)")
        == true)
    #expect(table.calls[0].state == .partly)
  }

  @Test("says that there are none, and that lines are damaged")
  func none() throws {
    #expect(try table([]).shown() == "No changes are recorded.\n")
    #expect(try table([]).shown { $0.isQuiet = true }.isEmpty)
    for (count, words) in [(0, nil), (1, "1 line is"), (2, "2 lines are")] as [(Int, String?)] {
      #expect(try table([], damaged: count).remarks.map(\.isError) == (count > 0 ? [false] : []))
      #expect(
        try table([], damaged: count).remarks.first?.text.hasPrefix(words ?? "")
          == words.map { _ in true })
    }
  }
}

@Suite("Values of settings")
struct SettingValueTests {
  private func stored(_ text: String, _ key: String = "vm.swappiness", present: String? = nil)
    -> String?
  {
    Setting.named(key)?.stored(text, replacing: present)
  }

  @Test(
    "are read as the kernel reads them",
    arguments: [
      ("5", "5"), ("0x3c", "60"), ("0X3C", "60"), ("010", "8"), ("0", "0"), ("-5", "-5"),
      ("-0x5", "-5"),
      (" 5\n", "5"), ("\r5", "5"), ("08", nil), ("0x", nil), ("0x-5", nil), ("0x+5", nil),
      ("+5", nil),
      ("--5", nil), ("", nil), ("x", nil), ("5x", nil), ("/", nil), (":", nil),
      ("00000000000000000005", "5"), ("000000000000000000005", nil), ("-0000000000000000005", "-5"),
      ("-00000000000000000005", nil),
    ] as [(String, String?)])
  func numbers(text: String, value: String?) {
    #expect(stored(text) == value)
  }

  @Test(
    "of vectors keep the rest",
    arguments: [
      ("1", "7 8 9", "1 8 9"), ("1 2 3", "7 8 9", "1 2 3"), ("1 2 3 4", "7 8 9", "1 2 3 4"),
      ("1", nil, "1"),
    ] as [(String, String?, String)])
  func vectors(text: String, present: String?, value: String) {
    #expect(stored(text, "vm.lowmem_reserve_ratio", present: present) == value)
    #expect(stored("1", present: "7 8 9") == "1")
  }

  @Test("are tidied: one blank between words")
  func tidy() {
    #expect(Setting.tidy(" 1\t 2\n3 \r4\r ") == "1 2 3 4\r")
    #expect(SettingWrite.normal("\t1\t2  3\n") == "1 2 3\n")
  }

  @Test(
    "are given or left to the machine and its builder",
    arguments: [
      ("vm.swappiness", "60", "60"), ("kernel.panic", "0", nil), ("kernel.sysrq", nil, nil),
      ("vm.min_free_kbytes", nil, nil),
    ] as [(String, String?, String?)])
  func defaults(key: String, initial: String?, sure: String?) throws {
    let setting = try #require(Setting.named(key))
    #expect(setting.defaultValue(in: .init(6, 1)) == initial)
    #expect(setting.surelyDefault(in: .init(6, 1)) == sure)
    #expect(setting.surelyDefault(in: .init(2, 2)) == nil)
  }

  @Test("zero each other where they are the same limit said otherwise")
  func counterparts() {
    let pairs = Setting.all.compactMap { setting in
      setting.counterpart.map { "\(setting.name) \($0)" }
    }
    #expect(
      pairs == ["overcommit_ratio vm.overcommit_kbytes", "overcommit_kbytes vm.overcommit_ratio"])
  }
}
