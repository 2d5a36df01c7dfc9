import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The real program", .enabled(if: Executable.path != nil, "it lies beside the tests"))
struct ExecutableTests {
  @Test(
    "ends with the status of what it did",
    arguments: [
      (["list"], 0), (["--version"], 0), (["help", "rank"], 0), (["list", "9999"], 1),
      (["list", "--user", "carol"], 1), (["rank", "-n"], 2), (["nothing"], 2),
    ])
  func status(words: [String], expected: Int) throws {
    let tree = try FixtureMachine.server.tree()
    let root = words.first == "list" ? ["--root", tree.path] : []
    let result = try Executable.run(words + root)
    #expect(result.status == expected)
    #expect(result.errors.isEmpty == (expected == 0))
    #expect(result.output.isEmpty == (expected != 0))
  }

  @Test("prints what it prints to a test")
  func output() throws {
    let tree = try FixtureMachine.server.tree()
    for words in [["list"], ["rank", "--json"], ["explain", "java"]] {
      #expect(
        try Executable.run(words + ["--root", tree.path]).output == run(words, on: tree).output)
    }
  }

  @Test("says how often it was asked which version it is")
  func version() throws {
    #expect(try Executable.run(["--version"]).output == "oomctl \(Version.current)\n")
    #expect(try Executable.run(["-V"]).output == "oomctl \(Version.current)\n")
  }

  @Test(
    "goes quietly when nobody reads any more", arguments: [["list"], ["help"], ["rank", "--json"]])
  func closedPipe(words: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    let root = words == ["help"] ? [] : ["--root", tree.path]
    let result = try Executable.run(words + root, output: .closedPipe)
    #expect(result.errors.isEmpty)
    #expect(result.status == 0)
  }

  @Test("notices a full disk", arguments: [["list"], ["help"], ["rank", "--json"], ["--version"]])
  func fullDisk(words: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    let root = ["help", "--version"].contains(words[0]) ? [] : ["--root", tree.path]
    let result = try Executable.run(words + root, output: .file("/dev/full"))
    #expect(result.errors == "oomctl: standard output: No space left on device\n")
    #expect(result.status == 1)
  }

  @Test("speaks by the name that it was called by", arguments: ["/usr/local/sbin/oom", "oom"])
  func otherName(name: String) throws {
    let result = try Executable.run(["--nothing"], name: name)
    #expect(result.errors == "oom: unknown option '--nothing'\nTry 'oom --help'.\n")
  }

  @Test("keeps no process's folder open", arguments: [["list"], ["rank"], ["explain", "100"]])
  func descriptors(words: [String]) throws {
    let machine = FixtureMachine(
      processes: (100..<160).map { FixtureProcess($0, "p\($0)", resident: $0) })
    let tree = try machine.tree()
    let path = try #require(Executable.path)
    let limited = try Executable.run(
      "/bin/sh", ["-c", "ulimit -n 12; exec \"$0\" \"$@\"", path] + words + ["--root", tree.path])
    #expect(limited.errors.isEmpty)
    #expect(limited.status == 0)
    #expect(limited.output == run(words, on: tree).output)
  }

  @Test(
    "tells an ordinary user what is hidden",
    .enabled(if: Executable.canRunAsNobody, "root can become another user"),
    arguments: [["list"], ["rank"], ["explain", "postgres"], []])
  func hidden(words: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    unsafe chmod("\(tree.path)/proc/1200", 0)
    let result = try Executable.runAsNobody(words + ["--json", "--root", tree.path])
    #expect(result.errors == "oomctl: 1 process is hidden: the result is incomplete\n")
    #expect(try JSON(Array(result.output.utf8))["complete"] == false)
    #expect(result.status == 0)
  }

  @Test(
    "tells an ordinary user what may not be read",
    .enabled(if: Executable.canRunAsNobody, "root can become another user"),
    arguments: [["list", "1200"], ["rank", "1200"], ["explain", "1200"]])
  func forbidden(words: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    unsafe chmod("\(tree.path)/proc/1200", 0)
    let result = try Executable.runAsNobody(words + ["-q", "--root", tree.path])
    let file = "\(tree.path)/proc/1200"
    #expect(result.errors == "oomctl: \(file): Permission denied\nTry again as root.\n")
    #expect(result.output.isEmpty)
    #expect(result.status == 1)
  }
}
