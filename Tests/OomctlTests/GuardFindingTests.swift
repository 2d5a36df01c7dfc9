import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("A finding about the guard's rules")
struct GuardFindingTests {
  private func machine(_ rules: String?) -> FixtureMachine {
    FixtureMachine.healthy.with {
      if let rules { $0.files["etc/oomctl/rules.conf"] = .file(Array(rules.utf8)) }
    }
  }

  @Test(
    "says when the file is broken",
    arguments: [
      (nil, []), ("", []), ("name:java = -500\n", []),
      ("name:java = x\n", ["guard_rules_broken warning"]),
      ("name:java = -500\nnosuch:x = 5\n", ["guard_rules_broken warning"]),
    ])
  func broken(rules: String?, expected: [String]) throws {
    #expect(try ailments(machine(rules)) == expected)
  }

  @Test("names the line, what follows, and how to see the rest")
  func words() throws {
    let found = try ailment(machine("# ours\nname:java = x\n"))
    #expect(found.text.hasPrefix("/etc/oomctl/rules.conf:2:"))
    #expect(
      found.text.hasSuffix(": no guard runs, and one that starts has the last good rules at most"))
    #expect(found.source == "/etc/oomctl/rules.conf")
    #expect(
      found.remedy == "Correct the file; 'oomctl guard --check-rules' shows what is wrong.")
  }

  @Test("believes the guard that runs, and looks at its file")
  func running() throws {
    for (rules, source) in [
      ("java = x\n", "/etc/other.conf"), ("java = 5\n", "/run/oomctl-guard/state"),
    ] {
      let machine = FixtureMachine.healthy.with {
        $0.files["etc/other.conf"] = .file(Array(rules.utf8))
        $0.processes.append(
          FixtureProcess(500, "oomctl", resident: 300).with { $0.words = ["oomctl", "guard"] })
        $0.files["run/oomctl-guard/state"] =
          "pid 500\nstart 100\nrules 3\nproblems 1\nsince 1\npath /etc/other.conf\n"
      }
      let found = try ailment(machine)
      #expect(found.text.hasSuffix(": the guard keeps the last good rules, if it has any"))
      #expect(found.source == source)
      #expect(found.remedy.contains("--rules /etc/other.conf"))
    }
  }
}
