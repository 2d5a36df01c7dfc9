import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A dry run of protect or unprotect")
struct DryProtectTests {
  static let words: [[String]] = [
    ["java"], ["java", "--never"], ["java", "--persist"], ["postgres", "--persist"],
    ["1500", "--persist"], ["fluentd", "--never", "--persist"], ["sshd"],
    ["1200", "1300", "1501", "--persist"], ["java", "--tree", "--persist"],
  ]

  @Test("writes nothing", arguments: words)
  func nothing(words: [String]) throws {
    let tree = try FixtureMachine.postgres().tree()
    let before = try tree.contents()
    let dry = run(["protect", "--dry-run"] + words, on: tree)
    #expect(dry.status == .done)
    #expect(try tree.contents() == before)
  }

  @Test("prints the rows that the real run prints", arguments: words, [[], ["--json"]])
  func rows(words: [String], format: [String]) throws {
    let tree = try FixtureMachine.postgres().tree()
    let dry = run(["protect", "--dry-run"] + words + format, on: tree)
    let real = run(["protect"] + words + format, on: tree)
    #expect(dry.table.words(replacing: "planned", with: "done") == real.table.words())
    #expect(dry.errors == real.errors)
    #expect(dry.status == real.status)
  }

  @Test("of unprotect does neither", arguments: [["java"], ["--unit", "app"]])
  func unprotect(words: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    let before = try tree.contents()
    let dry = run(["unprotect", "--dry-run"] + words, on: tree)
    #expect(try tree.contents() == before)
    let real = run(["unprotect"] + words, on: tree)
    #expect(dry.table.words(replacing: "planned", with: "done") == real.table.words())
    #expect(real.status == .done)
  }
}

extension Run {
  /// What it printed up to the first empty line: then the lines of files that are only planned follow, and
  /// what else there is to know.
  fileprivate var table: String { lines.prefix { !$0.isEmpty }.joined(separator: "\n") }
}

extension String {
  /// Without the table's widths, with one word put for another.
  fileprivate func words(replacing old: String = "", with new: String = "") -> [String] {
    split { $0.isWhitespace || $0 == "\"" }.map { $0 == old ? new : String($0) }
  }
}
