import Arguments
import Testing

@testable import oomctl

@Suite("That there is no pager")
struct PagerTests {
  @Test("may be said to every command", arguments: Oomctl.commands.map { $0.name })
  func everywhere(command: String) {
    let page = run(["help", command]).output
    #expect(run([command, "--no-pager", "--help"]).output == page)
    #expect(run(["--no-pager", command, "--help"]).output == page)
    #expect(page.contains("--no-pager"))
  }
}
