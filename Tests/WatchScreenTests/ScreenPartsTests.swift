import KillPrediction
import ProcFS
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import WatchScreen

@Suite("Parts of the screen")
struct ScreenPartsTests {
  private let made: MadeSample

  init() throws { made = try MadeSample() }

  /// The view of a sample made up, in which two processes are known.
  private func view(
    width: Int = 80, height: Int = 24,
    change: (inout Sample, inout WatchState) -> Void = { _, _ in }
  ) -> WatchView {
    var sample = Sample()
    sample.time = MadeTime.seconds
    sample.processRows = (1...2).map { id in made.row(Int32(id)) { $0.rank = id } }
    sample.first = sample.processRows[0]
    sample.second = sample.processRows[1]
    sample.candidateCount = 2
    var state = WatchState()
    change(&sample, &state)
    state.take(sample)
    return WatchView(state: state, context: made.context, width: width, height: height)
  }

  private func line(_ number: Int, of view: WatchView) -> String {
    MadeTime.hidden(in: view.lines[number].string)
  }

  /// The line that begins so.
  private func line(_ beginning: String, of view: WatchView) throws -> StyledLine {
    try #require(view.lines.first { $0.string.hasPrefix(beginning) })
  }

  @Test(
    "at the top are as many as fit, and the time",
    arguments: [
      (90, "web-07   Linux 6.1.0-50-amd64   2 candidates   incomplete", true),
      (67, "web-07   Linux 6.1.0-50-amd64   2 candidates   incomplete", true),
      (66, "web-07   Linux 6.1.0-50-amd64   2 candidates", true),
      (54, "web-07   Linux 6.1.0-50-amd64   2 candidates", true),
      (53, "web-07   Linux 6.1.0-50-amd64", true), (39, "web-07   Linux 6.1.0-50-amd64", true),
      (38, "web-07", true), (16, "web-07", true), (15, "web-07", false), (1, "web-07", false),
    ])
  func header(width: Int, parts: String, hasTime: Bool) {
    let text = line(0, of: view(width: width) { sample, _ in sample.isComplete = false })
    let blanks = String(repeating: " ", count: max(0, width - 8 - parts.count))
    #expect(text == parts + (hasTime ? blanks + "T" : ""))
  }

  @Test(
    "at the top count candidates",
    arguments: [(0, "candidates"), (1, "candidate"), (2, "candidates")])
  func candidates(count: Int, noun: String) {
    let text = line(0, of: view { sample, _ in sample.candidateCount = count })
    #expect(text.contains(" \(count) \(noun) "))
    #expect(!text.contains("incomplete"))
  }

  @Test(
    "about the next victim tell how far ahead it is",
    arguments: [
      (60, 0, "Next      p1[1], just ahead of p2[2]"),
      (60, 1, "Next      p1[1], 1 byte ahead of p2[2]"),
      (60, nil, "Next      p1[1], then p2[2]"), (59, 0, "Next p1[1]"),
    ] as [(Int, Int?, String)])
  func lead(width: Int, lead: Int?, text: String) throws {
    let view = view(width: width) { sample, _ in sample.lead = lead }
    #expect(try line("Next", of: view).string == text)
  }

  @Test("about the next victim say what isn't known of it")
  func uncertainVictim() throws {
    let nobody = view { sample, _ in sample.first = nil }
    #expect(try line("Next", of: nobody).string == "Next      nobody can be killed")
    let lone = view { sample, _ in sample.second = nil }
    #expect(try line("Next", of: lone).string == "Next      p1[1]")
    for (width, text) in [(60, "Next      unknown; of those seen p1[1]"), (59, "Next seen: p1[1]")]
    {
      let view = view(width: width) { sample, _ in
        sample.isComplete = false
        sample.second = nil
      }
      #expect(try line("Next", of: view).string == text)
    }
  }

