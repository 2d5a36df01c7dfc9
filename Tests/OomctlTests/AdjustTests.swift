import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("An adjustment of processes")
struct AdjustTests {
  @Test(
    "is set, or changed by so much, within its range",
    arguments: [
      (["-n", "500", "1200"], "java[1200] oom_score_adj 0 -> 500 done"),
      (["-p", "1200", "-n", "-1000"], "java[1200] oom_score_adj 0 -> -1000 done"),
      (["--adjust=1000", "java"], "java[1200] oom_score_adj 0 -> 1000 done"),
      (["-n-5", "--user", "app"], "java[1200] oom_score_adj 0 -> -5 done"),
      (["-n", "500", "1300"], "fluentd[1300] oom_score_adj 500 -> 500 unchanged"),
      (["--by", "+100", "1500"], "firefox[1500] oom_score_adj 100 -> 200 done"),
      (["--by", "-400", "1501"], "Web Content[1501] oom_score_adj 300 -> -100 done"),
      (["--by=0", "1300"], "fluentd[1300] oom_score_adj 500 -> 500 unchanged"),
      (["--by", "2000", "1300"], "fluentd[1300] oom_score_adj 500 -> 1000 done"),
      (["--by", "-101", "900"], "postgres[900] oom_score_adj -900 -> -1000 done"),
      (["--legacy", "-n", "15", "1200"], "java[1200] oom_adj 0 -> 15 done"),
      (["--legacy", "--by", "+30", "1200"], "java[1200] oom_adj 0 -> 15 done"),
      (["--legacy", "--by", "-30", "1200"], "java[1200] oom_adj 0 -> -17 done"),
    ])
  func values(words: [String], expected: String) throws {
    let tree = try FixtureMachine.server.tree()
    let result = run(["adjust", "--json"] + words, on: tree)
    #expect(try result.rows == [expected])
    #expect(result.errors.isEmpty && result.status == .done)
    let words = expected.split(whereSeparator: { " []".contains($0) }).suffix(6)
    let file = "\(tree.path)/proc/\(words.first ?? "")/\(words.dropFirst().first ?? "")"
    let value = words.dropLast().last ?? ""
    #expect(try text(at: file).split(separator: "\n") == [value])
  }

  @Test(
    "is converted to the scale of a kernel that has only the old one",
    arguments: [
      (["-n", "1000"], 15), (["-n", "-1000"], -17), (["-n", "-999"], -16), (["-n", "-900"], -15),
      (["-n", "500"], 9), (["-n", "1"], 0), (["-n", "30"], 1), (["-n", "-30"], -1),
      (["--by", "+100"], 2), (["--by", "-2000"], -17), (["--legacy", "-n", "8"], 8),
      (["--legacy", "--by", "-3"], -3),
    ])
  func oldKernel(words: [String], expected: Int) throws {
    let tree = try FixtureMachine.server.with { $0.kernel = "2.6.32" }.tree()
    let result = run(["adjust", "--json", "1200"] + words, on: tree)
    let name = expected == 0 ? "unchanged" : "done"
    #expect(try result.rows == ["java[1200] oom_adj 0 -> \(expected) \(name)"])
    let found = try text(at: "\(tree.path)/proc/1200/oom_adj").split(separator: "\n")
    #expect(found == ["\(expected)"])
    let files = try tree.contents().keys
    #expect(!files.contains { $0.hasSuffix("oom_score_adj") })
  }

  @Test("is reported as a table, and in JSON")
  func report() throws {
    let tree = try FixtureMachine.server.tree()
    #expect(
      run(["adjust", "-n", "500", "1200", "1300"], on: tree).lines == [
        "TARGET         FILE           OLD  NEW  RESULT",
        "java[1200]     oom_score_adj    0  500  done",
        "fluentd[1300]  oom_score_adj  500  500  unchanged",
      ])
    let json = try run(["adjust", "-n", "0", "1200", "--json"], on: tree).json
    #expect(try json.members.map(\.key).suffix(2) == ["changes", "hints"])
    let change = try #require(try json["changes"].elements.first)
    let expected: [(String, JSON)] = [
      ("target", "java[1200]"), ("file", .text("\(tree.path)/proc/1200/oom_score_adj")),
      ("old", 500), ("new", 0), ("result", "done"), ("error", nil),
    ]
    #expect(try change.members.map(\.key) == expected.map(\.0))
    for (key, value) in expected { #expect(try change[key] == value, "\(key)") }
  }

  @Test("is only shown where none is given", arguments: [["-p", "1200"], ["java"], ["1200"]])
  func shown(words: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    let before = try tree.contents()
    #expect(
      run(["adjust"] + words, on: tree).lines == [
        " PID  USER  SCORE  ADJ  NAME", "1200  app     972    0  java",
      ])
    let old = run(["adjust", "--legacy"] + words, on: tree)
    #expect(old.lines.first == " PID  USER  SCORE  OOM-ADJ  NAME")
    let row = try #require(try run(["adjust", "--json"] + words, on: tree).processes.first)
    #expect(try row["oom_score"] == 972 && row["oom_score_adj"] == 0)
    #expect(try tree.contents() == before)
  }

  @Test(
    "is a matter of right words",
    arguments: [
      (["-n", "5", "--by", "5", "1200"], "--adjust and --by exclude each other"),
      (["-n"], "option '-n' needs a value"), (["1200", "--by"], "option '--by' needs a value"),
      (["-n", "5"], "missing operand 'PROCESS'"), (["--by=5"], "missing operand 'PROCESS'"),
      ([], "missing operand 'PROCESS'"),
      (["-n", "1001", "1200"], Self.range("1001", "--adjust", "-1000 to 1000")),
      (["-n", "-1001", "1200"], Self.range("-1001", "--adjust", "-1000 to 1000")),
      (["--legacy", "-n", "16", "1200"], Self.range("16", "--adjust", "-17 to 15")),
      (["--legacy", "-n", "-18", "1200"], Self.range("-18", "--adjust", "-17 to 15")),
      (["--by", "2001", "1200"], Self.range("2001", "--by", "-2000 to 2000, as +100 or -50")),
      (["--by", "a", "1200"], Self.range("a", "--by", "-2000 to 2000, as +100 or -50")),
    ])
  func wrongWords(words: [String], message: String) throws {
    let tree = try FixtureMachine.server.tree()
    let before = try tree.contents()
    let result = run(["adjust", "--root", tree.path] + words)
    #expect(result.errors == "oomctl: \(message)\nTry 'oomctl adjust --help'.\n")
    #expect(result.output.isEmpty && result.status == .usage)
    #expect(try tree.contents() == before)
  }

  private static func range(_ value: String, _ parameter: String, _ range: String) -> String {
    "invalid value '\(value)' for '\(parameter)': expected a whole number from \(range)"
  }
}
