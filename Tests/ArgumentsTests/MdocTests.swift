import Testing

@testable import Arguments

@Suite("Words for the manual")
struct MdocTests {
  @Test(
    "that follow a macro are none themselves",
    arguments: [
      ("Ar", #"\&Ar"#), ("Nm x", #"\&Nm x"#), ("Abc", #"\&Abc"#), ("Abcd", "Abcd"), ("A", "A"),
      ("AB", "AB"), ("ABc", "ABc"), ("%T", #"\&%T"#), ("%TX", #"\&%TX"#), ("%TXY", "%TXY"),
      ("ab", #"\&ab"#), ("a1", "a1"), (".", #"\&\&."#), ("|", #"\&|"#), ("7", "7"), ("a b", "a b"),
      ("--x", #"\-\-x"#), ("a-b", #"a\-b"#), ("", ""),
    ])
  func arguments(words: String, escaped: String) { #expect(Mdoc.arguments(words) == escaped) }

  @Test(
    "stand a sentence a line",
    arguments: [
      ("One. Two.", ["One.", "Two."]), ("One. two.", ["One. two."]),
      ("One? Two! Three", ["One?", "Two!", "Three"]),
      ("(One.) Two.", ["(One.)", "Two."]), ("One) Two", ["One) Two"]), ("e.g. this", ["e.g. this"]),
      (".x y", [#"\&.x y"#]), ("", [""]), ("A. .B", ["A. .B"]),
    ])
  func sentences(text: String, lines: [String]) { #expect(Mdoc.text(text) == lines) }

  @Test(
    "have a minus sign where they are typed, and a hyphen between letters",
    arguments: [
      ("well-known", "well-known"), ("-x", #"\-x"#), ("--long-name", #"\-\-long\-name"#),
      ("1-2", #"1\-2"#), ("a-1", #"a\-1"#), ("a-", #"a\-"#), ("x-y-z", #"x\-y\-z"#),
      ("'--x", #"\(aq\-\-x"#),
      ("ab-cd-ef", "ab-cd-ef"), ("(-5)", #"(\-5)"#), ("((-a", #"((\-a"#),
    ])
  func hyphens(word: String, escaped: String) { #expect(Mdoc.text(word) == [escaped]) }

  @Test("that look as they are typed have only minus signs, and no markup")
  func literal() {
    #expect(Mdoc.literal("a-b -c") == #"a\-b \-c"#)
    #expect(Mdoc.literal(".x") == #"\&.x"#)
    #expect(Mdoc.literal("\\'`\"^~x") == #"\e\(aq\(ga\(dq\(ha\(tix"#)
  }
}

@Suite("Text in lines")
struct TextLayoutTests {
  @Test(
    "is broken where a line would be too long, but none below twenty columns",
    arguments: [
      ("aaaa bbbb cccc dddd", 80, "aaaa bbbb cccc dddd"),
      ("aaaa bbbb cccc dddd", 19, "aaaa bbbb cccc dddd"),
      ("aaaa bbbb cccc dddd e", 20, "aaaa bbbb cccc dddd\ne"),
      ("aaaa bbbb cccc dddd e", 21, "aaaa bbbb cccc dddd e"),
      ("aaaa bbbb cccc dddd ee", 21, "aaaa bbbb cccc dddd\nee"),
      ("aaaa bbbb cccc dddd ee", 5, "aaaa bbbb cccc dddd\nee"), ("", 80, ""),
      ("aaaaaaaaaaaaaaaaaaaaaaaaa b", 20, "aaaaaaaaaaaaaaaaaaaaaaaaa\nb"),
    ])
  func paragraphs(text: String, width: Int, expected: String) {
    #expect(TextLayout(width: width).paragraph(text) == expected)
  }

  @Test("may be indented, at the cost of its width")
  func indent() {
    let layout = TextLayout(width: 25)
    #expect(layout.paragraph("aaaa bbbb cccc dddd ee", indent: 3) == "   aaaa bbbb cccc dddd ee")
    #expect(
      layout.paragraph("aaaa bbbb cccc dddd eee", indent: 3) == "   aaaa bbbb cccc dddd\n   eee")
  }

  @Test(
    "stands beside its term, or below where that is too long",
    arguments: [
      ("a", "  a     text"), ("abcd", "  abcd  text"), ("abcde", "  abcde\n        text"),
    ])
  func entries(term: String, expected: String) {
    #expect(TextLayout(width: 80, column: 8).entry(term, "text") == expected)
    #expect(TextLayout(width: 80).entry(term, "text") == "  \(term)\ntext")
  }
}

@Suite("The way in which a parameter is spelt")
struct SpellingTests {
  @Test("tells its value, its repetition and whether it is needed")
  func usage() {
    let option = ParameterInfo(
      name: "list", short: "l", aliases: ["all"], form: .option, multiplicity: .list,
      placeholder: "X", completion: .choices(["a", "b"]), help: "Help.")
    #expect(option.value == "X,..." && option.spellings == ["-l", "--list", "--all"])
    #expect(option.explanation == "Help. Any of a, b. Also --all.")
    var once = option
    once.multiplicity = .once
    #expect(once.value == "X" && once.explanation == "Help. One of a, b. Also --all.")
    once.placeholder = "a|b"
    #expect(once.explanation == "Help. Also --all.")
    once.multiplicity = .repeated
    #expect(once.explanation == "Help. May be repeated. Also --all.")
    let flag = ParameterInfo(name: "x", form: .flag, help: "Help.")
    #expect(flag.value == nil && flag.isOption && flag.spelling == "--x")
    #expect(flag.explanation == "Help.")
    var operand = ParameterInfo(name: "pid", form: .operand, help: "Help.")
    #expect(operand.usage == "[PID]" && !operand.isOption && operand.value == nil)
    operand.isRequired = true
    #expect(operand.usage == "PID")
    operand.multiplicity = .repeated
    #expect(operand.usage == "PID..." && operand.explanation == "Help.")
    let rest = ParameterInfo(
      name: "command", form: .rest, multiplicity: .repeated, isRequired: true, help: "Help.")
    #expect(rest.usage == "COMMAND [ARGUMENT]..." && !rest.isOption)
  }

  @Test("puts operands first, then options without a group, then the groups")
  func groups() {
    let all: [ParameterInfo] = [
      .init(name: "a", form: .flag, group: "Z", help: ""), .init(name: "b", form: .flag, help: ""),
      .init(name: "c", form: .operand, help: ""),
      .init(name: "d", form: .option, group: "Y", help: ""),
      .init(name: "e", form: .flag, group: "Z", help: ""),
    ]
    #expect(all.groups.map(\.title) == ["Operands", "Options", "Z", "Y"])
    #expect(all.groups.map { $0.parameters.map(\.name) } == [["c"], ["b"], ["a", "e"], ["d"]])
    #expect([all[0]].groups.map(\.title) == ["Z"])
  }
}

@Suite("A command that stands alone")
struct StandingTests {
  private struct Alone: Command {
    static let name = "alone"
    static let summary = "Stand alone."
    static let standsAlone = true
    static let parameters: [Parameter<Self>] = [.operand("a", sets: \.word, help: "A.")]
    var word = ""
    mutating func validate() throws(UsageError) { throw .other("validated") }
  }

  private struct Dependent: Command {
    static let name = "dependent"
    static let summary = "Need a word."
    static let parameters: [Parameter<Self>] = Alone.parameters.within(\.alone)
    var alone = Alone()
  }

  @Test("isn't looked at where no word follows it, and others are")
  func bare() throws {
    var alone = Alone()
    #expect(try alone.take([]) == nil)
    #expect(throws: UsageError.other("validated")) { _ = try alone.take(["x"]) }
    #expect(alone.word == "x")
    var dependent = Dependent()
    #expect(throws: UsageError.missingOperand("A")) { _ = try dependent.take([]) }
    #expect(try dependent.take(["-h"]) == .help && dependent.take(["--version"]) == .version)
  }

  @Test("is named by the first word that is no option, wherever that stands")
  func choice() throws {
    #expect(try sample.choose(["rank", "x"]) == .command(0, words: ["x"]))
    #expect(
      try sample.choose(["--root", "/", "rank", "x"]) == .command(0, words: ["--root", "/", "x"]))
    #expect(try sample.choose([]) == .overview(words: []))
    #expect(try sample.choose(["--json"]) == .overview(words: ["--json"]))
    for word in ["-h", "--help"] { #expect(try sample.choose([word]) == .question(.help)) }
    for word in ["-V", "--version"] { #expect(try sample.choose([word]) == .question(.version)) }
    #expect(try sample.choose(["--json", "-h"]) == .question(.help))
    #expect(try sample.choose(["-V", "rank"]) == .question(.version))
    #expect(try sample.choose(["rank", "-h"]) == .command(0, words: ["-h"]))
  }
}
