import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("An explanation")
struct ExplainTests {
  @Test(
    "shows the sum, the comparison and the way out",
    arguments: ["java", "fluentd", "postgres", "sshd"])
  func screen(name: String) throws {
    let text = try run(["explain", name], on: FixtureMachine.server.tree())
    #expect(text.errors.isEmpty)
    #expect(try text.output == expectedText("explain-\(name).txt", recording: text.output))
  }

  @Test("adds up in JSON")
  func terms() throws {
    let json = try run(["explain", "fluentd", "--json"], on: FixtureMachine.server.tree())
      .explanation
    let terms = try json["terms"].elements.map { term in
      try [term["name"], term["operation"], term["operand"], term["result"], term["pages"]]
    }
    #expect(
      terms == [
        ["resident", "start", 14_000, 14_000, 14_000], ["swapped", "add", 400, 14_400, 400],
        ["page tables", "add", 60, 14_460, 60],
        ["adjustment", "add", 655_000, 669_460, 655_000],
      ])
    let expected: [(String, JSON)] = [
      ("badness", 669_460), ("predicted_oom_score", 1006), ("agrees", true), ("rank", 1),
      ("page_size_bytes", 4096), ("total_pages", 1_310_720), ("to_outlive", 447),
      ("memory_equivalent_bytes", 2_682_880_000),
    ]
    for (key, value) in expected { #expect(try json[key] == value, "\(key)") }
    #expect(try json["rule"]["since"] == "5.9")
  }

  @Test(
    "counts the pages that its kernel counts: rough ones, from 7.0 on exact ones",
    arguments: [("5.10.0", 499_900), ("6.18.0", 499_900), ("7.0.0", 500_000), ("7.2.1", 500_000)])
  func counters(kernel: String, resident: Int) throws {
    let machine = FixtureMachine.server.with { machine in
      machine.kernel = kernel
      let rough = machine[1200].with { $0.memory?.resident = 499_900 }.files(on: machine)
      machine.files["proc/1200/stat"] = rough["stat"]
    }
    let json = try run(["explain", "java", "--json"], on: machine.tree()).explanation
    #expect(try json["terms"].elements.first?["operand"] == .number("\(resident)"))
    #expect(try json["rss_bytes"] == 2_048_000_000)
  }

  @Test(
    "says why the kernel spares a process",
    arguments: [
      (1, "it is init, the system's process 1"), (2, "it is a thread of the kernel itself"),
      (400, "its oom_score_adj is -1000, which means never"),
    ])
  func exemption(id: Int, reason: String) throws {
    let text = try run(["explain", "\(id)"], on: FixtureMachine.server.tree())
    #expect(text.lines.contains("The kernel can't kill it: \(reason)."))
    #expect(text.status == .done)
  }

  @Test("names the rule that would agree when the kernel's score is another era's")
  func agreeingRule() throws {
    let machine = FixtureMachine.server.with { machine in
      // A 5.4 kernel with the scores of 5.9, as a distribution may carry them back.
      machine.kernel = "5.4.0-custom"
      machine[1200].score = 972
    }
    let text = try run(["explain", "java"], on: machine.tree())
    let verdict = "458 predicted, 972 in /proc: they differ, but agree by --rule 5.9"
    #expect(text.lines.contains("  oom_score  \(verdict)"))
    let agreed = try run(["explain", "java", "--rule", "5.9", "--json"], on: machine.tree())
    #expect(try agreed.explanation["agrees"] == true)
  }

  @Test("says when a score can't be read")
  func unreadable() throws {
    let tree = try FixtureMachine.server.tree()
    tree.remove("proc/1200/oom_score")
    let text = run(["explain", "java"], on: tree)
    #expect(text.lines.contains("  oom_score  972 predicted, not readable in /proc"))
  }

  @Test("admits a difference that no rule makes good")
  func disagreement() throws {
    let machine = FixtureMachine.server.with { $0[1200].score = 3 }
    let text = try run(["explain", "java"], on: machine.tree())
    #expect(
      text.output.contains("972 predicted, 3 in /proc: they differ; did it change between two"))
    #expect(
      try run(["explain", "java", "--json"], on: machine.tree()).explanation["agrees"] == false)
  }

  @Test(
    "ends no sentence in the middle under rules that don't count pages",
    arguments: [
      "2.4.18", "2.6.20", "2.6.32", "2.6.36", "3.2",
    ])
  func otherUnits(kernel: String) throws {
    let text = try run(["explain", "java", "--kernel", kernel], on: FixtureMachine.server.tree())
    #expect(!text.output.contains(",."))
    #expect(text.output.contains("The first victim is") || text.output.contains("Runner-up"))
  }

  @Test("of several is one after the other, by number")
  func several() throws {
    let tree = try FixtureMachine.server.tree()
    let both = run(["explain", "java", "postgres"], on: tree).output
    let alone = [run(["explain", "postgres"], on: tree), run(["explain", "java"], on: tree)]
    #expect(both == alone.map(\.output).joined(separator: "\n"))
  }

  @Test("asks for a process")
  func missingOperand() throws {
    let result = try run(["explain"], on: FixtureMachine.server.tree())
    #expect(
      result.errors == "oomctl: missing operand 'PROCESS'\nTry 'oomctl explain --help'.\n")
    #expect(result.status == .usage)
  }
}
