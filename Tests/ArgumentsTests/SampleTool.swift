import Arguments

/// A tool with every kind of parameter.
let sample = Tool(
  name: "sample", version: "1.0", summary: "Show and change what isn't there.",
  discussion: [
    "Nothing is read. It's a sample, as 'yes' or \\fB would be; .dots at a line's start are text.",
    ".TH is no request here, and -1000 no option. See --root.",
  ],
  overview: Overview.self,
  commands: [Rank.self, Adjust.self, Run.self, Generate.self, Help.self],
  sections: [
    ManualSection("EXIT STATUS", [.init("0", "Done."), .init("2", "Usage.")]),
    ManualSection("FILES", [.init("/etc/sample-rules.conf", "What is always done.")]),
    ManualSection("ENVIRONMENT", [.init("NO_COLOR", "Turns colours off.")]),
    ManualSection("SCORING", [.init("Ar", "A word that mdoc would take for a macro.")]),
  ],
  seeAlso: ["proc(5)", "choom(1)", "systemd.exec(5)"])

enum Colouring: String, CaseIterable, ArgumentValue { case auto, always, never }
enum Column: String, CaseIterable, ArgumentValue { case pid, user, name, score, badness }
enum Format: String { case text, json, xml }

struct Source: Equatable {
  static let parameters: [Parameter<Self>] = [
    .option(
      "root", sets: \.root, placeholder: "DIR", completion: .directories, group: "Source",
      help: "Read all files below this directory."),
    .option("kernel", sets: \.kernel, group: "Source", help: "Score as this kernel does."),
  ]

  var root = "/"
  var kernel: Int?
}

struct Display: Equatable {
  static let parameters: [Parameter<Self>] = [
    .flag("json", sets: \.format, to: .json, group: "Display", help: "Show JSON."),
    .flag("xml", "x", sets: \.format, to: .xml, group: "Display", help: "Show XML."),
    .flag(
      "no-headings", aliases: ["noheadings", "no-headers"], sets: \.headings, to: false,
      group: "Display", help: "Leave out the line of headings."),
    .list(
      "columns", "o", appendsTo: \.columns, placeholder: "COLUMN", group: "Display",
      help: "Show these columns."),
    .option("color", sets: \.colour, group: "Display", help: "Colour what is shown."),
  ]

  var format = Format.text
  var headings = true
  var columns: [Column] = []
  var colour = Colouring.auto
}

struct Overview: Command, Equatable {
  static let name = "overview"
  static let summary = "Show how this machine stands."
  static let parameters: [Parameter<Self>] =
    Source.parameters.within(\.source) + Display.parameters.within(\.display)

  var source = Source()
  var display = Display()
}

struct Rank: Command, Equatable {
  static let name = "rank"
  static let summary = "List what goes first."
  static let group: String? = "See"
  static let discussion = [
    "The longest of these lines is meant to be wrapped, so it goes on and on."
  ]
  static let examples = [
    Example("sample rank -n 3", "List the first three."),
    Example("sample rank --json | jq '.[]'", "Hand them to another program."),
  ]
  static let parameters: [Parameter<Self>] =
    [
      .option("count", "n", sets: \.count, help: "Show at most this many."),
      .option("sort", sets: \.sort, placeholder: "KEY", help: "Order by this key; -KEY reverses."),
      .flag("quiet", "q", sets: \.isQuiet, help: "Show nothing but the list."),
      .flag("explain", "e", sets: \.explains, help: "Show how each came about."),
      .options(
        "user", "u", appendsTo: \.users, placeholder: "USER", completion: .users,
        group: "Selection", help: "Only of this user."),
      .option("unit", sets: \.unit, completion: .units, group: "Selection", help: "Only of it."),
      .option("cgroup", sets: \.group, completion: .cgroups, group: "Selection", help: "In it."),
      .operands("pid", appendsTo: \.processes, help: "Only these."),
    ] + Source.parameters.within(\.source) + Display.parameters.within(\.display)

  var count = 10
  var sort = "score"
  var isQuiet = false
  var explains = false
  var users: [String] = []
  var unit: String?
  var group: String?
  var processes: [Int] = []
  var source = Source()
  var display = Display()
}

struct Adjust: Command, Equatable {
  static let name = "adjust"
  static let summary = "Make it more or less likely."
  static let group: String? = "Act"
  static let examples = [Example("sample adjust -n -500 sshd", "Make sshd less likely.")]
  static let parameters: [Parameter<Self>] = [
    .option("adjust", "n", sets: \.value, help: "Set this value."),
    .option("by", sets: \.change, placeholder: "±N", help: "Add this to the present value."),
    .operands("target", appendsTo: \.targets, required: true, help: "What to change."),
  ]

  var value: Int?
  var change: Int?
  var targets: [Target] = []

  mutating func validate() throws(UsageError) {
    if value != nil && change != nil {
      throw .contradiction("'--adjust' and '--by' exclude each other")
    }
  }
}

/// A value of its own kind, with its own way to be completed.
struct Target: ArgumentValue, Equatable {
  static let placeholder = "PROCESS"
  static let completion = Completion.processes
  static let expectation = "a number or a name"

  var name: String

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    name = argument
  }
}

struct Run: Command, Equatable {
  static let name = "run"
  static let summary = "Start a program."
  static let group: String? = "Act"
  static let parameters: [Parameter<Self>] = [
    .option("adjust", "n", sets: \.value, help: "Start it with this value."),
    .rest("command", sets: \.words, help: "The program and its arguments."),
  ]

  var value = 0
  var words: [String] = []
}

struct Generate: Command, Equatable {
  enum What: String, CaseIterable, ArgumentValue { case manual, completions }
  enum Kind: String, CaseIterable, ArgumentValue { case bash, zsh, fish }

  static let name = "generate"
  static let summary = "Write what belongs to the program."
  static let parameters: [Parameter<Self>] = [
    .operand("what", sets: \.what, help: "What to write."),
    .operand("shell", sets: \.shell, help: "For which shell."),
  ]

  var what = What.manual
  var shell: Kind?
}

struct Help: Command, Equatable {
  struct Name: ArgumentValue, Equatable {
    static let placeholder = "COMMAND"
    static let completion = Completion.commands
    static let expectation = "a command"
    var text: String
    init?(argument: String) { text = argument }
  }

  static let name = "help"
  static let summary = "Tell about a command."
  static let parameters: [Parameter<Self>] = [
    .operand("command", sets: \.command, help: "Which command.")
  ]

  var command: Name?
}
