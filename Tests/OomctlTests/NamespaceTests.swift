import ProgramSupport
import TestSupport
import Testing

@Suite("Inside a PID namespace", .enabled(if: Executable.canUnshare, "needs root and unshare(1)"))
struct NamespaceTests {
  @Test(
    "all processes seen aren't all that the kernel chooses from", arguments: ["rank", "predict"])
  func incomplete(command: String) throws {
    let result = try Executable.runInNamespace([command, "--json"])
    #expect(result.status == 0)
    #expect(try JSON(Array(result.output.utf8))["complete"] == false)
    #expect(result.errors.contains("outside this PID namespace"))
  }
}
