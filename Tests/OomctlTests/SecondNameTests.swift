import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("By its second name the program")
struct SecondNameTests {
  private static let environment = Environment(name: "/usr/local/bin/oomtune")

  @Test(
    "tunes",
    arguments: [[], ["--json"], ["swappiness"], ["swappiness=10", "--dry-run"]])
  func tune(words: [String]) throws {
    let tree = try FixtureMachine.tuned.tree()
    let second = run(words, on: tree, in: Self.environment)
    let first = run(["tune"] + words, on: tree)
    #expect(second.output == first.output)
    #expect(second.status == first.status)
    #expect(
      second.errors == first.errors.split(separator: "oomctl: ").map { "oomtune: \($0)" }.joined())
  }

  @Test("helps with tuning, and speaks by that name")
  func help() {
    #expect(run(["--help"], in: Self.environment).output == run(["tune", "--help"]).output)
    #expect(
      run(["--nothing"], in: Self.environment).errors
        == "oomtune: unknown option '--nothing'\nTry 'oomtune --help'.\n")
  }

  @Test("is told from other names that end like it")
  func others() throws {
    let tree = try FixtureMachine.server.tree()
    let bare = run([], on: tree)
    #expect(run([], on: tree, in: Environment(name: "my-oomtune")).output == bare.output)
    #expect(run([], on: tree, in: Environment(name: "oomtune/oomctl")).output == bare.output)
  }
}
