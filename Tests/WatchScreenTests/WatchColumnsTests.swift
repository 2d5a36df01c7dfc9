import ProcFS
import Testing

@testable import WatchScreen

@Suite("Columns of watch")
struct WatchColumnsTests {
  private let made: MadeSample

  init() throws { made = try MadeSample() }

  private func columns(
    utf8: Bool = true, whole: Int? = 1000, cursor: WatchRow.Key? = nil, isTree: Bool = false
  ) throws -> WatchColumns {
    WatchColumns(
      context: try MadeSample(utf8: utf8).context, whole: whole, cursor: cursor, isTree: isTree)
  }

  /// The cells of a process by the titles of their columns; the cursor's has none.
  private func cells(
    _ columns: WatchColumns, depth: Int = 0, _ change: (inout ProcessRow) -> Void = { _ in }
  ) -> [String: String] {
    let row = WatchColumns.Process(processRow: made.row(7, change), depth: depth)
    let pairs = columns.ofProcesses.map { ($0.title, $0.cell(row)) }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  private func cells(_ columns: WatchColumns, of group: WatchRow.Group) -> [String: String] {
    Dictionary(uniqueKeysWithValues: columns.ofGroups.map { ($0.title, $0.cell(group)) })
  }

  @Test("say of a process what is known of it")
  func process() throws {
    let known = cells(try columns()) {
      $0.rank = 2
      $0.user = 110
      $0.score = 666
      $0.adjustment = -5
      $0.resident = 2048
      $0.swapped = 1024
      $0.footprint = 500
      $0.growth = 1024
    }
    #expect(
      known == [
        "": " ", "#": "2", "MOVE": "", "PID": "7", "USER": "postgres", "SCORE": "666",
        "ADJ": "-5", "RSS": "2.0K", "SWAP": "1.0K", "/MIN": "+1.0K", "SHARE": "████····",
        "NAME": "p7",
      ])
    let unknown = cells(try columns(whole: nil))
    #expect(
      unknown == [
        "": " ", "#": "-", "MOVE": "", "PID": "7", "USER": "-", "SCORE": "-", "ADJ": "-",
        "RSS": "-", "SWAP": "-", "/MIN": "-", "SHARE": "-", "NAME": "p7",
      ])
    #expect(cells(try columns()) { $0.footprint = nil }["SHARE"] == "-")
    #expect(cells(try columns(whole: nil)) { $0.footprint = 1 }["SHARE"] == "-")
  }

  @Test("tell growth by its sign", arguments: [(-1024, "-1.0K"), (0, "0"), (1, "+1")])
  func growth(bytes: Int, text: String) throws {
    #expect(cells(try columns()) { $0.growth = bytes }["/MIN"] == text)
  }

  @Test(
    "tell how a process moved",
    arguments: [
      (.unknown, "", ""), (.steady, "", ""), (.new, "new", "new"), (.up(1), "▲1", "^1"),
      (.down(999), "▼999", "v999"), (.up(1000), "▲999", "^999"), (.down(1000), "▼999", "v999"),
    ] as [(ProcessRow.Movement, String, String)])
  func movement(movement: ProcessRow.Movement, text: String, ascii: String) throws {
    #expect(cells(try columns()) { $0.movement = movement }["MOVE"] == text)
    #expect(cells(try columns(utf8: false)) { $0.movement = movement }["MOVE"] == ascii)
  }

  @Test("mark the cursor and the next victim")
  func marks() throws {
    let own = WatchRow.Key.process(made.row(7).identity)
    let other = WatchRow.Key.process(made.row(8).identity)
    #expect(cells(try columns(cursor: own)) { $0.rank = 1 }[""] == ">!")
    #expect(cells(try columns(cursor: own)) { $0.rank = 2 }[""] == ">")
    #expect(cells(try columns(cursor: other)) { $0.rank = 1 }[""] == " !")
    let group = WatchRow.Group(path: "/a")
    #expect(cells(try columns(cursor: .group("/a")), of: group)[""] == ">")
    #expect(cells(try columns(cursor: .group("/b")), of: group)[""] == "")
  }

  @Test("indent a tree, but not without end", arguments: [(0, 0), (1, 2), (12, 24), (13, 24)])
  func tree(depth: Int, blanks: Int) throws {
    let name = cells(try columns(isTree: true), depth: depth)["NAME"]
    #expect(name == String(repeating: " ", count: blanks) + "p7")
  }

  @Test("cut long names of users and of the worst in a group")
  func longNames() throws {
    #expect(cells(try columns()) { $0.user = 4_000_000_000 }["USER"] == "4000000000")
    let worst = String(repeating: "w", count: 21)
    let cells = cells(try columns(), of: WatchRow.Group(path: "/a", worst: worst))
    #expect(cells["WORST"] == String(repeating: "w", count: 19) + "…")
  }

  @Test("say of a group what is known of it")
  func group() throws {
    let group = WatchRow.Group(
      path: "/a", processCount: 3, footprint: 1024, growth: -1024, rank: 4, worst: "p1[1]",
      used: 50, limit: 100)
    let known = [
      "": "", "#": "4", "TASKS": "3", "MEMORY": "1.0K", "/MIN": "-1.0K", "USED": "50",
      "LIMIT": "100", "OF LIMIT": "████····", "WORST": "p1[1]", "CGROUP": "/a",
    ]
    #expect(cells(try columns(), of: group) == known)
    var unlimited = group
    unlimited.limit = nil
    #expect(cells(try columns(), of: unlimited)["OF LIMIT"] == "")
    unlimited.limit = 100
    unlimited.used = nil
    #expect(cells(try columns(), of: unlimited)["OF LIMIT"] == "")
    let unknown = cells(try columns(), of: WatchRow.Group(path: "/b"))
    #expect(unknown["#"] == "-" && unknown["USED"] == "-" && unknown["LIMIT"] == "-")
  }
}
