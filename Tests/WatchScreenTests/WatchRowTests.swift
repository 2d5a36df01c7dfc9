import ProcFS
import Testing

@testable import WatchScreen

@Suite("Rows of watch")
struct WatchRowTests {
  private let made: MadeSample

  init() throws { made = try MadeSample() }

  /// The names of rows in a state, those of a tree with a blank for each level.
  private func names(
    _ rows: [ProcessRow], _ change: (inout WatchState) -> Void = { _ in }
  ) -> [String] {
    var state = WatchState()
    change(&state)
    var sample = Sample()
    sample.processRows = rows
    return WatchRow.all(of: sample, state).map {
      switch $0 {
      case .process(let row, let depth): String(repeating: " ", count: depth) + row.name
      case .group(let group): "\(group.path) \(group.processCount)"
      }
    }
  }

  /// Three rows, of which one value differs: it is missing, small and large; and one like the second.
  private func rows<Value>(
    _ path: WritableKeyPath<ProcessRow, Value?>, _ small: Value, _ large: Value
  ) -> [ProcessRow] {
    let values = [nil, small, large, small]
    return values.enumerated().map { index, value in
      made.row(Int32(index + 1)) {
        $0.rank = [1, 3, 2, 4][index]
        $0[keyPath: path] = value
      }
    }
  }

  @Test("come by their rank, and equal ones by number")
  func byRank() {
    var rows = [(3, 2), (1, 2), (2, 1)].map { id, rank in made.row(Int32(id)) { $0.rank = rank } }
    #expect(names(rows) == ["p2", "p1", "p3"])
    rows.append(made.row(9))
    // The ranking is of those that the kernel can choose.
    #expect(names(rows) == ["p2", "p1", "p3"])
    #expect(names(rows) { $0.arrangement = .tree } == ["p2", "p1", "p3", "p9"])
  }

  @Test("come by memory, growth or adjustment, the largest first, equal ones by rank")
  func bySize() {
    let order = ["p3", "p2", "p4", "p1"]
    #expect(names(rows(\.footprint, 0, 1)) { $0.sort = .memory } == order)
    #expect(names(rows(\.growth, -5, 5)) { $0.sort = .growth } == order)
    #expect(names(rows(\.adjustment, -1000, 5)) { $0.sort = .adj } == order)
    #expect(names(rows(\.footprint, 0, 1)) { $0.sort = .rank } == ["p1", "p3", "p2", "p4"])
  }

  @Test("come by name or number")
  func byName() {
    let rows = [(4, "b"), (2, "c"), (3, "a"), (1, "b")].map { id, name in
      made.row(Int32(id)) {
        $0.name = name
        $0.rank = Int(id)
      }
    }
    #expect(names(rows) { $0.sort = .name } == ["a", "b", "b", "c"])
    #expect(names(rows) { $0.sort = .pid } == ["b", "c", "a", "b"])
    var state = WatchState()
    state.sort = .name
    #expect(state.sort.sorted(rows).map(\.id.rawValue) == [3, 1, 4, 2])
    state.sort = .pid
    #expect(state.sort.sorted(rows).map(\.id.rawValue) == [1, 2, 3, 4])
  }

  @Test("are those that are asked for, in the cgroup that is looked into, with the letters typed")
  func shown() {
    let rows = [
      made.row(1) { $0.cgroup = "/a" }, made.row(2) { $0.cgroup = "/a/b" },
      made.row(3) { $0.cgroup = "/ab" }, made.row(4),
      made.row(5) {
        $0.cgroup = "/a"
        $0.isSelected = false
      },
    ].map { row in
      var row = row
      row.rank = Int(row.id.rawValue)
      return row
    }
    #expect(names(rows) == ["p1", "p2", "p3", "p4"])
    #expect(names(rows) { $0.cgroup = "/a" } == ["p1", "p2"])
    #expect(names(rows) { $0.filter = "P" } == ["p1", "p2", "p3", "p4"])
    #expect(names(rows) { $0.filter = "2" } == ["p2"])
    #expect(
      names(rows) {
        $0.filter = "1"
        $0.cgroup = "/ab"
      } == [])
  }

  @Test("stand below what started them, once each")
  func tree() {
    // Numbers and their parents; 7 and 8 are each other's, 9 its own.
    let parents = [1: 0, 2: 1, 3: 1, 4: 2, 5: 99, 7: 8, 8: 7, 9: 9]
    let rows = parents.map { id, parent in
      made.row(Int32(id)) { $0.parent = ProcessID(Int32(parent)) }
    }
    #expect(
      names(rows) {
        $0.arrangement = .tree
        $0.sort = .pid
      } == ["p1", " p2", "  p4", " p3", "p5", "p9", "p7", "p8"])
  }

  @Test("of memory cgroups tell of all that is in them")
  func groups() throws {
    let rows =
      [("/b", 5, 10, 3), ("/a", 7, nil, nil), ("/b", 1, 20, 2), ("/b", 2, nil, 4)]
      as [(String, Int, Int?, Int?)]
    var sample = Sample()
    sample.processRows = rows.enumerated().map { index, row in
      made.row(Int32(index + 1)) {
        $0.cgroup = row.0
        $0.footprint = row.1
        $0.growth = row.2
        $0.rank = row.3
      }
    }
    sample.processRows.append(made.row(9) { $0.rank = 1 })
    sample.groups = [GroupState(path: "/b", used: 30, limit: 40), GroupState(path: "/c")]
    var state = WatchState()
    state.arrangement = .cgroups
    let groups = WatchRow.all(of: sample, state).compactMap {
      if case .group(let group) = $0 { group } else { nil }
    }
    #expect(
      groups == [
        WatchRow.Group(
          path: "/b", processCount: 3, footprint: 8, growth: 30, rank: 2, worst: "p3[3]",
          used: 30, limit: 40),
        WatchRow.Group(path: "/a", processCount: 1, footprint: 7),
      ])
  }

  @Test(
    "of memory cgroups come by what is in them",
    arguments: [
      (.rank, ["/c", "/a", "/b", "/d"]), (.memory, ["/b", "/c", "/a", "/d"]),
      (.growth, ["/a", "/c", "/b", "/d"]), (.name, ["/a", "/b", "/c", "/d"]),
      (.adj, ["/c", "/a", "/b", "/d"]), (.pid, ["/c", "/a", "/b", "/d"]),
    ] as [(WatchState.SortOrder, [String])])
  func groupOrder(order: WatchState.SortOrder, paths: [String]) {
    let groups = [
      WatchRow.Group(path: "/d", footprint: 1), WatchRow.Group(path: "/b", footprint: 9, rank: 2),
      WatchRow.Group(path: "/a", footprint: 1, growth: 5, rank: 2),
      WatchRow.Group(path: "/c", footprint: 5, growth: -5, rank: 1),
    ]
    #expect(order.sorted(groups).map(\.path) == paths)
  }
}
