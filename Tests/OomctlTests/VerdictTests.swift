import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A process that holds memory and has the score 0")
struct VerdictTests {
  /// The worst of the machine by its size, passed by as the kernel passes it by.
  private func machine(isKilled: Bool, kernel: String = "6.1.0") -> FixtureMachine {
    FixtureMachine.server.with {
      $0.kernel = kernel
      $0.processes.append(
        FixtureProcess(1900, "stuck", resident: 900_000).with {
          $0.score = 0
          $0.isKilled = isKilled
          $0.adjustment = 500
        })
    }
  }

  @Test(
    "is no victim, in any command",
    arguments: [
      ["rank", "--json"], ["predict", "--json"], ["--json"], ["metrics"],
      ["watch", "--batch", "-n", "1"],
    ])
  func faces(words: [String]) throws {
    let result = try run(words, on: machine(isKilled: true).tree())
    #expect(result.status == .done)
    #expect(!result.output.contains("stuck"))
  }

  @Test(
    "is explained by what the kernel knows of it",
    arguments: [
      (true, "already killed, its memory is gone or about to go", "skipped"),
      (false, "it shares its parent's memory until it execs", "in_vfork"),
    ])
  func explained(isKilled: Bool, reason: String, word: String) throws {
    let tree = try machine(isKilled: isKilled).tree()
    #expect(run(["explain", "1900"], on: tree).output.contains("can't kill it: \(reason)."))
    let json = try run(["explain", "1900", "--json"], on: tree).json["explanations"].elements[0]
    #expect(try json["unkillable"] == .text(word))
    #expect(try json["badness"] == nil)
    #expect(try json["agrees"] == true)
  }

  @Test("is one like others to kernels that pass nobody by", arguments: ["4.6.0", "3.10.0"])
  func older(kernel: String) throws {
    let json = try run(["predict", "--json"], on: machine(isKilled: true, kernel: kernel).tree())
      .json
    #expect(try json["kills"].elements[0]["victim"]["pid"] == 1900)
  }

  @Test("stays passed by under another adjustment, and one that was exempt doesn't")
  func supposed() throws {
    let stuck = try run(
      ["predict", "--json", "--set", "stuck=1000"], on: machine(isKilled: true).tree())
    #expect(try stuck.json["kills"].elements.allSatisfy { try $0["victim"]["pid"] != 1900 })
    let exempt = FixtureMachine.server.with {
      $0.processes.append(
        FixtureProcess(1901, "exempt", resident: 900_000).with { $0.adjustment = -1000 })
    }
    let json = try run(["predict", "--json", "--set", "exempt=0"], on: exempt.tree()).json
    #expect(try json["kills"].elements[0]["victim"]["pid"] == 1901)
  }
}
