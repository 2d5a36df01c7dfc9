import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

/// Each side gets a process of its own, and the words that say the same to both.
@Suite(
  "Side by side with choom",
  .enabled(if: Executable.tool("choom") != nil && Executable.canRunApart, "choom is installed"))
struct ChoomTests {
  private func choom(_ words: [String]) throws -> Executable.Result {
    try Executable.run(try #require(Executable.tool("choom")), words)
  }

  private func adjust(_ words: [String]) throws -> Executable.Result {
    try Executable.runApart(["adjust"] + words, journalIn: FixtureTree())
  }

  @Test("adjust -p shows the same numbers", arguments: [0, 300, 1000])
  func shows(value: Int) throws {
    let child = try Child()
    let start = try child.adjustment
    try child.setAdjustment(max(start, value))
    let row = try #require(
      try JSON(Array(adjust(["-p", "\(child.id)", "--json"]).output.utf8))["processes"].elements
        .first)
    #expect(
      try choom(["-p", "\(child.id)"]).output == """
        pid \(child.id)'s current OOM score: \(row["oom_score"].integer)
        pid \(child.id)'s current OOM score adjust value: \(row["oom_score_adj"].integer)

        """)
  }

  @Test(
    "adjust sets the same value", arguments: [["-n", "700"], ["-n700"], ["--adjust", "1000"]],
    [["-p"], ["--pid"]])
  func sets(value: [String], pid: [String]) throws {
    let (one, other) = (try Child(), try Child())
    for words in [value + pid, pid] {
      let isLast = words == pid
      let numbers = { (id: Int32) in isLast ? words + ["\(id)"] + value : words + ["\(id)"] }
      #expect(try choom(numbers(one.id)).status == 0)
      #expect(try adjust(numbers(other.id)).status == 0)
      #expect(try one.adjustment == other.adjustment)
    }
    #expect(try one.adjustment >= 700)
  }

  @Test(
    "adjust fails alike, but tells a wrong word from a failure as everywhere in oomctl: 2, not 1",
    arguments: [
      (["-p", "2147483647"], 1, 1), (["-p", "2147483647", "-n", "5"], 1, 1),
      (["-p", "CHILD", "-n", "1001"], 1, 2), (["-p", "CHILD", "-n", "-1001"], 1, 2),
      (["-p", "CHILD", "-n", "many"], 1, 2), (["-p", "many", "-n", "5"], 1, 2), (["-n"], 1, 2),
      (["-n", "5"], 1, 2), ([], 1, 2), (["--nothing"], 1, 2),
    ])
  func failures(words: [String], theirs: Int, ours: Int) throws {
    let child = try Child()
    let start = try child.adjustment
    let words = words.map { $0 == "CHILD" ? "\(child.id)" : $0 }
    #expect(try choom(words).status == theirs)
    let result = try adjust(words)
    #expect(result.status == ours && !result.errors.isEmpty)
    // What can't be done is a row, a wrong word is none.
    #expect(result.output.isEmpty || ours == 1)
    let end = try child.adjustment
    #expect(end == start)
  }

  @Test("adjust is refused alike below the floor", .enabled(if: Ability.meetsFloor))
  func floor() throws {
    let child = try Child()
    let words = ["-p", "\(child.id)", "-n", "-1000"]
    #expect(try choom(words).status == 1)
    #expect(try adjust(words).status == 1)
  }

  @Test(
    "run starts a command with the same value, and ends as it ends",
    arguments: [
      ["cat", "/proc/self/oom_score_adj"], ["sh", "-c", "exit 7"], ["sh", "-c", "kill -9 $$"],
      ["sh", "-c", "printf '[%s]' \"$0\" \"$@\"", "", "a b", "-n", "--"], ["/nonexistent"],
      ["no-such-program"], ["/etc/passwd"], ["/"], ["/etc/passwd/x"], [""],
    ])
  func commands(words: [String]) throws {
    let theirs = try choom(["-n", "700", "--"] + words)
    let ours = try Executable.run(["run", "-n", "700", "--"] + words)
    #expect(ours.output == theirs.output)
    #expect(ours.status == theirs.status)
    #expect(ours.errors.isEmpty == theirs.errors.isEmpty)
  }

  @Test(
    "run fails with 125, as env(1) does, so that it isn't taken for the command's own 1",
    arguments: [["-n", "1001", "--", "true"], ["-n", "many", "--", "true"], ["-n", "5", "--"]])
  func runFailures(words: [String]) throws {
    #expect(try choom(words).status == 1)
    let ours = try Executable.run(["run"] + words)
    #expect(ours.status == 125 && !ours.errors.isEmpty && ours.output.isEmpty)
  }
}
