import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import WatchScreen

@Suite("Keys of watch")
struct WatchKeysTests {
  private static let ranking = ["fluentd", "java", "Web Content", "firefox", "bash", "postgres"]

  @Test(
    "move the cursor",
    arguments: [
      ([], 0), ([.down], 1), ([.character("j"), .character("j"), .character("k")], 1), ([.up], 0),
      ([.end], 5), ([.character("G"), .down], 5), ([.end, .home], 0), ([.pageDown], 3),
      ([.pageDown, .pageDown], 5), ([.pageDown, .control("b")], 0),
    ] as [([Key], Int)])
  func cursor(keys: [Key], row: Int) throws {
    let machine = try WatchedMachine()
    machine.state.pageSize = 4
    for key in keys { _ = machine.state.press(key) }
    #expect(machine.state.cursor == row)
    #expect((machine.state.offset..<machine.state.offset + 4).contains(row))
  }

  @Test("go on where the first victims end", arguments: [60, 300])
  func farRows(count: Int) throws {
    var many = FixtureMachine(
      processes: (100..<100 + count).map { FixtureProcess($0, "p\($0)", resident: $0) })
    many.omitted = ["cmdline", "exe", "cgroup", "oom_adj"]
    let machine = try WatchedMachine(many)
    #expect(machine.state.rows.count < count)
    #expect(machine.screen.count == 24)
    let page = machine.state.pageSize
    try machine.press(.pageDown)
    #expect(machine.state.cursor == page - 1)
    for step in 2...6 {
      try machine.press(.pageDown)
      #expect(machine.state.cursor == min(count - 1, step * (page - 1)))
    }
    #expect(machine.state.selected?.rank == machine.state.cursor + 1)
    try machine.press(.end)
    #expect(machine.state.cursor == count - 1)
    #expect(machine.screen.contains { $0.hasPrefix(">") && $0.hasSuffix(" p100") })
    try machine.press(.home)
    #expect(machine.state.selected?.name == "p\(99 + count)")
  }

  @Test("bind it to a process, which it follows")
  func binding() throws {
    let machine = try WatchedMachine()
    try machine.press(.down)
    #expect(machine.state.selected?.name == "java")
    try machine.tree.add("1\n", at: "proc/1200/oom_score")
    try machine.look()
    #expect(machine.state.selected?.name == "java")
    #expect(machine.state.cursor == 5)
    machine.tree.remove("proc/1200")
    try machine.look()
    #expect(machine.state.selected?.name == "postgres")
  }

  @Test(
    "sort",
    arguments: [
      (1, ["java", "firefox", "postgres", "Web Content", "fluentd", "bash"]), (2, ranking),
      (3, ["fluentd", "Web Content", "firefox", "java", "bash", "postgres"]),
      (4, ["Web Content", "bash", "firefox", "fluentd", "java", "postgres"]),
      (5, ["postgres", "java", "fluentd", "bash", "firefox", "Web Content"]), (6, ranking),
    ])
  func sorting(times: Int, names: [String]) throws {
    let machine = try WatchedMachine()
    for _ in 0..<times { try machine.press(.character("s")) }
    #expect(machine.names == names)
    // Ranks stay those among all.
    #expect(machine.state.rows.count == 6)
    for _ in 0..<times { try machine.press(.character("S")) }
    #expect(machine.names == Self.ranking)
  }

  @Test("filter as they are typed, until Escape")
  func filter() throws {
    let machine = try WatchedMachine()
    try machine.type("/F")
    #expect(machine.names == ["fluentd", "firefox"])
    try machine.type("i")
    #expect(machine.names == ["firefox"])
    guard case .process(let processRow, _) = machine.state.rows[0] else { return }
    #expect(processRow.rank == 4)
    try machine.press(.backspace, .enter)
    #expect(machine.names == ["fluentd", "firefox"])
    try machine.type("q")
    try machine.press(.escape)
    #expect(machine.names == Self.ranking)
    try machine.type("/zzz")
    #expect(machine.screen.contains("No name contains 'zzz'."))
  }

