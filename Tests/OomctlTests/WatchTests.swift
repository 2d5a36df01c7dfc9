import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Lines of watch")
struct WatchTests {
  private let environment = Environment(now: { 1_700_000_000 })

  @Test("tell of each look what matters")
  func line() throws {
    let watch = try run(["watch", "-n", "1"], on: FixtureMachine.server.tree(), in: environment)
    #expect(watch.errors.isEmpty)
    #expect(watch.lines.count == 2)
    let text = watch.lines.map { $0.dropFirst(8) }.joined(separator: "\n") + "\n"
    #expect(try text == expectedText("watch-lines.txt", recording: text))
  }

  @Test("come one an interval, and count what was killed in it")
  func interval() throws {
    let words = ["watch", "--no-headings", "--interval", "0.1", "-n", "3"]
    let watch = try run(words, on: FixtureMachine.server.tree(), in: environment)
    #expect(watch.lines.count == 3)
    #expect(Set(watch.lines).count == 1)
  }

  @Test(
    "keep to those that are selected, with their ranks among all",
    arguments: [
      (["java"], "1200", "2"), (["--user", "alice"], "1501", "3"),
      (["--unit", "postgresql"], "900", "6"), (["bash", "--tree"], "1501", "3"),
      (["900"], "900", "6"),
    ])
  func selection(words: [String], id: String, rank: String) throws {
    let watch = try run(
      ["watch", "-n1", "--no-headings"] + words, on: FixtureMachine.server.tree())
    let cells = try #require(watch.lines.first).split(separator: "  ").map {
      $0.split(separator: " ").joined()
    }
    #expect(cells[10] == id)
    #expect(cells[8] == rank)
  }

  @Test("are objects with --json-lines, each in one line")
  func objects() throws {
    let words = ["watch", "--json-lines", "-n", "2", "--interval", "0.1"]
    let watch = try run(words, on: FixtureMachine.server.tree(), in: environment)
    #expect(watch.lines.count == 2)
    let object = try JSON(Array(watch.lines[0].utf8))
    #expect(try object["oomctl"]["command"] == "watch")
    #expect(try object["time"] == "2023-11-14T22:13:20Z")
    #expect(try object["memory"]["total_bytes"].integer == 4 << 30)
    #expect(try object["left_bytes"].integer == (1 << 30) + (512 << 20))
    #expect(try object["oom_kills"] == 2)
    #expect(try object["margin_bytes"].integer > 200 << 20)
    let processes = try object["processes"].elements
    #expect(try processes.map { try $0["pid"].integer } == [1300, 1200, 1501, 1500, 1400, 900])
    #expect(try processes.map { try $0["rank"].integer } == Array(1...6))
    #expect(try processes[0]["growth_bytes_per_minute"] == nil)
    #expect(try processes[0]["cgroup"] == "/system.slice/td-agent.service")
  }

  @Test(
    "count no swap as 0, and what the kernel doesn't tell as nothing",
    arguments: [(262_144, 1 << 30), (0, 0), (nil, nil)] as [(Int?, Int?)])
  func swap(pages: Int?, expected: Int?) throws {
    var machine = FixtureMachine.server.with { $0.swap = pages ?? 0 }
    if pages == nil { machine = machine.with(memory: [("MemTotal", 4 << 20)]) }
    for words in [["--json"], ["--json-lines", "-n1"]] {
      let swap = try run(["watch"] + words, on: machine.tree()).json["swap"]
      let total = try swap["total_bytes"]
      #expect(total == expected.map { .number("\($0)") } ?? .null)
      #expect(try expected != 0 || swap["used_bytes"] == 0)
    }
  }

  @Test("say why there is no process", arguments: [["--batch"], ["--json-lines"], ["--json"]])
  func nobody(words: [String]) throws {
    let result = try run(["watch", "nosuch", "-n1"] + words, on: FixtureMachine.server.tree())
    #expect(result.errors == "oomctl: no process matches 'nosuch' so far\n")
    #expect(result.status == .done && !result.output.isEmpty)
    let known = try run(["watch", "java", "-n1"] + words, on: FixtureMachine.server.tree())
    #expect(known.errors.isEmpty)
  }

  @Test("say which of several values means nobody")
  func oneOfSeveral() throws {
    let result = try run(
      ["watch", "java", "nosuch", "-n1", "--batch"], on: FixtureMachine.server.tree())
    #expect(result.errors == "oomctl: no process matches 'nosuch' so far\n")
    #expect(result.status == .done && result.output.contains("java"))
  }

  @Test(
    "fit the terminal, and have all columns in a file",
    arguments: [(nil, 12), (120, 12), (94, 11), (80, 9), (40, 6)] as [(Int?, Int)])
  func width(width: Int?, columns: Int) throws {
    let environment = Environment(variables: ["TERM": "dumb"], terminalWidth: width)
    let watch = try run(
      ["watch", "--batch", "-n1"], on: FixtureMachine.server.tree(), in: environment)
    #expect(watch.lines[0].split(separator: " ").count == columns)
    if let width, width >= 60 { #expect(watch.lines.allSatisfy { $0.count <= width }) }
    #expect(watch.lines[1].hasSuffix("fluentd"))
  }

  @Test("are one object with --json")
  func object() throws {
    let watch = try run(["watch", "--json"], on: FixtureMachine.server.tree())
    #expect(try watch.json["complete"] == true)
    #expect(try watch.numbers == [1300, 1200, 1501, 1500, 1400, 900])
  }

  @Test("are none where --json is asked for more than once")
  func contradiction() {
    let watch = run(["watch", "--json", "-n", "2"])
    #expect(
      watch.errors.hasPrefix(
        "oomctl: --json prints one object; --json-lines prints one at each interval\n"))
    #expect(watch.status == .usage)
  }

  @Test("say when nobody is meant")
  func nobody() throws {
    let watch = try run(["watch", "-n1", "99"], on: FixtureMachine.server.tree())
    #expect(watch.errors == "oomctl: 99: no such process\n")
    #expect(watch.status == .failed)
  }

  @Test(
    "take their ranks from kernels of any age",
    arguments: ["2.4.18", "2.6.8", "2.6.20", "2.6.36", "3.4.0", "4.19.0", "6.18.0"])
  func kernels(kernel: String) throws {
    let tree = try FixtureMachine.server.with { $0.kernel = kernel }.tree()
    let watch = run(["watch", "--json"], on: tree)
    let rank = run(["rank", "--json"], on: tree)
    #expect(try watch.numbers == rank.numbers)
  }

  @Test("follow another kernel's rule", arguments: ["2.4.18", "2.6.20", "3.4"])
  func rules(kernel: String) throws {
    let tree = try FixtureMachine.server.tree()
    let words = ["--json", "--kernel", kernel]
    #expect(try run(["watch"] + words, on: tree).numbers == run(["rank"] + words, on: tree).numbers)
  }

  @Test("show nothing raw of any name", arguments: HostileName.all)
  func hostile(name: [UInt8]) throws {
    let tree = try FixtureMachine.server.with { $0[1300].name = name }.tree()
    for words in [["watch", "-n1"], ["watch", "--json-lines", "-n1"]] {
      let watch = run(words, on: tree)
      #expect(watch.output.unicodeScalars.allSatisfy(isHarmless))
      #expect(watch.lines.count == (words.count == 2 ? 2 : 1))
    }
  }

  @Test("end quietly when nobody reads", .enabled(if: Executable.path != nil))
  func closedPipe() throws {
    let result = try Executable.run(["watch", "--interval", "0.1"], output: .closedPipe)
    #expect(result.errors.isEmpty)
    #expect(result.status == 0)
  }

  @Test("say when there is no room for them", .enabled(if: Executable.path != nil))
  func fullDisk() throws {
    let result = try Executable.run(["watch"], output: .file("/dev/full"))
    #expect(result.errors.hasSuffix(": standard output: No space left on device\n"))
    #expect(result.status == 1)
  }

  @Test(
    "come as often as one says",
    arguments: [
      ("1", 1000), ("0.1", 100), ("0.25", 250), ("86400", 86_400_000), ("10.5", 10_500),
      ("1.125", 1125),
    ])
  func intervals(word: String, milliseconds: Int) {
    let interval = Interval(argument: word)
    #expect(interval == Interval(milliseconds: milliseconds))
    #expect(interval?.text == word)
  }

  @Test(
    "don't come at other intervals",
    arguments: [
      "", "0", "0.05", "86401", "1.", ".5", "1.2345", "-1", "1s", "1e3", "١",
      "99999999999999999999",
    ])
  func wrongIntervals(word: String) {
    #expect(Interval(argument: word) == nil)
  }
}
