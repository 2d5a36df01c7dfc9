import Arguments
import Testing

@Suite("A usage error")
struct UsageErrorTests {
  @Test(
    "says what is wrong",
    arguments: [
      ("lst", "unknown command 'lst'"),
      ("rnak", "unknown command 'rnak'; did you mean 'rank'?"),
      ("rank --cout 3", "unknown option '--cout'; did you mean '--count'?"),
      ("rank -c", "unknown option '-c'"),
      ("rank -json", "unknown option '-json'; did you mean '--json'?"),
      ("rank -qz", "unknown option '-z'"),
      ("rank --count", "option '--count' needs a value"),
      ("rank -qn", "option '-n' needs a value"),
      ("rank --json=yes", "option '--json' takes no value, but was given 'yes'"),
      ("rank --help=", "option '--help' takes no value, but was given ''"),
      ("rank -n ten", "invalid value 'ten' for '--count': expected a whole number"),
      ("rank -n=3", "invalid value '=3' for '--count': expected a whole number"),
      ("rank --count=", "empty value for '--count': expected a whole number"),
      ("rank x", "invalid value 'x' for 'PID': expected a whole number"),
      (
        "rank --color=red",
        "invalid value 'red' for '--color': expected one of auto, always, never"
      ),
      (
        "rank -o pid,,user",
        "empty value for '--columns': expected one of pid, user, name, score, badness"
      ),
      ("adjust", "missing operand 'TARGET'"),
      ("run -n 3 --", "missing operand 'COMMAND'"),
      ("generate", "missing operand 'WHAT'"),
      ("generate manual bash x", "unexpected operand 'x'"),
      ("adjust -n 1 --by 2 17", "'--adjust' and '--by' exclude each other"),
    ])
  func words(line: String, complaint expected: String) {
    #expect(complaint(line) == expected)
  }

  @Test(
    "knows the command whose help to read",
    arguments: [("rank --cout", "rank"), ("--json adjust", "adjust"), ("--cout", nil), ("x", nil)])
  func context(line: String, name: String?) {
    let error = #expect(throws: UsageError.self) { try parse(line) }
    #expect(error?.command == name)
  }

  @Test("can be compared")
  func equality() {
    #expect(throws: UsageError.of(command: "adjust", .missingOperand("TARGET"))) {
      try parse("adjust")
    }
    #expect(throws: UsageError.unknownCommand("rnak", suggestion: "rank")) { try parse("rnak") }
  }
}
