import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A change of adjustments")
struct AdjustSafetyTests {
  private static let initReason =
    "is process 1: the kernel spares the system's, and all that it starts would inherit"
  private static let threadReason = "is a thread of the kernel, which is never killed"

  @Test(
    "is refused for process 1 and the kernel's threads, unless it is forced",
    arguments: [
      (1, "systemd[1]", Self.initReason), (2, "kthreadd[2]", Self.threadReason),
      (30, "kswapd0[30]", Self.threadReason),
    ])
  func untouchable(id: Int, label: String, reason: String) throws {
    let tree = try FixtureMachine.server.tree()
    let refused = run(["adjust", "-n", "500", "\(id)", "--json"], on: tree)
    #expect(try refused.rows == ["\(label) oom_score_adj 0 -> 500 refused"])
    #expect(refused.errors == "oomctl: \(label): \(reason)\n")
    #expect(refused.status == .refused)
    #expect(try tree.adjustment(of: id) == "0")
    let forced = run(["adjust", "-n", "500", "\(id)", "--json", "--force"], on: tree)
    #expect(try forced.rows == ["\(label) oom_score_adj 0 -> 500 done"])
    #expect(forced.status == .done)
  }

  @Test("leaves out process 1 and the kernel's threads where many are meant")
  func many() throws {
    let tree = try FixtureMachine.server.tree()
    let result = run(["adjust", "-n", "7", "--user", "root", "--json"], on: tree)
    #expect(
      try result.rows == [
        "sshd[400] oom_score_adj -1000 -> 7 done", "fluentd[1300] oom_score_adj 500 -> 7 done",
      ])
    #expect(result.errors.isEmpty && result.status == .done)
  }

  @Test("goes on after one that fails or is refused")
  func severalTargets() throws {
    let tree = try FixtureMachine.server.tree()
    for file in ["oom_score_adj", "oom_adj"] { tree.remove("proc/1300/\(file)") }
    let result = run(
      ["adjust", "-n", "7", "2", "9999", "1200", "1300", "1400", "--json"], on: tree)
    #expect(
      try result.rows == [
        "kthreadd[2] oom_score_adj 0 -> 7 refused", "java[1200] oom_score_adj 0 -> 7 done",
        "fluentd[1300] oom_score_adj - -> - failed", "bash[1400] oom_score_adj 0 -> 7 done",
        "9999 - - -> - failed",
      ])
    #expect(
      result.errors == """
        oomctl: kthreadd[2]: \(Self.threadReason)
        oomctl: fluentd[1300]: ROOT/proc/1300/oom_score_adj can't be read
        oomctl: 9999: no such process

        """)
    // What failed outweighs what was refused.
    #expect(result.status == .failed)
  }

  @Test(
    "is refused where a bare word means several processes, with a list of them",
    arguments: [
      (2, "2 processes: java[1200], java[1201]"),
      (
        12,
        "12 processes: java[1200], java[1201], java[1202], java[1203], java[1204], java[1205], "
          + "java[1206], java[1207], java[1208], java[1209] and 2 more"
      ),
    ])
  func ambiguity(count: Int, list: String) throws {
    let machine = FixtureMachine.server.with { machine in
      machine.processes += (1201..<1200 + count).map { FixtureProcess($0, "java", resident: 10) }
    }
    let tree = try machine.tree()
    let before = try tree.contents()
    let result = run(["adjust", "-n", "7", "java"], on: tree)
    #expect(
      result.errors == "oomctl: 'java' means \(list)\nName one by its number, or add --all.\n")
    #expect(result.output.isEmpty && result.status == .refused)
    #expect(try tree.contents() == before)
    for words in [["java", "--all"], ["--name", "java"]] {
      let all = run(["adjust", "-n", "7", "--json", "--dry-run"] + words, on: tree)
      #expect(try all.rows.count == count)
      #expect(all.errors.isEmpty && all.status == .done)
    }
  }

  @Test(
    "is tried without a trace, and then done to the letter",
    arguments: [
      ["-n", "500", "1200", "1300", "1400"], ["--by", "-50", "1400", "--tree"],
      ["--legacy", "-n", "3", "java"], ["-n", "500", "1", "2", "1200"],
    ])
  func dryRun(words: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    let before = try tree.contents()
    let plan = run(["adjust", "--dry-run", "--json"] + words, on: tree)
    let text = run(["adjust", "--dry-run"] + words, on: tree)
    #expect(try tree.contents() == before)
    let real = run(["adjust", "--json"] + words, on: tree)
    #expect(try tree.contents() != before)
    #expect(try plan.rows.contains { $0.hasSuffix(" planned") })
    #expect(try plan.rows.map(Self.done) == real.rows)
    #expect(text.output.contains("planned"))
    #expect(text.errors == real.errors && plan.status == real.status)
  }

  /// What becomes of a planned change.
  private static func done(_ row: String) -> String {
    row.hasSuffix(" planned") ? row.dropLast("planned".count) + "done" : row
  }

  @Test("isn't made of a thread, whose process it would hit")
  func thread() throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/1202/status"] = "Name:\tjava\nState:\tS\nTgid:\t1200\nUid:\t0\t0\t0\t0\n"
    }
    let tree = try machine.tree()
    let before = try tree.contents()
    let result = run(["adjust", "-n", "7", "1300", "1202"], on: tree)
    #expect(
      result.errors
        == "oomctl: 1202 is a thread of process 1200 (java)\nGive the process's number.\n")
    #expect(result.status == .usage)
    #expect(try tree.contents() == before)
  }
}
