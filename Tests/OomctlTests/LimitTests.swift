import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "Under a limit", .enabled(if: Executable.path != nil, "the program lies beside the tests"))
struct LimitTests {
  private func shell(_ script: String, _ words: [String]) throws -> Executable.Result {
    try Executable.run("/bin/sh", ["-c", script, try #require(Executable.path)] + words)
  }

  @Test(
    "for the size of files, output that is too large is an error",
    arguments: [["rank"], ["help"], ["--version"], ["list", "--json"]])
  func output(words: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    let file = "\(tree.path)/output"
    let root = ["help", "--version"].contains(words[0]) ? [] : ["--root", tree.path]
    let result = try shell(
      "(ulimit -f 0; \"$0\" \"$@\" 2>&1 > '\(file)'; echo status $?) | cat", words + root)
    #expect(result.output.hasSuffix(": standard output: File too large\nstatus 1\n"))
  }

  @Test("for the size of files, a change isn't made, and that is said")
  func change() throws {
    let tree = try FixtureMachine.server.tree()
    let before = try tree.file("proc/1200/oom_score_adj")
    // The error stream is a file, too: it is a pipe here.
    let result = try shell(
      "(ulimit -f 0; \"$0\" \"$@\" 2>&1) | cat",
      ["adjust", "1200", "-n", "500", "--root", tree.path])
    #expect(result.output.contains("File too large"))
    #expect(try text(at: "\(tree.path)/proc/1200/oom_score_adj") == before)
  }

  @Test(
    "for the stack, all works as ever",
    arguments: [
      ["rank"], ["list"], ["list", "--json"], ["doctor"], ["explain", "java"], ["predict"],
      ["memory"],
      ["metrics"], ["history"], ["history", "--json"], [], ["watch", "--batch", "-n", "1"],
      ["list", "--match", "(j|x)a+va.*"], ["guard", "--once"],
    ])
  func stack(words: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    try tree.add("comm:java = 100\n", at: "etc/oomctl/rules.conf")
    try tree.add(
      .file(Array(LogTree.line("Nov 21 03:12:44", 1).utf8)), at: "var/log/kern.log")
    let run = { (limit: String) in
      try shell("ulimit -s \(limit); exec \"$0\" \"$@\"", words + ["--root", tree.path])
    }
    let expected = try run("8192")
    for limit in ["64", "200", "1023", "1024"] {
      let result = try run(limit)
      #expect(result.status == expected.status && result.status < 4, "\(limit): \(result.errors)")
      if !words.contains("--json"), !words.contains("watch"), !words.contains("metrics") {
        #expect(result.output == expected.output)
      }
    }
  }

  @Test("for the stack, this machine's own processes are listed, and signals end it")
  func live() throws {
    for words in [["rank"], ["list", "--json"], ["doctor"]] {
      let result = try shell("ulimit -s 64; exec \"$0\" \"$@\"", words)
      #expect(result.status <= 1, "\(result.errors)")
      #expect(!result.output.isEmpty)
    }
    let tree = try FixtureMachine.server.tree()
    let program = try #require(Executable.path)
    for signal in [SIGTERM, SIGHUP, SIGUSR1, 40] {
      let child = try Spawned(
        "/bin/sh",
        [
          "-c", "ulimit -s 64; exec '\(program)' watch --batch --interval 1 --root '\(tree.path)'",
        ])
      // However far it has come.
      usleep(UInt32.random(in: 0...150_000))
      kill(child.id, signal)
      let status = child.wait()
      #expect(status == 128 + Int(signal) || status == 0)
    }
  }
}

@Suite(
  "Without its arguments",
  .enabled(if: Executable.canBeTraced, "strace is installed, and may trace"))
struct LostArgumentsTests {
  @Test(
    "it says so, and fails",
    arguments: [["rank"], ["adjust", "1", "-n", "1"], ["run", "-n", "1", "--", "true"], []])
  func failure(words: [String]) throws {
    let tree = try FixtureTree()
    let strace = try #require(Executable.tool("strace"))
    let program = try #require(Executable.path)
    for error in ["ENFILE", "ENOMEM", "EACCES"] {
      let result = try Executable.run(
        strace,
        [
          "-o", "\(tree.path)/trace", "-P", "/proc/self/maps", "-e",
          "inject=openat,open:error=\(error)",
          program,
        ] + words)
      // strace says, too, what it looks for.
      #expect(
        result.errors.hasSuffix(
          "oomctl: arguments: can't be found, as /proc/self/maps can't be read: nothing was done\n")
      )
      #expect(result.output.isEmpty && result.status == 1)
    }
  }
}
