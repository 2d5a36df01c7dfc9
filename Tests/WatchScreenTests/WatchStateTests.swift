import Rendering
import Testing

@testable import WatchScreen

@Suite("The state of a screen")
struct WatchStateTests {
  private let made: MadeSample

  init() throws { made = try MadeSample() }

  /// Of so many candidates the first rows are known.
  private func sample(_ count: Int, of candidates: Int? = nil, isWhole: Bool = false) -> Sample {
    var sample = Sample()
    sample.processRows = (0..<count).map { index in
      made.row(Int32(index + 1)) { $0.rank = index + 1 }
    }
    sample.candidateCount = candidates ?? count
    sample.isWhole = isWhole
    return sample
  }

  private func state(_ sample: Sample, pageSize: Int = 10) -> WatchState {
    var state = WatchState()
    state.pageSize = pageSize
    state.take(sample)
    return state
  }

  @Test(
    "asks for some more rows than fit, up to a hundred, and beyond that for all",
    arguments: [(1, 9, false), (10, 18, false), (92, 100, false), (93, 100, true)])
  func look(pageSize: Int, count: Int, isWhole: Bool) {
    let state = state(sample(0), pageSize: pageSize)
    #expect(state.look == SampleRequest(count: count, isWhole: isWhole))
  }

  @Test("asks for as much before anything is known")
  func firstLook() {
    let state = WatchState()
    #expect(state.look == SampleRequest(count: 18))
    #expect(state.cursor == 0 && state.offset == 0 && state.scrolled == 0)
  }

  @Test("asks for all where the first victims won't do")
  func wholeLooks() {
    let changes: [(String, (inout WatchState) -> Void)] = [
      ("tree", { $0.arrangement = .tree }), ("cgroups", { $0.arrangement = .cgroups }),
      ("sort", { $0.sort = .memory }), ("filter", { $0.filter = "x" }),
      ("typing", { $0.mode = .filter }), ("cgroup", { $0.cgroup = "/a" }),
    ]
    for (name, change) in changes {
      var state = WatchState()
      change(&state)
      #expect(state.look.isWhole, "\(name)")
      #expect(state.look.needsCgroups == ["cgroups", "cgroup"].contains(name), "\(name)")
      #expect(state.look.needsGroups == (name == "cgroups"), "\(name)")
    }
    var state = WatchState()
    state.mode = .help
    #expect(!state.look.isWhole)
  }

  @Test(
    "goes on to rows that aren't known yet, as far as there are any",
    arguments: [
      (17, 17, nil), (18, 17, 18), (25, 17, 25), (39, 17, 39), (40, 17, 39), (.max, 17, 39),
      (-1, 0, nil),
    ] as [(Int, Int, Int?)])
  func moving(row: Int, cursor: Int, later: Int?) {
    var state = state(sample(18, of: 40))
    state.move(to: row)
    #expect(state.cursor == cursor)
    let last = max(state.offset + 10, later == nil ? 0 : min(row, 40))
    #expect(state.look == SampleRequest(count: last + 8))
    state.take(sample(40))
    #expect(state.cursor == later ?? cursor)
    // Once it is there it stays.
    state.take(sample(40))
    #expect(state.cursor == later ?? cursor)
  }

  @Test("goes no further where all is known")
  func noFurther() {
    for sample in [sample(18), sample(18, of: 40, isWhole: true)] {
      var state = state(sample)
      state.move(to: 30)
      #expect(state.look.count == state.offset + 18)
    }
    var state = state(sample(18, of: 40))
    state.sort = .memory
    state.move(to: 30)
    state.sort = .rank
    #expect(state.look.count == state.offset + 18)
  }

  @Test(
    "scrolls as little as needed",
    arguments: [
      ([0], 0), ([9], 0), ([10], 1), ([19], 10), ([25], 10), ([19, 10], 10), ([19, 9], 9),
      ([19, 0], 0), ([12, 5], 3), ([12, 2], 2),
    ])
  func scrolling(rows: [Int], offset: Int) {
    var state = state(sample(20))
    for row in rows { state.move(to: row) }
    #expect(state.offset == offset)
  }

