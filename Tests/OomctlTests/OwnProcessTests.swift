import Glibc
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The program itself", .enabled(if: isProcReadable))
struct OwnProcessTests {
  /// As if a child of the test's were the program.
  private func environment(own id: Int32, journalIn tree: FixtureTree) -> Environment {
    Environment(
      variables: ["XDG_STATE_HOME": tree.path], ownID: { id }, userID: { 1000 })
  }

  @Test("comes near no word", arguments: ["list", "rank", "explain", "protect"])
  func nearMiss(command: String) throws {
    // The tests of all commands run at once.
    let tree = try FixtureTree(["twin-\(command)": .file(bytes(at: "/bin/sleep"))])
    unsafe chmod("\(tree.path)/twin-\(command)", 0o755)
    let child = try Child(["\(tree.path)/twin-\(command)", "1000"])
    let other = run([command, "twim-\(command)"])
    #expect(other.errors.contains("twin-\(command)[\(child.id)] is running."))
    let own = run([command, "twim-\(command)"], in: environment(own: child.id, journalIn: tree))
    #expect(!own.errors.contains("is running"))
  }

  @Test("inherits from nobody")
  func heir() throws {
    let tree = try FixtureTree([:])
    let script = "while ! [ -e \(tree.path)/go ]; do sleep 0.02; done; sleep 1000 & wait"
    let shell = try Child(["/bin/sh", "-c", script])
    let others = Environment.keepingJournal(in: tree)
    #expect(run(["adjust", "-n", "300", "\(shell.id)"], in: others).status == .done)
    try tree.add("", at: "go")
    var heir: Int32?
    for _ in 0..<500 where heir == nil {
      let children = run(["list", "--parent", "\(shell.id)", "--match", "^sleep 1000$", "--json"])
      heir = try children.numbers.first.map { Int32($0) }
      if heir == nil { usleep(10_000) }
    }
    let id = try #require(heir)
    defer { kill(id, SIGKILL) }
    let own = environment(own: id, journalIn: tree)
    for command in [["undo"], ["protect", "\(shell.id)"]] {
      let words = command + ["--dry-run", "--json"]
      #expect(try run(words, in: others).hints.contains { $0.contains("sleep[\(id)]") })
      #expect(try !run(words, in: own).hints.contains { $0.contains("sleep[\(id)]") })
    }
  }

  @Test("is no victim", arguments: ["rank", "predict"])
  func victim(command: String) throws {
    let tree = try FixtureTree([:])
    let child = try Child(["/bin/sleep", "1000"])
    let words = [command, "--json", "-n", "100000"]
    let others = run(words)
    #expect(others.output.contains("\"pid\":\(child.id),"))
    let own = run(words, in: environment(own: child.id, journalIn: tree))
    #expect(!own.output.contains("\"pid\":\(child.id),"))
  }
}
