import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("History")
struct HistoryTests {
  /// 2026-11-21 12:00:00 in Greenwich.
  static let environment = Environment(
    variables: ["TZ": "UTC"], terminalWidth: 80, now: { 1_795_262_400 })

  static let kills = [
    ShortLog(),
    ShortLog(
      day: "Nov 19", time: "22:40:10", uptime: 9000.5, name: "java", pid: 4019, uid: 990,
      limitGroup: nil, group: "/system.slice/elastic.service", resident: 900_000),
    ShortLog(
      day: "Nov 20", time: "09:01:33", uptime: 12000.75, name: "chrome", pid: 2210, uid: 1000,
      limitGroup: "/user.slice", group: "/user.slice/user-1000.slice/session-3.scope"),
  ]

  static let machine = FixtureMachine.server.with {
    $0.files["var/log/kern.log"] = .init(stringLiteral: kills.map(\.text).joined())
    $0.files["etc/passwd"] = "root:x:0:0::/:/bin/sh\nwww-data:x:33:33::/:/bin/sh\n"
  }

  private func history(_ words: [String] = []) throws -> Run {
    try run(["history", "--color", "never"] + words, on: Self.machine.tree(), in: Self.environment)
  }

  private func pids(_ words: [String]) throws -> [Int] {
    try history(["--json"] + words).json["kills"].elements.map { try $0["victim"]["pid"].integer }
  }

  @Test("lists kills, the latest first, and says where they were looked for")
  func list() throws {
    let tree = try Self.machine.tree()
    let screen = run(["history", "--color", "never"], on: tree, in: Self.environment).output
    let words = screen.split { $0 == " " || $0 == "\n" }
    let hint = "oomctl history show 1 --root=\(tree.path) tells the whole story (1 is the latest)."
    #expect(words.suffix(13).joined(separator: " ") == hint)
    let rest = screen.split(separator: "oomctl history").first.map(String.init) ?? ""
    #expect(try rest == expectedText("history.txt", recording: rest))
  }

  @Test("tells the whole story of one", arguments: [1, 2, 3])
  func story(number: Int) throws {
    let screen = try history(["show", "\(number)"]).output
    #expect(try screen == expectedText("history-show-\(number).txt", recording: screen))
  }

  @Test(
    "is narrowed down",
    arguments: [
      (["--name", "java"], [4019]), (["--pid", "2210"], [2210]), (["--user", "www-data"], [5120]),
      (["--user", "1000"], [2210]), (["--since", "2026-11-19"], [4019, 2210]),
      (["--until", "2026-11-19"], [5120]), (["--since", "-2d"], [4019, 2210]),
      (["--cgroup", "/user.slice"], [2210]), (["--cgroup", "/system.slice"], [5120, 4019]),
      (["--cgroup", "/system"], []), (["--name", "java", "--name", "chrome"], [4019, 2210]),
      (["--name", "java", "--user", "33"], []), (["-n", "1"], [2210]),
    ])
  func selection(words: [String], expected: [Int]) throws {
    #expect(try pids(words) == expected)
  }

  @Test("fails with --check where there were kills, and not where there were none")
  func check() throws {
    #expect(try history(["--check"]).status == .failed)
    #expect(try history(["--check", "--since", "2026-11-21"]).status == .done)
    #expect(try history(["--since", "2026-11-21"]).output.hasPrefix("No kernel kills"))
  }

  @Test("has JSON with the kernel's own words, and null for what isn't told")
  func json() throws {
    let kills = try history(["--json"]).json["kills"].elements
    let first = try #require(kills.first)
    #expect(try first["time"].string == "2026-11-18T03:12:44+00:00")
    #expect(try first["constraint"].string == "memcg")
    #expect(try first["memcg"].string == "/system.slice/php-fpm.service")
    #expect(try first["invoker"]["pid"].integer == 812)
    #expect(try first["invoker"]["gfp_mask"].string == "0x100cca")
    #expect(try first["victim"]["anon_rss_bytes"].integer == 1_160_000 * 1024)
    #expect(try first["victim"]["score"] == .null)
    #expect(try first["selected"] == .null)
    #expect(try first["tasks"].integer == 2)
    #expect(try first["replay"]["verdict"].string == "confirmed")
    #expect(try first["replay"]["victim_rank"].integer == 1)
    #expect(try first["complete"] == .flag(true))
  }

  @Test("has the rows of the tables where they are asked for")
  func rows() throws {
    let kills = try history(["--json", "--tasks", "--name", "java"]).json["kills"].elements
    let rows = try #require(kills.first)["rows"].elements
    #expect(try rows.map { try $0["pid"].integer } == [812, 4019])
    #expect(try rows.last?["badness"].integer == 900_000 + 634)
  }

