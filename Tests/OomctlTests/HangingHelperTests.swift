import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Changes
@testable import Core
@testable import LogSources
@testable import Posix
@testable import oomctl

@Suite("A program that reads a log for oomctl")
struct HangingHelperTests {
  /// Reads the journal by such a script.
  private func read(
    _ script: String, timeout: Int
  ) throws -> (result: LogTree.Result, seconds: Int64) {
    let tree = try FixtureTree(["journalctl": "#!/bin/sh\n"])
    try tree.add(.file(Array("#!/bin/sh\n\(script)\n".utf8)), at: "journalctl")
    unsafe chmod("\(tree.path)/journalctl", 0o755)
    var environment = Environment(systemFolders: [tree.path])
    environment.helperTimeout = timeout
    let world = try World(root: nil, environment: environment)
    let start = MonotonicClock.microseconds
    let result = try LogTree.read(LogSources(of: world).only(.journal), in: world)
    return (result, (MonotonicClock.microseconds - start) / 1_000_000)
  }

  private static let message = """
    printf '__REALTIME_TIMESTAMP=1573558202123456\\n_TRANSPORT=kernel\\n'
    printf 'MESSAGE=%s\\n\\n' '\(LogTree.kill(4019))'
    """

  @Test(
    "is stopped where it hangs, and that is an error; what it said before is heard",
    arguments: [
      ("exec sleep 1000", []), ("\(message)\nexec sleep 1000", [4019]),
      ("\(message)\nexec sleep 1000 > /dev/null", [4019]),
    ])
  func hanging(script: String, pids: [Int]) throws {
    let (result, seconds) = try read(script, timeout: 1000)
    #expect(seconds < 20)
    #expect(result.pids == pids)
    #expect(
      result.messages == [
        "the journal: journalctl did nothing for 1 s, and was stopped; what it had read until then "
          + "is shown"
      ])
    #expect(result.remarks.first?.isError == true)
    #expect(!result.coverage.isComplete)
  }

  @Test("may be silent for as long as it works")
  func working() throws {
    let (result, _) = try read(
      "n=0; while [ $n -lt 3000000 ]; do n=$((n+1)); done\n\(Self.message)", timeout: 1000)
    #expect(result.pids == [4019])
    #expect(result.remarks.isEmpty)
  }

  @Test(
    "ends with it, whatever ends that",
    .enabled(if: Executable.canRunAsOrdinary, "needs setpriv as root"),
    arguments: [SIGTERM, SIGINT, SIGKILL, SIGHUP, 34])
  func parentsEnd(signal: CInt) throws {
    let tree = try FixtureTree([
      "journalctl":
        "#!/bin/sh\necho $$ > \"${0%/*}/pid.new\"\nmv \"${0%/*}/pid.new\" \"${0%/*}/pid\"\nexec sleep 1000\n"
    ])
    unsafe chmod("\(tree.path)/journalctl", 0o755)
    let start = try Executable.ordinary(in: tree, variables: ["PATH=\(tree.path):/usr/bin:/bin"])
    let program = try Spawned(start[0], Array(start.dropFirst()) + ["history"])
    var helper: CInt?
    let hasStarted = LiveGuard.comes(within: 30_000) {
      helper = (try? tree.file("pid")).flatMap { CInt($0.dropLast()) }
      return helper != nil
    }
    kill(program.id, signal)
    #expect(program.wait() == 128 + Int(signal))
    #expect(hasStarted)
    let number = try #require(helper)
    // It may be a zombie for a while, until somebody takes it away.
    #expect(
      LiveGuard.comes(within: 20_000) {
        kill(number, 0) != 0
          || (try? text(at: "/proc/\(number)/stat"))?.contains(") Z ") == true
      })
  }
}

@Suite("systemd, which is to read its files anew")
struct DaemonReloadTests {
  private func reload(_ script: String?) throws -> [Remark] {
    let tree = try FixtureTree()
    if let script {
      try tree.add(.file(Array("#!/bin/sh\n\(script)\n".utf8)), at: "systemctl")
      unsafe chmod("\(tree.path)/systemctl", 0o755)
    }
    var environment = Environment(systemFolders: [tree.path])
    environment.systemdTimeout = 1000
    return Systemd.daemonReload(in: environment)
  }

  @Test(
    "is waited for no longer than a while, and what went wrong is an error",
    arguments: [
      ("test \"$*\" = daemon-reload", nil),
      ("exit 4", "systemctl daemon-reload ended with status 4"),
      ("exec sleep 1000", "systemctl daemon-reload: didn't end within 1 s, and was stopped"),
      (nil, "systemctl: isn't installed"),
    ] as [(String?, String?)])
  func outcome(script: String?, message: String?) throws {
    let remarks = try reload(script)
    #expect(remarks.map(\.text) == (message.map { [$0] } ?? []))
    for remark in remarks {
      #expect(remark.isError)
      #expect(remark.advice?.hasPrefix("The files are written;") == true)
    }
  }
}
