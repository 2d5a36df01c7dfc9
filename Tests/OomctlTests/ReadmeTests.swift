import Arguments
import Glibc
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

  @Test("tells the life of a command by files that are there, and a newcomer where things go")
  func files() throws {
    let root = folder(of: #filePath) + "/../.."
    let section = try #require(
      readme.split(separator: "## Working on it\n", omittingEmptySubsequences: false).last)
    var steps = 0
    for line in section.split(separator: "\n") {
      if line.first?.isNumber == true { steps += 1 }
      for word in line.split(separator: "`")
      where word.hasPrefix("Sources/") || word.hasPrefix("Tests/") {
        #expect(unsafe access("\(root)/\(word)", F_OK) == 0, "\(word)")
      }
    }
    #expect(steps == 8)
  }

  @Test("and Package.swift list the same modules")
  func modules() throws {
    let root = folder(of: #filePath) + "/../.."
    let modules = try names(in: "\(root)/Sources").filter { !$0.hasPrefix(".") && $0 != "CLinux" }
    for module in modules {
      #expect(
        try readme.split(separator: module, omittingEmptySubsequences: false).count > 1, "\(module)"
      )
    }
  }
}