  @Test("show trees")
  func tree() throws {
    let machine = try WatchedMachine()
    try machine.press(.character("t"))
    #expect(
      machine.names == [
        "systemd", " fluentd", " java", " bash", "  firefox", "   Web Content", " postgres",
        " sshd",
      ])
    try machine.press(.character("t"))
    #expect(machine.names == Self.ranking)
  }

  @Test("show memory cgroups, and what is in one")
  func cgroups() throws {
    let machine = try WatchedMachine(
      .server.with {
        $0.files["sys/fs/cgroup/system.slice/app.service/memory.max"] = "3221225472\n"
        $0.files["sys/fs/cgroup/system.slice/app.service/memory.current"] = "2147483648\n"
      })
    try machine.press(.character("c"))
    #expect(
      machine.names.prefix(2) == ["/system.slice/td-agent.service", "/system.slice/app.service"])
    machine.width = 120
    #expect(machine.screen.contains { $0.contains("2.0G  3.0G █████▍··") })
    try machine.press(.down, .enter)
    #expect(machine.names == ["java"])
    try machine.press(.escape)
    #expect(machine.names == Self.ranking)
  }

  @Test("ask before an adjustment is made")
  func adjustment() throws {
    let machine = try WatchedMachine()
    try machine.press(.down)
    try machine.type("a-25")
    try machine.press(.enter)
    let java = try #require(machine.state.selected?.target)
    #expect(java.label == "java[1200]")
    #expect(machine.state.mode == .confirmation(java, -25))
    #expect(machine.state.press(.character("y")) == .adjust(java, -25))
    #expect(machine.state.mode == .list)
  }

  @Test("make no adjustment when they say no", arguments: [Key.character("n"), .enter, .escape])
  func refusal(key: Key) throws {
    let machine = try WatchedMachine()
    try machine.type("a7")
    try machine.press(.enter)
    #expect(machine.state.press(key) == nil)
    #expect(machine.screen.last == "Nothing was changed.")
  }

  @Test("give no value that there isn't", arguments: ["", "-", "1001", "-1001", "99999"])
  func wrongValue(text: String) throws {
    let machine = try WatchedMachine()
    try machine.type("ax\(text)")
    try machine.press(.enter)
    #expect(
      machine.state.message?.string == "'\(text)': expected a whole number from -1000 to 1000")
    try machine.press(.control("u"))
    try machine.type("-1000")
    try machine.press(.enter)
    let first = try #require(machine.state.selected?.target)
    #expect(machine.state.mode == .confirmation(first, -1000))
  }

  @Test("lead back from texts, and out")
  func leaving() throws {
    let machine = try WatchedMachine()
    for (open, close) in [("h", "q"), ("?", "x"), ("e", "q")] as [(Character, Character)] {
      #expect(machine.state.press(.character(open)) == nil)
      #expect(machine.state.mode != .list)
      #expect(machine.state.press(.character(close)) == nil)
      #expect(machine.state.mode == .list)
    }
    #expect(machine.state.press(.control("l")) == .redraw)
    #expect(machine.state.press(.character("q")) == .quit)
  }

  @Test("of any order stop nothing", arguments: 0..<50)
  func anyKeys(seed: Int) throws {
    let machine = try WatchedMachine()
    machine.height = 12
    var number = UInt64(seed) &* 2_654_435_761 &+ 12345
    let keys: [Key] =
      [
        .up, .down, .left, .pageUp, .pageDown, .home, .end, .enter, .escape, .backspace, .tab,
        .control("u"), .control("f"),
      ] + "jkgGsSt/cea12-yn hqé".map { .character($0) }
    for _ in 0..<60 {
      number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      try machine.press(keys[Int((number >> 33) % UInt64(keys.count))])
      #expect(machine.screen.count == 12)
      #expect(
        machine.state.rows.isEmpty || machine.state.rows.indices.contains(machine.state.cursor))
    }
  }
}