  @Test("keeps the cursor in sight when the screen changes its height")
  func height() {
    var state = state(sample(20))
    state.move(to: 19)
    state.pageSize = 15
    #expect(state.offset == 5)
    state.pageSize = 0
    #expect(state.offset == 19)
    state.pageSize = 30
    #expect(state.offset == 0)
  }

  @Test("stays with a process that was chosen, and else at the top")
  func binding() {
    var state = state(sample(5))
    var turned = sample(5)
    turned.processRows = turned.processRows.map { row in
      var row = row
      row.rank = 6 - (row.rank ?? 0)
      return row
    }
    state.take(turned)
    #expect(state.cursor == 0 && state.selected?.name == "p5")
    state.move(to: 1)
    state.take(sample(5))
    #expect(state.cursor == 3 && state.selected?.name == "p4")
    state.take(sample(2))
    #expect(state.cursor == 1 && state.selected?.name == "p2")
    state.take(sample(5))
    #expect(state.cursor == 1)
    state.take(sample(0))
    #expect(state.cursor == 0 && state.selected == nil)
  }

  @Test("remembers the latest kills", arguments: [1, 100, 101])
  func kills(count: Int) {
    var state = WatchState()
    for time in 0..<count { state.note([SeenKill(time: time)]) }
    #expect(state.kills.map(\.time) == Array((0..<count).suffix(100)))
  }
}

@Suite("Single keys of watch")
struct SingleKeyTests {
  private func state(
    _ mode: WatchState.Mode = .list, _ change: (inout WatchState) -> Void = { _ in }
  )
    throws -> WatchState
  {
    let made = try MadeSample()
    var sample = Sample()
    sample.processRows = (1...30).map { id in made.row(Int32(id)) { $0.rank = id } }
    sample.candidateCount = 30
    var state = WatchState()
    change(&state)
    state.take(sample)
    state.mode = mode
    return state
  }

  private func target() throws -> WatchRow.Target {
    try #require(try state().selected?.target)
  }

  @Test("turn pages by all but one row", arguments: [(0, 1), (1, 1), (2, 1), (3, 2), (10, 9)])
  func pages(size: Int, step: Int) throws {
    for (forward, back) in [
      (Key.pageDown, Key.pageUp), (.control("f"), .control("b")), (.character(" "), .pageUp),
    ] {
      var state = try state { $0.pageSize = size }
      _ = state.press(forward)
      #expect(state.cursor == step)
      _ = state.press(forward)
      #expect(state.cursor == 2 * step)
      _ = state.press(back)
      #expect(state.cursor == step)
    }
  }

