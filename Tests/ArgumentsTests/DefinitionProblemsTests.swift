import Arguments
import Testing

@Suite("The check of definitions")
struct DefinitionProblemsTests {
  @Test("finds nothing in a sound tool")
  func sound() {
    #expect(sample.definitionProblems() == [])
  }

  @Test("finds each fault")
  func faults() {
    let tool = Tool(
      name: "tool", version: "1", summary: "No stop", discussion: [""],
      overview: Careless.self, commands: [Careless.self, Rank.self])
    #expect(
      tool.definitionProblems() == [
        "the command 'careless' stands twice",
        "the summary of 'tool' doesn't end with a full stop",
        "the discussion of 'tool' doesn't end with a full stop",
        "'careless' takes operands, which would hide the commands",
      ] + (Careless.faults + Careless.faults).map { "careless: \($0)" } + [
        "rank: --count takes a value here or in 'careless', but not in both"
      ])
  }
}

/// Wrong in all that can be wrong.
private struct Careless: Command {
  static let name = "careless"
  static let summary = ""
  static let discussion = ["So"]
  static let examples = [Example("tool careless --x", "Do"), Example("tool rank", "Do it.")]
  static let parameters: [Parameter<Self>] = [
    .flag("count", "n", sets: \.flag, help: "No value."),
    .flag("number", "n", aliases: ["count"], sets: \.flag, help: "Clash."),
    .flag("host", "h", aliases: ["version"], sets: \.flag, help: ""),
    .operands("a", appendsTo: \.words, help: "Many."),
    .operand("b", sets: \.word, help: "Late."),
  ]

  static let faults = [
    "the summary doesn't end with a full stop",
    "the discussion doesn't end with a full stop",
    "the example 'tool careless --x' doesn't end with a full stop",
    "the help of '--host' doesn't end with a full stop",
    "'-n' stands twice", "'--count' stands twice", "'-h' stands twice", "'--version' stands twice",
    "an operand follows one that repeats",
    "'B' follows an optional operand",
    "its example is refused: tool careless --x: unknown option '--x'",
    "not its example: tool rank",
  ]

  var flag = false
  var words: [String] = []
  var word = ""
}