  @Test("has a line for each kill where lines are asked for")
  func lines() throws {
    let lines = try history(["--json-lines"]).lines
    #expect(
      try lines.map { try JSON(Array($0.utf8))["victim"]["pid"].integer } == [5120, 4019, 2210])
  }

  @Test("has as many of the latest as are asked for, also as lines and of a named log")
  func count() throws {
    let lines = try history(["--json-lines", "-n", "2"]).lines
    #expect(try lines.map { try JSON(Array($0.utf8))["victim"]["pid"].integer } == [4019, 2210])
    let tree = try FixtureTree([
      "old.log": .init(stringLiteral: Self.kills.map(\.text).joined())
    ])
    let named = try run(
      ["history", "--json", "-n", "1", "\(tree.path)/old.log"], in: Self.environment
    ).json
    #expect(try named["kills"].elements.map { try $0["victim"]["pid"].integer } == [2210])
  }

  @Test("tells of kills that nobody knows the time of, where times are asked for")
  func undated() throws {
    let log = try FixtureTree([
      "log": "[   12.000001] Killed process 9 (a) total-vm:4kB, anon-rss:4kB, file-rss:4kB\n"
    ])
    let words = ["history", "--since", "-1d", "\(log.path)/log"]
    let text = run(words, in: Self.environment).output
    #expect(text.contains("1 kill left out: the log doesn't tell when."))
    let json = try run(words + ["--json"], in: Self.environment).json
    #expect(try json["kills"].elements.isEmpty)
    #expect(try json["undated"].integer == 1)
  }

  @Test("follows until as many came as were asked for", .enabled(if: Executable.path != nil))
  func following() throws {
    let log = try FixtureTree(["log": .init(stringLiteral: Self.kills.map(\.text).joined())])
    let result = try Executable.run(
      "/bin/sh",
      ["-c", "cat \(log.path)/log | \(Executable.path ?? "") history -f -n 2 --json-lines -"])
    let lines = result.output.split(separator: "\n")
    #expect(
      try lines.map { try JSON(Array($0.utf8))["victim"]["pid"].integer } == [5120, 4019])
  }

  @Test("of a named log has nothing of this machine's", arguments: [[], ["-n", "1"], ["show"]])
  func named(words: [String]) throws {
    let tree = try FixtureTree(["old.log": .init(stringLiteral: ShortLog(name: "named").text)])
    let result = run(
      ["history", "--json"] + words + ["\(tree.path)/old.log"], in: Self.environment)
    #expect(try result.json["kernel"] == .null)
    let kills = try result.json["kills"].elements
    #expect(try kills.map { try $0["victim"]["name"].string } == ["named"])
    guard words != ["show"] else { return }
    #expect(try result.json["counted"] == .null)
    #expect(try result.json["sources"].elements.count == 1)
  }

  @Test("counts a kill once that stands in several logs")
  func twice() throws {
    let machine = Self.machine.with {
      $0.files["var/log/messages"] = .init(stringLiteral: Self.kills.map(\.text).joined())
    }
    let tree = try machine.tree()
    let json = try run(["history", "--json"], on: tree, in: Self.environment).json
    #expect(try json["kills"].elements.count == 3)
  }
}

@Suite("History says what is wrong")
struct HistoryRefusalTests {
  private func history(_ words: [String]) throws -> Run {
    try run(["history"] + words, on: HistoryTests.machine.tree(), in: HistoryTests.environment)
  }

  @Test("with a number that no kill has")
  func number() throws {
    let result = try history(["show", "4"])
    #expect(result.errors.hasPrefix("oomctl: there is no kill 4: 3 kills were found\n"))
    #expect(result.status == .failed)
  }

  @Test("with no log at all, in every form", arguments: [[], ["--json"], ["--json-lines"]])
  func blindness(words: [String]) throws {
    let result = try run(["history"] + words, on: FixtureMachine.server.tree())
    #expect(words != ["--json-lines"] || result.output.isEmpty)
    #expect(
      (result.output + result.errors).contains(
        words == ["--json"] ? "false" : "o log could be read, so kills are unknown"))
    #expect(!result.output.contains("any more"))
    #expect(result.status == .failed)
  }

  @Test("of one kill with no log at all")
  func blindStory() throws {
    let result = try run(["history", "show", "1"], on: FixtureMachine.server.tree())
    #expect(result.errors == "oomctl: no log could be read, so kills are unknown\n")
    #expect(result.status == .failed)
  }

  @Test("with a log that isn't there")
  func file() throws {
    let result = try history(["no-such.log"])
    #expect(result.errors.contains("no-such.log"))
    #expect(result.status == .failed)
  }

  @Test(
    "with words that don't fit together",
    arguments: [
      ["show", "1", "--follow"], ["show", "--json-lines"], ["--since", "soon"], ["--boot", "last"],
    ])
  func words(words: [String]) throws {
    #expect(try history(words).status == .usage)
  }
}