  @Test(
    "scroll texts",
    arguments: [
      ([.up], 0), ([.down], 1), ([.character("j"), .down, .character("k")], 1), ([.pageDown], 10),
      ([.character(" "), .control("f"), .pageUp], 10), ([.down, .control("b")], 0),
      ([.pageDown, .home], 0), ([.pageDown, .character("g")], 0),
    ] as [([Key], Int)])
  func texts(keys: [Key], line: Int) throws {
    var state = try state(.help)
    for key in keys { #expect(state.press(key) == nil) }
    #expect(state.scrolled == line)
    #expect(state.mode == .help)
    // Another text begins at its top.
    _ = state.press(.escape)
    _ = state.press(.character("e"))
    #expect(state.scrolled == 0)
  }

  @Test("lead from an explanation to an adjustment, but not from the help")
  func adjusting() throws {
    let target = try target()
    var state = try state(.explanation(target))
    _ = state.press(.character("a"))
    #expect(state.mode == .value(target, ""))
    state.mode = .help
    _ = state.press(.character("a"))
    #expect(state.mode == .list)
  }

  @Test("choose no process among memory cgroups")
  func groups() throws {
    var state = try state { $0.arrangement = .cgroups }
    _ = state.press(.character("a"))
    #expect(state.mode == .list)
    #expect(state.message?.string == "Choose a process first.")
    _ = state.press(.enter)
    #expect(state.message == nil)
    #expect(state.mode == .list)
  }

  @Test(
    "make up a value of at most five characters, its sign in front",
    arguments: [
      ("12345", "12345"), ("123456", "12345"), ("-1000", "-1000"), ("-10000", "-1000"),
      ("+5", "+5"), ("5-5", "55"), ("5+", "5"), ("--1", "-1"), ("+-1", "+1"), ("1a2", "12"),
      ("१²", ""),
    ])
  func values(typed: String, text: String) throws {
    let target = try target()
    var state = try state(.value(target, ""))
    for character in typed { #expect(state.press(.character(character)) == nil) }
    #expect(state.mode == .value(target, text))
    _ = state.press(.backspace)
    #expect(state.mode == .value(target, String(text.dropLast())))
    _ = state.press(.tab)
    _ = state.press(.delete)
    #expect(state.mode == .value(target, String(text.dropLast(2))))
    _ = state.press(.control("u"))
    #expect(state.mode == .value(target, ""))
    _ = state.press(.escape)
    #expect(state.mode == .list)
  }

  @Test(
    "take values of the kernel's own scale",
    arguments: [
      ("15", true, true), ("16", true, false), ("-17", true, true), ("-18", true, false),
      ("16", false, true), ("1000", false, true), ("1001", false, false), ("-1000", false, true),
      ("-1001", false, false), ("+7", false, true),
    ])
  func scales(text: String, isLegacy: Bool, isTaken: Bool) throws {
    let target = try target()
    var state = try state(.value(target, text)) { $0.usesLegacyScale = isLegacy }
    _ = state.press(.enter)
    #expect(state.mode == (isTaken ? .confirmation(target, Int(text) ?? 0) : .value(target, text)))
    #expect((state.message == nil) == isTaken)
  }

  @Test("say yes with one letter alone", arguments: ["y", "Y", "n", "j"] as [Character])
  func answers(letter: Character) throws {
    let target = try target()
    var state = try state(.confirmation(target, 5))
    let isYes = "yY".contains(letter)
    #expect(state.press(.character(letter)) == (isYes ? .adjust(target, 5) : nil))
    #expect(state.mode == .list)
    #expect((state.message == nil) == isYes)
  }

  @Test("end or draw anew in whatever mode")
  func always() throws {
    let target = try target()
    for mode in [.list, .filter, .help, .value(target, "1"), .confirmation(target, 1)]
      as [WatchState.Mode]
    {
      var state = try state(mode)
      #expect(state.press(.control("l")) == .redraw)
      #expect(state.press(.control("c")) == .quit)
      #expect(state.mode == mode)
    }
  }

  @Test("make up a filter of at most forty characters")
  func filter() throws {
    for opening in ["/", "f"] as [Character] {
      var state = try state()
      _ = state.press(.character(opening))
      #expect(state.mode == .filter)
      for _ in 0..<45 { _ = state.press(.character("p")) }
      #expect(state.filter.count == 40)
      _ = state.press(.delete)
      #expect(state.filter.count == 39)
      _ = state.press(.control("u"))
      #expect(state.filter.isEmpty && state.rows.count == 30)
      _ = state.press(.backspace)
      _ = state.press(.down)
      #expect(state.filter.isEmpty && state.mode == .filter && state.cursor == 1)
      _ = state.press(.character("3"))
      #expect(state.rows.count == 4)
      _ = state.press(.escape)
      #expect(state.filter.isEmpty && state.mode == .list && state.rows.count == 30)
    }
  }

  @Test("lead one step back at a time")
  func leaving() throws {
    var state = try state {
      $0.filter = "p"
      $0.cgroup = "/"
      $0.arrangement = .tree
      $0.sort = .pid
    }
    state.move(to: 3)
    for step in 1...4 {
      #expect(state.press(.escape) == nil)
      #expect(state.filter.isEmpty)
      #expect((state.cgroup == nil) == (step >= 2))
      #expect((state.arrangement == .ranking) == (step >= 3))
      #expect((state.sort == .rank) == (step >= 4))
      #expect((state.cursor == 0) == (step >= 4))
    }
  }
}