  @Test("about the next victim say when the kernel chooses none")
  func policy() throws {
    let tree = try FixtureMachine(processes: []).with {
      $0.files["proc/sys/vm/panic_on_oom"] = "1\n"
    }.tree()
    let world = try World(root: tree.path, environment: Environment())
    let policy = Policy(ofSystemOn: Machine(world, options: MachineOptions()), in: world)
    let view = view { sample, _ in sample.policy = policy }
    let line = try line("Next", of: view)
    #expect(line.string == "Next      The kernel panics instead of killing (vm.panic_on_oom 1).")
    #expect(line.pieces[0].style == .danger)
  }

  @Test(
    "about the distance are two lines where there is room",
    arguments: [
      (
        60, 16,
        [
          "Distance  100 MiB left (available memory) until the kernel",
          "          must kill. Programs are refused memory after 30",
        ]
      ),
      (60, 15, ["Distance  100M left"]), (59, 16, ["100M left"]),
    ])
  func distance(width: Int, height: Int, lines: [String]) throws {
    let view = view(width: width, height: height) { sample, _ in
      sample.memory.available = 100 << 20
      sample.memory.commit = .init(70 << 20, of: 100 << 20)
      sample.memory.isCommitEnforced = true
    }
    let all = view.lines.map(\.string)
    let index = try #require(all.firstIndex(of: lines[0]))
    #expect(Array(all[index..<index + lines.count]) == lines)
    #expect(all[index + lines.count].hasPrefix("Next"))
  }

  @Test(
    "that are asked for show in one line at the bottom",
    arguments: [
      (.filter, "Name contains: x_"), (.help, "Any key leads back."),
      (
        .value(WatchRow.Target(identity: .init(id: .init(7), startTicks: 0), label: "p7[7]"), "-"),
        "oom_score_adj of p7[7]: -_"
      ),
      (
        .value(
          WatchRow.Target(
            identity: .init(id: .init(7), startTicks: 0), label: "p7[7]", adjustment: 0), ""),
        "oom_score_adj of p7[7] (now 0): _"
      ),
      (
        .confirmation(
          WatchRow.Target(identity: .init(id: .init(7), startTicks: 0), label: "p7[7]"), 5),
        "Set p7[7] ? -> 5?  y yes, any other key no"
      ),
    ] as [(WatchState.Mode, String)])
  func footer(mode: WatchState.Mode, text: String) {
    let view = view { _, state in
      state.mode = mode
      state.filter = "x"
    }
    #expect(view.lines.last?.string == text)
  }

  @Test("ask for values of the file that the kernel has")
  func legacy() throws {
    let target = made.row(7).target
    let view = view { _, state in
      state.mode = .value(target, "")
      state.usesLegacyScale = true
    }
    #expect(view.lines.last?.string == "oom_adj of p7[7]: _")
  }

  @Test(
    "never cut off the answer",
    arguments: [(42, "Set p7[7] 0 -> 5?  y yes, any other key no"), (41, "0 -> 5 y/n?")])
  func question(width: Int, text: String) {
    let target = made.row(7) { $0.adjustment = 0 }.target
    let view = view(width: width) { _, state in state.mode = .confirmation(target, 5) }
    #expect(view.lines.last?.string == text)
  }

  @Test(
    "about keys are as many as fit",
    arguments: [
      (
        nil, "", 80,
        "q Quit  h Help  s Sort: rank  / Filter  t Tree  c Cgroups  e Explain  a Adjust"
      ),
      (
        nil, "", 78,
        "q Quit  h Help  s Sort: rank  / Filter  t Tree  c Cgroups  e Explain  a Adjust"
      ),
      (nil, "", 77, "q Quit  h Help  s Sort: rank  / Filter  t Tree  c Cgroups  e Explain"),
      (nil, "", 6, "q Quit"), (nil, "", 13, "q Quit"), (nil, "", 14, "q Quit  h Help"),
      (nil, "", 1, "q Quit"),
      ("/a", "", 40, "q Quit  h Help  In /a  Esc all"),
      ("/a", "p", 47, "q Quit  h Help  Names with 'p'  Esc all"),
      (nil, "p", 40, "q Quit  h Help  Names with 'p'  Esc all"),
    ] as [(String?, String, Int, String)])
  func keys(cgroup: String?, filter: String, width: Int, text: String) {
    let view = view(width: width) { _, state in
      state.cgroup = cgroup
      state.filter = filter
    }
    #expect(view.lines.last?.string == text)
  }

