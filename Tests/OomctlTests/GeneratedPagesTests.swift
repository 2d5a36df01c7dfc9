import Arguments
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("From its description the program makes")
struct GeneratedPagesTests {
  @Test("no mistake")
  func problems() {
    #expect(Tool.oomctl.definitionProblems().isEmpty)
  }

  @Test("a page of help for each command", arguments: Tool.oomctl.commands.map { $0.name })
  func help(command: String) throws {
    let page = run(["help", command])
    #expect(page.status == .done)
    #expect(page.output == run([command, "--help"]).output)
    #expect(try page.output == expectedText("help-\(command).txt", recording: page.output))
  }

  @Test("a page of help for itself")
  func overview() throws {
    let page = run(["help"])
    #expect(page.output == run(["--help"]).output)
    #expect(try page.output == expectedText("help.txt", recording: page.output))
  }

  @Test("a manual")
  func manual() throws {
    let manual = run(["generate", "manual"]).output
    #expect(try manual == expectedText("oomctl.8", recording: manual))
  }

  @Test(
    "a manual that mandoc finds nothing wrong with", .enabled(if: Executable.tool("mandoc") != nil))
  func lint() throws {
    let tree = try FixtureTree()
    try write(run(["generate", "manual"]).bytes, to: "\(tree.path)/oomctl.8")
    let mandoc = try #require(Executable.tool("mandoc"))
    let result = try Executable.run(
      mandoc, ["-T", "lint", "-W", "warning", "\(tree.path)/oomctl.8"])
    #expect(result.output.isEmpty)
    #expect(result.status == 0)
  }

  @Test("completions", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = run(["generate", "completions", shell]).output
    #expect(try script == expectedText("oomctl.\(shell)", recording: script))
  }

  @Test(
    "completions that the shell can read",
    arguments: ["bash", "zsh", "fish"].filter { Executable.tool($0) != nil })
  func syntax(shell: String) throws {
    let tree = try FixtureTree()
    try write(run(["generate", "completions", shell]).bytes, to: "\(tree.path)/script")
    let path = try #require(Executable.tool(shell))
    let result = try Executable.run(path, ["-n", "\(tree.path)/script"])
    #expect(result.errors.isEmpty)
    #expect(result.status == 0)
  }
}
