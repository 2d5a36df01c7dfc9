import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("On a terminal")
struct TerminalTests {
  static let commands = [
    [], ["list"], ["rank"], ["explain", "java", "postgres", "sshd"], ["help"], ["help", "list"],
    ["explain", "java", "--kernel", "2.6.32"], ["rank", "-n", "3"], ["memory"],
  ]

  @Test("no line is longer than it is wide", arguments: commands, [80, 100, 200])
  func width(command: [String], width: Int) throws {
    let machine = FixtureMachine.server.with {
      $0[1501].name = Array("a-name-that-is-much-longer-than-names-are-in-the-kernel".utf8)
      $0[4_194_303] = FixtureProcess(4_194_303, "last", resident: 600_000).with { $0.user = 998 }
      $0.files["etc/passwd"] = "systemd-network:x:998:998::/:/bin/false\n"
    }
    let environment = Environment(terminalWidth: width)
    let result = try run(wrapped(command), on: machine.tree(), in: environment)
    for line in plain(result.output) { #expect(line.count <= width, "\(line)") }
  }

  @Test("the narrowest there is stops nothing", arguments: commands, [0, 1, 20])
  func narrow(command: [String], width: Int) throws {
    let environment = Environment(terminalWidth: width)
    let result = try run(wrapped(command), on: FixtureMachine.server.tree(), in: environment)
    #expect(result.status == .done)
    #expect(!result.output.isEmpty)
  }

  @Test(
    "headings are set off unless somebody is against it",
    arguments: [
      ([:], [] as [String], true), (["NO_COLOR": "1"], [], false), (["NO_COLOR": ""], [], true),
      (["TERM": "dumb"], [], false), ([:], ["--color=never"], false),
      (["NO_COLOR": "1"], ["--color=always"], true),
    ])
  func color(variables: [String: String], options: [String], isColored: Bool) throws {
    let environment = Environment(variables: .listed(variables), terminalWidth: 80)
    let list = try run(["list"] + options, on: FixtureMachine.server.tree(), in: environment)
    #expect(list.output.contains("\u{1B}[1m PID") == isColored)
    #expect(list.output.contains("\u{1B}") == isColored)
  }

  @Test(
    "bars are drawn as the locale allows",
    arguments: [
      ([:], "#"), (["LANG": "de_DE.UTF-8"], "█"), (["LANG": "de_DE.utf8"], "█"),
      (["LANG": "de_DE.UTF-8", "LC_ALL": "C"], "#"), (["LC_CTYPE": "C.UTF-8", "LANG": "C"], "█"),
      (["LC_ALL": "", "LANG": "C.UTF-8"], "█"),
    ])
  func bars(variables: [String: String], mark: String) throws {
    let environment = Environment(variables: .listed(variables), terminalWidth: 80)
    let rank = try run(["rank"], on: FixtureMachine.server.tree(), in: environment)
    #expect(rank.output.contains("  \(mark)"))
  }

  @Test("and without one, there is neither colour nor bar nor cut line")
  func noTerminal() throws {
    let machine = FixtureMachine.server.with {
      $0[1200].words = [String(repeating: "long ", count: 100)]
    }
    let tree = try machine.tree()
    let list = run(
      ["list", "-o", "pid,command"], on: tree, in: Environment(variables: ["LANG": "C.UTF-8"]))
    #expect(list.lines.contains { $0.count > 400 })
    let rank = run(["rank"], on: tree, in: Environment(variables: ["LANG": "C.UTF-8"]))
    #expect(!rank.output.contains("\u{1B}"))
    #expect(!rank.output.contains("█"))
  }

  /// The command with options where it takes them: help looks at no machine.
  private func wrapped(_ command: [String]) -> [String] {
    command.first == "help" ? ["list", "--help"] : command
  }

  private func plain(_ output: String) -> [Substring] {
    output.split(separator: "\u{1B}[1m").joined().split(separator: "\u{1B}[0m").joined()
      .split(separator: "\n")
  }
}
