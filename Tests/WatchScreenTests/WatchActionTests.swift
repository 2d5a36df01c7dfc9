import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import Rendering
@testable import WatchScreen

@Suite("An adjustment from the screen")
struct WatchActionTests {
  /// What comes of setting java's adjustment, and the value afterwards.
  private func result(
    _ value: Int, on machine: FixtureMachine = .server, startTicks: UInt64 = 100, id: Int32 = 1200
  ) throws -> (line: StyledLine, value: String?) {
    let tree = try machine.tree()
    let world = try World(
      root: tree.path, environment: Environment { $0.userID = { 0 } })
    let target = WatchRow.Target(
      identity: ProcessIdentity(id: ProcessID(id), startTicks: startTicks), label: "java[1200]")
    let line = WatchAction(process: target, value: value, common: CommonOptions())
      .carryOut(in: world)
    return (line, try? text(at: tree.path + "/proc/1200/oom_score_adj"))
  }

  @Test("says what came of it")
  func done() throws {
    let (line, value) = try result(250)
    #expect(line.string == "java[1200] 0 -> 250. oomctl undo takes it back.")
    #expect(line.pieces[0].style == .notice)
    #expect(value == "250")
  }

  @Test("changes nothing where the value is there already")
  func unchanged() throws {
    let (line, value) = try result(0)
    #expect(line.string == "java[1200] is at 0 already.")
    #expect(line.pieces[0].style == .plain)
    #expect(value == "0\n")
  }

  @Test("isn't made to another process of that number, nor to one that has ended")
  func another() throws {
    let (line, value) = try result(250, startTicks: 99)
    #expect(line.string == "java[1200] has ended; the number is another's now")
    #expect(line.pieces[0].style == .danger)
    #expect(value == "0\n")
    let (gone, _) = try result(250, id: 77)
    #expect(gone.pieces[0].style == .danger)
    #expect(gone.string.contains("77"))
  }

  @Test("says why it failed")
  func failure() throws {
    let (line, _) = try result(
      250, on: .server.with { $0.files["proc/1200/oom_score_adj"] = .folder })
    #expect(line.pieces[0].style == .danger)
  }
}

@Suite("Options of watch")
struct WatchOptionsTests {
  @Test(
    "print one object with --json",
    arguments: [(nil, true), (1, true), (2, false)] as [(Int?, Bool)])
  func json(count: Int?, isTaken: Bool) {
    var watch = Watch()
    watch.common.format = .json
    watch.count = count.map { RowCount($0) }
    if isTaken {
      #expect(throws: Never.self) { try watch.validate() }
      #expect(watch.count?.number == 1 && watch.printsObjects)
    } else {
      #expect(throws: (any Error).self) { try watch.validate() }
    }
  }

  @Test("leave the rest as it is without --json")
  func plain() throws {
    var watch = Watch()
    watch.count = RowCount(2)
    try watch.validate()
    #expect(watch.count?.number == 2 && !watch.printsObjects)
  }

  @Test(
    "draw in colours where the terminal knows them",
    arguments: [
      ("xterm", true), ("linux", true), ("vt220", false), ("xterm-m", false), ("xterm-mono", false),
      ("xterm-256color", true), ("dumb", false), ("mvt-mon", true),
    ])
  func colors(terminal: String, hasColors: Bool) {
    let environment = Environment {
      $0.terminalWidth = 80
      $0.variables = .listed(["TERM": terminal])
    }
    var options = CommonOptions()
    #expect(options.usesColor(in: environment) == hasColors)
    options.color = .always
    #expect(options.usesColor(in: environment))
    options.color = .never
    #expect(!options.usesColor(in: environment))
  }
}