  @Test("keep the last line for what is asked or told, however low the screen", arguments: 1...5)
  func lowScreens(height: Int) {
    let plain = view(height: height).lines
    #expect(plain.count == height)
    #expect((plain.last?.string.hasPrefix("q Quit") == true) == (height >= 4))
    let told = view(height: height) { _, state in state.message = StyledLine("told") }.lines
    #expect(told.last?.string == "told")
    let asked = view(height: height) { _, state in state.mode = .filter }.lines
    #expect(asked.last?.string == "Name contains: _")
  }

  @Test("of the list are marked: the first victim, and the row under the cursor")
  func marks() throws {
    let top = view()
    #expect(try line(">!  1", of: top).pieces.map(\.style) == [.selected, .selected])
    #expect(try line("    2", of: top).pieces.map(\.style) == [.plain])
    var below = view()
    var state = below.state
    state.move(to: 1)
    below = WatchView(state: state, context: made.context, width: 80, height: 24)
    #expect(try line(" !  1", of: below).pieces.map(\.style) == [.danger])
    #expect(try line(">   2", of: below).displayWidth == 80)
    #expect(try line(">   2", of: below).pieces.allSatisfy { $0.style == .selected })
  }

  @Test("of the list are of memory cgroups, too")
  func groups() throws {
    let view = view { sample, state in
      sample.processRows[0].cgroup = "/a"
      sample.processRows[1].cgroup = "/b"
      state.arrangement = .cgroups
    }
    #expect(try line(">", of: view).string.contains("/a"))
    #expect(try line(">", of: view).pieces.allSatisfy { $0.style == .selected })
    #expect(try line("     2", of: view).pieces.map(\.style) == [.plain])
    let nothing = self.view { _, state in state.arrangement = .cgroups }
    #expect(nothing.lines.contains { $0.string == "No memory cgroups can be seen." })
  }

  @Test(
    "of a text are those from the line on to which it was scrolled",
    arguments: [(0, 0), (1, 1), (24, 24), (99, 27)])
  func text(scrolled: Int, first: Int) {
    let text = (0..<50).map { StyledLine("line \($0)") }
    var state = view().state
    state.mode = .help
    state.scrolled = scrolled
    let lines = WatchView(
      state: state, context: made.context, width: 80, height: 26, text: text
    ).lines.map(\.string).filter { $0.hasPrefix("line ") }
    #expect(lines == (first..<first + 23).map { "line \($0)" })
  }

  @Test("go where there is little room, the least important first")
  func heights() throws {
    var pages = ""
    for height in 1...18 {
      let view = view(width: 60, height: height) { sample, state in
        sample.memory.available = 100 << 20
        sample.memory.kills = 4
        sample.kills = ["a", "b"].map { SeenKill(name: $0, time: MadeTime.seconds) }
        sample.processRows = (1...9).map { id in made.row(Int32(id)) { $0.rank = id } }
      }
      pages += "\(height) lines, \(view.pageSize) rows\n"
      for line in view.lines { pages += "  \(MadeTime.hidden(in: line.string))\n" }
    }
    #expect(try pages == expectedText("watch-heights.txt", recording: pages))
  }

  @Test("go where there is little room for a text, too")
  func textHeights() throws {
    var pages = ""
    for count in [2, 7, 40] {
      for height in [3, 4, 8, 14, 20] {
        var state = view().state
        state.mode = .help
        let text = (1...count).map { StyledLine("line \($0)") }
        let view = WatchView(
          state: state, context: made.context, width: 40, height: height, text: text)
        pages += "\(count) in \(height) lines\n"
        for line in view.lines { pages += "  \(MadeTime.hidden(in: line.string))\n" }
      }
    }
    #expect(try pages == expectedText("watch-texts.txt", recording: pages))
  }
}
