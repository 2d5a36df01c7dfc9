import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core

@Suite("A program that works for oomctl")
struct HelperTests {
  private func tree(_ names: [String]) throws -> FixtureTree {
    let tree = try FixtureTree()
    for name in names {
      try tree.add("#!/bin/sh\n", at: name)
      unsafe chmod("\(tree.path)/\(name)", 0o755)
    }
    return tree
  }

  @Test(
    "is looked for in the system's folders only by root, and first in the path's by others",
    arguments: [
      ("ROOT/own", false, "own"), ("ROOT/none:ROOT/own", false, "own"), (nil, false, "system"),
      ("", false, "system"), ("ROOT/none", false, "system"), ("own", false, "system"),
      ("./own", false, "system"), ("../ROOT/own", false, "system"), ("ROOT/own", true, "system"),
      (nil, true, "system"), ("", true, "system"),
    ] as [(String?, Bool, String)])
  func folders(path: String?, isRoot: Bool, expected: String) throws {
    let tree = try tree(["own/helper", "system/helper"])
    var environment = Environment(systemFolders: ["\(tree.path)/system"])
    environment.actsAsRoot = { isRoot }
    if let path {
      let parts = path.split(separator: "ROOT", omittingEmptySubsequences: false)
      environment.variables = .listed(["PATH": parts.joined(separator: tree.path)])
    }
    #expect(environment.helper("helper") == "\(tree.path)/\(expected)/helper")
    #expect(environment.helper("other") == nil)
  }

  @Test("has none but harmless variables from root, and all from others")
  func variables() {
    var environment = Environment(
      variables: [
        "PATH": "/home/x", "LANG": "C.UTF-8", "TERM": "xterm", "PAGER": "/tmp/x", "LESS": "-K",
        "SYSTEMD_PAGER": "x", "XZ_OPT": "-v", "LC_ALL": "/tmp/locale", "COLORTERM": "%s",
        "LINES": "",
      ])
    environment.actsAsRoot = { true }
    #expect(
      environment.helperVariables == [
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "TERM=xterm", "LINES=",
      ])
    environment.actsAsRoot = { false }
    #expect(environment.helperVariables == nil)
  }

  @Test(
    "isn't the present folder's, whatever the path is",
    .enabled(if: Executable.canRunAsOrdinary, "needs setpriv as root"),
    arguments: [[], ["PATH="], ["PATH=:"], ["PATH=."], ["PATH=::/nowhere:"]])
  func presentFolder(variables: [String]) throws {
    let tree = try FixtureTree([
      "journalctl": "#!/bin/sh\ntouch \"${0%/*}/ran\"\n", "own": .folder,
    ])
    unsafe chmod("\(tree.path)/journalctl", 0o755)
    var starts = [try Executable.ordinary(in: tree, variables: variables)]
    if geteuid() == 0 {
      starts.append(["/usr/bin/env", "-i"] + variables + [try #require(Executable.path)])
    }
    for start in starts {
      let words = ["-C", tree.path] + start + ["history", "-n", "1"]
      _ = try Executable.run("/usr/bin/env", words)
      #expect(unsafe access("\(tree.path)/ran", F_OK) != 0)
    }
  }
}

@Suite(
  "The path, to a program that a user starts", .enabled(if: Executable.path != nil))
struct StartedProgramTests {
  /// Runs it in a folder with a program of that name.
  private func run(_ variables: [String], _ name: String) throws -> Executable.Result {
    let tree = try FixtureTree(["program": "#!/bin/sh\necho ran\n", "text": "echo no first line\n"])
    for name in ["program", "text"] { unsafe chmod("\(tree.path)/\(name)", 0o755) }
    let program = try #require(Executable.path)
    return try Executable.run(
      "/usr/bin/env",
      ["-C", tree.path, "-i"] + variables + [program, "run", "-n", "700", "--", name])
  }

  @Test(
    "never means the present folder by an empty element, or by none",
    arguments: [[], ["PATH="], ["PATH=:"], ["PATH=::/nowhere"], ["PATH=/usr/bin:"]])
  func presentFolder(variables: [String]) throws {
    let result = try run(variables, "program")
    #expect(result.errors.hasSuffix(": program: No such file or directory\n"))
    #expect(result.output.isEmpty && result.status == 127)
  }

  @Test(
    "means it where it is written",
    arguments: [([], "./program"), (["PATH=."], "program"), (["PATH=/usr/bin:./"], "program")])
  func written(variables: [String], name: String) throws {
    let result = try run(variables, name)
    #expect(result.output == "ran\n" && result.status == 0)
  }

  @Test("is the system's folders where it isn't set")
  func unset() throws {
    let result = try run([], "true")
    #expect(result.errors.isEmpty && result.status == 0)
  }

  @Test("leads to scripts without a first line, too")
  func plainScript() throws {
    let result = try run(["PATH=."], "text")
    #expect(result.output == "no first line\n" && result.status == 0)
  }

  @Test("goes on past what can't be run, which is said if nothing else is found")
  func forbidden() throws {
    let tree = try FixtureTree(["a/program": "", "b/program": "#!/bin/sh\necho ran\n"])
    unsafe chmod("\(tree.path)/a/program", 0o644)
    unsafe chmod("\(tree.path)/b/program", 0o755)
    for (folders, status) in [(["a", "b"], 0), (["a", "none"], 126), (["none"], 127)] {
      let path = folders.map { "\(tree.path)/\($0)" }.joined(separator: ":")
      let result = try Executable.run(
        "/usr/bin/env",
        ["PATH=\(path)", try #require(Executable.path), "run", "-n700", "program"])
      #expect(result.status == status)
      #expect(result.output == (status == 0 ? "ran\n" : ""))
    }
  }
}
