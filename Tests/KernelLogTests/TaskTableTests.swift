import LogLines
import Testing

@testable import KernelLog

/// The table of processes, read by its header.
@Suite struct TaskTableTests {
  @Test func `columns that nobody knows are passed over`() throws {
    let rows = try rows(
      """
      [ pid ]   uid  tgid  ppid total_vm      rss colour nr_ptes swapents oom_score_adj name
      [  388]     1   389     1     9831      712      7      21        5          -900 my daemon
      """)
    var row = TaskTable.Row(pid: 388, name: "my daemon")
    (row.uid, row.tgid, row.totalVM, row.resident) = (1, 389, 9831, 712)
    (row.ptes, row.swapped, row.adjustment) = (21, 5, -900)
    #expect(rows == [row])
  }

  @Test(arguments: [
    ("uid  tgid total_vm      rss pgtab", "1  389  9831  712  229376  5  -900 my daemon"),
    (
      "uid  tgid total_vm      rss pgtables_bytes swapents oom_sc",
      "1  389  9831  712  229376  5  -900 my daemon"
    ),
    (
      "uid  tgid total_vm      rss pgtables_bytes swapents",
      "1  389  9831  712  229376  5  -900 my daemon"
    ),
    ("uid  tgid total_vm      rss", "1  389  9831  712  229376  5  -900 my daemon"),
    ("uid  tgid tot", "1  389  9831  712  700 11 1  229376  5  -900 my daemon"),
    ("uid  tgid total_vm      rss rss_", "1  389  9831  712  700 11 1  229376  5  -900 my daemon"),
    ("uid  tgid total_vm      rss nr_", "1  389  9831  712  21  5  -900 my daemon"),
    ("uid  tgid total_vm      rss nr_ptes", "1  389  9831  712  21  5  -900 my daemon"),
    ("uid  tgid total_vm      rss nr_ptes nr_pm", "1  389  9831  712  21  3  5  -900 my daemon"),
    ("uid  tgid total_vm      rss c", "1  389  9831  712  0  -14  -900 my daemon"),
  ])
  func `a header that has lost its end is that of which its rows are`(header: String, row: String)
    throws
  {
    let log = "[  pid  ]   \(header)\n[    388]   \(row)\n"
    let rows = try rows(log)
    #expect(rows.map(\.name) == ["my daemon"])
    #expect(rows.map(\.adjustment) == [-900])
    #expect(rows.map(\.resident) == [712])
  }

  @Test(arguments: [
    "rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj",
    "pgtables_bytes swapents oom_score_adj", "nr_ptes nr_pmds swapents oom_score_adj",
    "nr_ptes swapents oom_score_adj", "cpu oom_adj oom_score_adj", "cpu oom_adj",
  ])
  func `a header's lost end is found again, for what is told of the kernel by it`(end: String)
    throws
  {
    let beginning = ["uid", "tgid", "total_vm", "rss"]
    let columns = end.split(separator: " ").map(String.init)
    let numbers = Array(repeating: "0", count: beginning.count + columns.count)
    for count in 1...columns.count {
      let cut = (beginning + columns.prefix(count)).joined(separator: " ")
      let table = try table("[ pid ] \(cut)\n[  388] \(numbers.joined(separator: " ")) a\n")
      #expect(table.columns.filter { $0 != "nr_puds" } == beginning + columns + ["name"])
    }
  }

  @Test func `a header whose column nobody knows keeps its rows as they are`() throws {
    let rows = try rows("[ pid ]   uid  tgid colour\n[  388]     1   389     9831 a\n")
    #expect(rows.map(\.name) == ["    9831 a"])
  }

  @Test func `lines of others don't end it`() throws {
    let rows = try rows(
      """
      [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
      [  388]     0   388     9831      712      21        0             0 a
      docker0: port 2(veth4cb51e1) entered disabled state
      [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.7 DST=192.0.2.1 LEN=60 PROTO=TCP SPT=1 DPT=22
      [drm] GPU HANG: ecode 9:1:85dffffb
      usb 1-1: new device
      [  389]     0   389     9831      712      21        0             0 b
      """)
    #expect(rows.map(\.pid) == [388, 389])
  }

