import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A wrong command line")
struct WrongWordsTests {
  @Test(
    "is answered with one line and where to read on",
    arguments: [
      (["--cout"], "unknown option '--cout'", ""),
      (["rank", "--cout=3"], "unknown option '--cout'; did you mean '--count'?", "rank"),
      (["list", "--jason"], "unknown option '--jason'; did you mean '--json'?", "list"),
      (["list", "-json"], "unknown option '-json'; did you mean '--json'?", "list"),
      (["rnak"], "unknown command 'rnak'; did you mean 'rank'?", ""),
      (["frobnicate"], "unknown command 'frobnicate'", ""),
      ([""], "unknown command ''", ""),
      (["rank", "-n"], "option '-n' needs a value", "rank"),
      (["rank", "--json=yes"], "option '--json' takes no value, but was given 'yes'", "rank"),
      (["rank", "-n", "0"], Self.count("0"), "rank"),
      (["rank", "-n-3"], Self.count("-3"), "rank"),
      (["rank", "-n", "1000001"], Self.count("1000001"), "rank"),
      (["rank", "-n", "99999999999999999999"], Self.count("99999999999999999999"), "rank"),
      (["rank", "-n", "ten"], Self.count("ten"), "rank"),
      (["list", "99999999999999999999"], Self.process("99999999999999999999"), "list"),
      (["list", "0"], Self.process("0"), "list"), (["list", "-5"], Self.process("-5"), "list"),
      (["list", "17:"], Self.process("17:"), "list"),
      (["list", ""], "empty value for 'PROCESS': expected \(Self.processes)", "list"),
      (
        ["list", "--match", "("],
        Self.value("(", "--match", "an extended regular expression: a ( has no )"),
        "list"
      ),
      (
        ["list", "--match", ""],
        "empty value for '--match': expected an extended regular expression", "list"
      ),
      (["list", "--name="], "empty value for '--name': expected a text that isn't empty", "list"),
      (["list", "--exe", ""], "empty value for '--exe': expected a text that isn't empty", "list"),
      (
        ["list", "--root", ""], "empty value for '--root': expected a text that isn't empty", "list"
      ),
      (
        ["list", "--cgroup", "/a/../b"],
        Self.value("/a/../b", "--cgroup", "a memory cgroup's path, as /system.slice/ssh.service"),
        "list"
      ),
      (
        ["list", "--kernel", "2.2.19"],
        Self.value("2.2.19", "--kernel", "a kernel version from 2.4 on, as 6.1 or 5.10.0-32-amd64"),
        "list"
      ),
      (
        ["list", "--page-size", "3000"],
        Self.value("3000", "--page-size", "a power of two from 1K to 1M, as 4096 or 64K"), "list"
      ),
      (
        ["help", "nothing"],
        Self.value(
          "nothing", "COMMAND",
          "a command: \(commands)"
        ),
        "help"
      ),
      (["generate", "completions"], "missing operand 'WHICH'", "generate"),
      (
        ["metrics", "--top", "1001"], Self.value("1001", "--top", "a whole number from 0 to 1000"),
        "metrics"
      ),
      (["generate", "manual", "zsh"], "unexpected operand 'zsh'", "generate"),
      (["generate"], "missing operand 'WHAT'", "generate"),
    ])
  func message(words: [String], message: String, command: String) {
    let result = run(words)
    let help = ["oomctl", command, "--help"].filter { !$0.isEmpty }.joined(separator: " ")
    #expect(result.errors == "oomctl: \(message)\nTry '\(help)'.\n")
    #expect(result.output.isEmpty)
    #expect(result.status == .usage)
  }

  @Test(
    "lists what a choice may be",
    arguments: [
      (["list", "-o", "pid,colour"], "-o", "colour"),
      (["list", "--sort", "size"], "--sort", "size"),
      (["list", "-o", ""], "--columns", ""),
    ])
  func choices(words: [String], option: String, value: String) {
    let result = run(words)
    #expect(result.errors.contains("expected a column: pid, ppid, uid, user, name, command,"))
    #expect(result.status == .usage)
  }

  @Test("names the first kernels of eras")
  func eras() {
    let errors = run(["rank", "--rule", "5.10"]).errors
    #expect(errors.contains("expected the first kernel of an era: 2.4, 2.6.0, "))
    #expect(errors.contains(", 4.17, 5.9\n"))
  }

  @Test(
    "shows nothing raw of what was typed",
    arguments: [
      "--\u{1B}[31mred", "--a\nb", "\u{202E}knar", "--root\u{7}", "\u{9B}1m",
    ])
  func hostile(word: String) {
    let result = run([word])
    #expect(result.errors.unicodeScalars.allSatisfy(isHarmless))
    #expect(result.errors.split(separator: "\n").count == 2)
    #expect(result.status == .usage)
  }

  @Test("is met by the name that the program was called by")
  func otherName() {
    let errors = run(["--nothing"], in: Environment(name: "oom")).errors
    #expect(errors == "oom: unknown option '--nothing'\nTry 'oom --help'.\n")
  }

  private static let commands =
    "list, rank, explain, predict, memory, groups, doctor, history, watch, protect, unprotect, adjust, run, tune, undo, guard, drill, metrics, help, generate, dump"
  private static let processes = "a process number from 1 to 2147483647, or a name"

  private static func value(_ value: String, _ parameter: String, _ expectation: String) -> String {
    "invalid value '\(value)' for '\(parameter)': expected \(expectation)"
  }

  private static func count(_ value: String) -> String {
    Self.value(value, "--count", "a whole number from 1 to 1000000")
  }

  private static func process(_ value: String) -> String { Self.value(value, "PROCESS", processes) }
}
