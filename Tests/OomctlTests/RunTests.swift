import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "A program that is started with an adjustment",
  .enabled(if: Executable.path != nil, "the program lies beside the tests"))
struct RunTests {
  /// Runs a script that calls the program `"$0"`.
  private func shell(_ script: String, _ words: [String] = []) throws -> Executable.Result {
    try Executable.run("/bin/sh", ["-c", script, try #require(Executable.path)] + words)
  }

  @Test("has it from the first moment", arguments: [700, 1000])
  func value(value: Int) throws {
    let words = ["run", "--adjust", "\(value)", "--", "cat", "/proc/self/oom_score_adj"]
    let result = try Executable.run(words)
    #expect(result.output == "\(value)\n")
    #expect(result.errors.isEmpty && result.status == 0)
  }

  @Test("keeps the number of the process, and no wrapper above it")
  func sameProcess() throws {
    let result = try shell("echo $$ $PPID; exec \"$0\" run -n 700 -- sh -c 'echo $$ $PPID'")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2 && lines.first == lines.last)
    #expect(result.status == 0)
  }

  @Test(
    "gets its words as they are",
    arguments: [
      ["a b", "", "c\nd", "*", "$HOME", "'"], ["-n", "5", "--help", "--", "-"], ["--"], [],
      ["é", "\u{7}"],
    ])
  func words(words: [String]) throws {
    let script = ["sh", "-c", "printf '[%s]' $# \"$@\"", "sh"]
    let result = try Executable.run(["run", "-n", "700", "--"] + script + words)
    let shown = words.isEmpty ? "" : "[" + words.joined(separator: "][") + "]"
    #expect(result.output == "[\(words.count)]\(shown)")
  }

  @Test("keeps its options to itself without the two dashes too")
  func noDashes() throws {
    let result = try Executable.run(["run", "-n700", "printf", "[%s]", "-n", "--help"])
    #expect(result.output == "[-n][--help]")
    #expect(result.status == 0)
  }

  @Test(
    "gets signals as they were: none is ignored on its behalf",
    arguments: [
      "trap - PIPE", "trap '' PIPE", "trap '' PIPE INT", "trap '' XFSZ", "trap '' PIPE XFSZ",
    ])
  func signals(disposition: String) throws {
    let seen = "grep -E '^Sig(Ign|Blk|Cgt)' /proc/self/status"
    let result = try shell("\(disposition); \(seen); \"$0\" run -n 700 -- \(seen)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 6 && lines.prefix(3) == lines.suffix(3))
  }

  @Test("ends by SIGPIPE where nobody reads any more")
  func closedPipe() throws {
    let endless = "\"$0\" run -n 700 -- sh -c 'while echo x; do :; done'"
    let result = try shell("{ env --default-signal=PIPE \(endless); echo $? >&2; } | true")
    #expect(result.errors == "141\n")
  }

  @Test("inherits no file of oomctl's")
  func descriptors() throws {
    let result = try shell("ls /proc/self/fd; echo; \"$0\" run -n 700 -- ls /proc/self/fd")
    let lists = result.output.split(separator: "\n\n")
    #expect(
      lists.count == 2 && lists.first?.split(separator: "\n") == lists.last?.split(separator: "\n"))
  }

  @Test(
    "isn't started where the words are wrong",
    arguments: [
      (["--", "echo"], "option '--adjust' is required"), (["-n"], "option '-n' needs a value"),
      (
        ["-n", "1001", "echo"],
        "invalid value '1001' for '--adjust': expected a whole number from -1000 to 1000"
      ),
      (["-n", "5"], "missing operand 'COMMAND'"), (["-n", "5", "--"], "missing operand 'COMMAND'"),
      (["--nothing", "echo"], "unknown option '--nothing'"),
    ])
  func wrongWords(words: [String], message: String) throws {
    let result = try Executable.run(["run"] + words, name: "oomctl")
    #expect(result.errors == "oomctl: \(message)\nTry 'oomctl run --help'.\n")
    #expect(result.output.isEmpty && result.status == 125)
  }

  @Test("isn't started where the adjustment can't be set", .enabled(if: Ability.meetsFloor))
  func floor() throws {
    let result = try Executable.run(
      ["run", "-n", "-1000", "--", "echo", "started"], name: "oomctl")
    #expect(result.errors.hasPrefix("oomctl: the adjustment can't be set: oomctl["))
    #expect(result.errors.contains("/oom_score_adj: Permission denied\n"))
    #expect(result.output.isEmpty && result.status == 125)
  }

  @Test(
    "may not be there, or not be one",
    arguments: [
      ("/nonexistent", "No such file or directory", 127),
      ("no-such-program", "No such file or directory", 127),
      ("/etc/passwd", "Permission denied", 126), ("/etc/passwd/x", "Not a directory", 126),
    ])
  func noProgram(program: String, reason: String, status: Int) throws {
    // A folder of the path that may not be searched would be the reason else.
    let result = try shell("PATH=/usr/bin:/bin; \"$0\" run -n 700 -- \"$1\" x", [program])
    #expect(result.errors == "oomctl: \(program): \(reason)\n")
    #expect(result.output.isEmpty && result.status == status)
  }
}