  @Test(arguments: ["a b  c", "[1] x", "1 2 3", "(x)", "kworker/u8:1-ev", " lead", "-"])
  func `names keep their blanks and brackets`(name: String) throws {
    let rows = try rows(
      """
      [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
      [4194304] 65534 4194304 9831      712   229376        0         -1000 \(name)
      """)
    #expect(rows.map(\.name) == [name])
    #expect(rows.map(\.pid) == [4_194_304])
    #expect(rows.map(\.adjustment) == [-1000])
  }

  @Test func `a row isn't taken for a time stamp`() {
    let log = """
      [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
      [  388]     0   388     9831      712      21        0             0 a
      [  389]     0   389     9831      712      21        0             0 b
      Out of memory: Kill process 389 (b) score 268 or sacrifice child
      Killed process 389 (b) total-vm:39324kB, anon-rss:1kB, file-rss:1kB

      """
    #expect(kills(in: log).map { $0.report.tasks?.rows.map(\.pid) ?? [] } == [[388, 389]])
    #expect(kills(in: log).map(\.stamp) == [Stamp()])
  }

  @Test func `a thread stands for a leader that is gone`() throws {
    let rows = try rows(
      """
      [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
      [  400]     0   388     9831      712      21        0             0 java
      """)
    var table = TaskTable(columns: [])
    table.rows = rows
    #expect(table.row(of: 388)?.pid == 400)
    #expect(table.row(of: 400)?.tgid == 388)
    #expect(table.row(of: 1) == nil)
  }

  @Test func `a broken row is left out`() throws {
    let rows = try rows(
      """
      [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
      [  388]     0   388     98
      [  389]     0   389     9831      712      21        0             0 b
      """)
    #expect(rows.last?.pid == 389)
    #expect(!rows.contains { $0.pid == 388 && $0.totalVM != nil && $0.name.isEmpty == false })
  }

  @Test func `the end of one is kept where its header is lost`() {
    let log = """
      [    1.000000] [  388]     0   388     9831      712      21        0             0 a
      [    1.000001] Out of memory: Kill process 388 (a) score 268 or sacrifice child
      [    1.000002] Killed process 388 (a) total-vm:39324kB, anon-rss:1kB, file-rss:1kB

      """
    #expect(kills(in: log).map(\.victim.pid) == [388])
    #expect(kills(in: log).map(\.report.tasks) == [nil])
  }

  private func rows(_ lines: String) throws -> [TaskTable.Row] { try table(lines).rows }

  private func table(_ lines: String) throws -> TaskTable {
    let log = lines.split(separator: "\n").map { "[    1.000000] \($0)\n" }.joined()
    // The chosen process' child, which needn't be in the table.
    let killed = """
      [    1.000001] Out of memory: Kill process 388 (a) score 268 or sacrifice child
      [    1.000002] Killed process 388 (a)

      """
    let tables = kills(in: log + killed).map(\.report.tasks)
    #expect(tables.count == 1)
    let table = try #require(tables[0])
    #expect(table.count == table.rows.count)
    return table
  }

  @Test(
    arguments: [("1.000000", "1.000000", true), ("1.000000", "1.000001", false), (nil, nil, false)]
      as [(String?, String?, Bool)])
  func `a second header begins the next report, unless the log holds each line twice`(
    first: String?, second: String?, isSame: Bool
  ) {
    let header = "[ pid ]   uid  tgid total_vm      rss oom_score_adj name"
    let row = "[   70]     0    70       99       50             0 x"
    func lines(_ words: [String], at time: String?) -> String {
      words.map { (time.map { "[\($0)] " } ?? "") + $0 + "\n" }.joined()
    }
    let log =
      lines(
        ["x invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0", header, row], at: first)
      + lines([header, row, "Out of memory: Killed process 70 (x) total-vm:8kB"], at: second)
    let kill = kills(in: log).first
    #expect((kill?.report.invoker != nil) == isSame)
    #expect(kill?.report.tasks?.count == (isSame ? 2 : 1))
  }

  @Test(
    arguments: [
      ("[ pid ]   uid  tgid name", nil, 1), ("[ pid ]   uid name", nil, 0),
      ("[ pid ]   uid  tgid name x", nil, 0),
      ("[ pid ]   uid name", "[   70]     0 x", 1),
    ] as [(String, String?, Int)])
  func `a header alone is a report where it has all that each has, or a row`(
    header: String, row: String?, count: Int
  ) {
    let log = ([header] + (row.map { [$0] } ?? [])).map { "[    1.000000] \($0)\n" }.joined()
    #expect(events(in: log).incidents.map(\.outcome) == Array(repeating: .cutOff, count: count))
  }
}
