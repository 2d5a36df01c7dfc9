import Arguments
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The README")
struct ReadmeTests {
  private var readme: String {
    get throws { try text(at: folder(of: #filePath) + "/../../README.md") }
  }

  @Test(
    "shows what the program prints",
    arguments: [
      ["rank", "-n", "3"], ["explain", "fluentd"], ["predict", "-n", "3"],
      ["protect", "java", "--persist"],
    ])
  func transcripts(words: [String]) throws {
    let environment = Environment(variables: ["LANG": "C.UTF-8"], terminalWidth: 80)
    let screen = try run(
      words + ["--color", "never"], on: FixtureMachine.server.tree(), in: environment)
    let block = "```console\n$ oomctl \(words.joined(separator: " "))\n\(screen.output)```\n"
    #expect(try readme.split(separator: block, omittingEmptySubsequences: false).count == 2)
  }

  @Test("names every command")
  func commands() throws {
    let readme = try self.readme
    for command in Oomctl.commands {
      #expect(readme.split(separator: "`oomctl \(command.name)").count > 1, "\(command.name)")
    }
  }
}
