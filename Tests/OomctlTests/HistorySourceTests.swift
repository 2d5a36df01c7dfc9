import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The sources of history")
struct HistorySourceTests {
  private static let environment = Environment(
    variables: ["TZ": "UTC"], terminalWidth: 80, now: { 1_795_262_400 })
  private static let line = LogTree.line("Nov 21 03:12:44", 77)

  @Test("are a tree's logs alone: without a folder 'proc', as of a rescued disk")
  func noProc() throws {
    let tree = try FixtureTree(["var/log/kern.log": .init(stringLiteral: Self.line)])
    for words in [["--json"], ["--json", "--user", "0"], ["show", "1", "--json"]] {
      let result = run(["history"] + words, on: tree, in: Self.environment)
      #expect(result.status == .done)
      #expect(result.errors == "")
    }
    let other = run(["predict"], on: tree, in: Self.environment)
    #expect(other.errors.contains("--root names a folder with a folder 'proc' in it"))
  }

  @Test("tell of a kill once, though the ring buffer doesn't tell when, and the journal no uptime")
  func once() throws {
    let tree = try FixtureTree([
      "sos_commands/kernel/dmesg": "[  100.000000] \(LogTree.kill(77))\n",
      "sos_commands/logs/journalctl_--no-pager":
        "Nov 21 03:12:44 web kernel: \(LogTree.kill(77))\nNov 21 04:12:44 web kernel: \(LogTree.kill(78))\n",
    ])
    let kills = try run(["history", "--json"], on: tree, in: Self.environment).json["kills"]
      .elements
    #expect(try kills.map { try $0["victim"]["pid"].integer } == [77, 78])
    #expect(try kills.first?["time"].string.hasPrefix("2026-11-21T03:12:44") == true)
  }

  @Test(
    "are the journal alone where a boot is asked for, and one that it doesn't know is an error",
    arguments: [[], ["--json"], ["--json-lines"], ["show", "1"], ["--check"]])
  func unknownBoot(words: [String]) throws {
    let tools = try FixtureTree(["journalctl": "#!/bin/sh\nexit 1\n"])
    unsafe chmod("\(tools.path)/journalctl", 0o755)
    var environment = Self.environment
    environment.systemFolders = [tools.path]
    environment.variables = [:]
    let live = run(["history", "--boot", "-99"] + words, in: environment)
    #expect(live.status == .failed)
    #expect(!live.output.contains("kill"))
    #expect(live.errors.hasPrefix("oomctl: the journal has no boot -99\n"))
    let tree = try FixtureTree(["var/log/kern.log": .init(stringLiteral: Self.line)])
    for boot in ["0", "-1"] {
      let captured = run(["history", "--boot", boot] + words, on: tree, in: environment)
      #expect(captured.status == .failed)
      #expect(
        captured.errors == "oomctl: there is no journal, and nothing else tells boots apart\n")
    }
    #expect(
      run(["history", "--boot", "-1", "kern.log"], on: tree, in: environment).status == .usage)
  }

  @Test(
    "that a user may not read are named, and what isn't found may be in them",
    .enabled(if: Executable.canRunAsNobody))
  func hidden() throws {
    let tree = try FixtureTree([
      "proc/version": "", "var/log/kern.log": .secret(Self.line),
      "var/log/messages": .init(stringLiteral: LogTree.line("Nov 21 03:12:44", 78)),
      "var/crash/1/dmesg.1": .secret("x"), "sys/fs/pstore/dmesg-erst-1": "x",
    ])
    unsafe chmod("\(tree.path)/sys/fs/pstore", 0o700)
    let result = try Executable.runAsNobody(["history", "--json", "--root", tree.path])
    #expect(result.status == 0)
    #expect(result.output.contains("\"complete\":false"))
    #expect(
      result.errors.contains("this user may not read: /var/log/kern.log, /var/crash/1/dmesg.1\n"))
    #expect(result.errors.contains("/sys/fs/pstore: Permission denied: the result is incomplete\n"))
  }
}
