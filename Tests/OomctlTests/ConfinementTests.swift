import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("A link in a captured tree")
struct ConfinementTests {
  @Test(
    "leads to what lies in the tree",
    arguments: ["/elsewhere/users", "../elsewhere/users", "../../../../../../elsewhere/users"])
  func file(target: String) throws {
    let machine = FixtureMachine.server.with {
      $0.files["elsewhere/users"] = "inside:x:120:120::/:/bin/sh\n"
      $0.files["etc/passwd"] = .link(target)
    }
    #expect(try run(["list", "--user", "inside", "--json"], on: machine.tree()).numbers == [1200])
  }

  @Test("may be proc itself", arguments: ["/captured/proc", "captured/proc", "../captured/proc"])
  func folder(target: String) throws {
    let tree = try FixtureTree([
      "captured/proc/7/status": "Name:\tx\nState:\tS\nTgid:\t7\nUid:\t0\t0\t0\t0\n",
      "proc": .link(target),
    ])
    #expect(try run(["list", "--json", "-o", "pid,name"], on: tree).numbers == [7])
  }

  @Test(
    "never leads out of it",
    arguments: ["/etc/passwd", "/proc/self/status", "../../../../etc/passwd"])
  func outside(target: String) throws {
    let machine = FixtureMachine.server.with {
      $0.files["etc/passwd"] = "inside:x:120:120::/:/bin/sh\n"
      $0.files["proc/1200/status"] = .link(target)
    }
    let tree = try machine.tree()
    #expect(try !run(["list", "--json"], on: tree).numbers.contains(1200))
    #expect(try run(["list", "--user", "inside", "--json"], on: tree).numbers == [])
  }

  @Test("to nowhere is a file that isn't there")
  func dangling() throws {
    let machine = FixtureMachine.server.with {
      $0.files["proc/1200/oom_score"] = .link("/nonexistent")
      $0.files["etc/passwd"] = .link("/nonexistent")
    }
    let list = try run(["list", "java", "--json"], on: machine.tree())
    #expect(list.errors.isEmpty)
    let row = try #require(try list.processes.first)
    #expect(try row["oom_score"] == nil)
    #expect(try row["user"] == "120")
  }
}
