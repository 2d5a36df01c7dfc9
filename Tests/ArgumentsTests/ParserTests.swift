import Arguments
import Testing

@Suite("A command line")
struct ParserTests {
  @Test(
    "gives an option its value",
    arguments: [
      "rank -n3", "rank -n 3", "rank --count=3", "rank --count 3", "rank -qn3", "rank -qn 3",
      "rank -n 7 -n 3", "rank --count +3", "rank -en3 -q",
    ])
  func values(line: String) throws {
    #expect(try command(line, as: Rank.self).count == 3)
  }

  @Test(
    "sets each flag of a cluster",
    arguments: ["rank -qex", "rank -q -ex", "rank --quiet --explain --xml", "rank -xeq 1"])
  func clusters(line: String) throws {
    let rank = try command(line, as: Rank.self)
    #expect(rank.isQuiet && rank.explains && rank.display.format == .xml)
  }

  @Test(
    "mixes options and operands",
    arguments: ["rank 1 2 -q 3", "rank -q 1 2 3", "rank 1 2 3 -q", "rank 1 -q -- 2 3"])
  func mixture(line: String) throws {
    let rank = try command(line, as: Rank.self)
    #expect(rank.processes == [1, 2, 3])
    #expect(rank.isQuiet)
  }

  @Test(
    "takes a value whatever it looks like",
    arguments: ["-oom_score", "--", "-", "--json", "-h", "--help", ""])
  func dashedValues(value: String) throws {
    #expect(try command(["rank", "--sort", value], as: Rank.self).sort == value)
    #expect(try command(["rank", "--sort=" + value], as: Rank.self).sort == value)
  }

  @Test("takes a negative number for a value or an operand")
  func negativeNumbers() throws {
    #expect(try command("adjust -n -500 17", as: Adjust.self).value == -500)
    #expect(try command("adjust -n-500 17", as: Adjust.self).value == -500)
    #expect(try command("adjust --by -5 17", as: Adjust.self).change == -5)
    #expect(try command("rank -500 -q", as: Rank.self).processes == [-500])
    #expect(complaint("-500") == "unknown option '-5'")
    #expect(complaint("rank -5x") == "unknown option '-5'")
    #expect(complaint("run -500 ls") == "unknown option '-5'")
  }

  @Test("takes what follows -- for operands, and a lone - always")
  func endOfOptions() throws {
    let names = try command("adjust -- -n --by -", as: Adjust.self).targets.map(\.name)
    #expect(names == ["-n", "--by", "-"])
    #expect(try command("adjust -", as: Adjust.self).targets.map(\.name) == ["-"])
    #expect(try command("adjust -- -- x", as: Adjust.self).targets.map(\.name) == ["--", "x"])
  }

  @Test(
    "leaves a program's words alone",
    arguments: [
      ("run ls", ["ls"]), ("run ls -n 3 --help", ["ls", "-n", "3", "--help"]),
      ("run -- ls -- -l", ["ls", "--", "-l"]), ("run -n 5 -- -x", ["-x"]),
      ("run ls -- x", ["ls", "--", "x"]), ("-- run ls -h", ["ls", "-h"]),
    ])
  func rest(line: String, words: [String]) throws {
    #expect(try command(line, as: Run.self).words == words)
  }

  @Test(
    "may have options before the command's name",
    arguments: [
      "--root /x rank --json", "--json --root=/x rank", "rank --root /x --json",
      "--root rank rank --root /x --json",
    ])
  func leadingOptions(line: String) throws {
    let rank = try command(line, as: Rank.self)
    #expect(rank.source.root == "/x")
    #expect(rank.display.format == .json)
  }

  @Test("without a command is the overview")
  func overview() throws {
    #expect(try command("", as: Overview.self) == Overview())
    #expect(try command("--root /x", as: Overview.self).source.root == "/x")
  }

  @Test("adds up what may be repeated and keeps the last of what may not")
  func repetition() throws {
    let rank = try command("rank -u a --user=b -o pid,user -o name --json -x", as: Rank.self)
    #expect(rank.users == ["a", "b"])
    #expect(rank.display.columns == [.pid, .user, .name])
    #expect(rank.display.format == .xml)
  }

  @Test("knows an option by all its names", arguments: ["no-headings", "noheadings", "no-headers"])
  func aliases(name: String) throws {
    #expect(try command("rank --\(name)", as: Rank.self).display.headings == false)
  }

  @Test("fills operands by their place")
  func places() throws {
    let generate = try command("generate completions zsh", as: Generate.self)
    #expect(generate.what == .completions)
    #expect(generate.shell == .zsh)
    #expect(try command("generate manual", as: Generate.self).shell == nil)
  }

  @Test(
    "asks for help with whatever stands before the mistake",
    arguments: [
      ("--help", nil), ("-h rank", nil), ("--json -h", nil), ("--help --cout", nil),
      ("rank -h", "rank"), ("rank --help --cout", "rank"), ("rank -qh", "rank"),
      ("--root /x rank 17 --help", "rank"), ("adjust --help", "adjust"), ("run -h ls", "run"),
    ])
  func help(line: String, name: String?) throws {
    guard case .help(let command) = try parse(line) else {
      Issue.record("asks for no help")
      return
    }
    #expect(command?.name == name)
  }

  @Test("asks for the version", arguments: ["-V", "--version", "rank --version", "rank -qV x"])
  func version(line: String) throws {
    guard case .version = try parse(line) else {
      Issue.record("asks for no version")
      return
    }
  }
}
