import Glibc
import KernelLog
import LogLines
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import CivilTime
@testable import Core
@testable import KillHistory
@testable import LogSources
@testable import oomctl

@Suite("This machine's kernel messages")
struct LiveLogTests {
  @Test("can be read from the ring buffer", .enabled(if: LogTree.canReadRing))
  func ring() throws {
    let world = try World(root: nil, environment: Environment())
    let stream = try LogStream(.ring, in: world)
    let (count, records) = try Self.drain(stream)
    #expect(count > 0)
    #expect(records.first != nil)
    let result = try LogTree.read(LogSources(of: world).only(.ring), in: world)
    #expect(result.coverage.sources.map(\.source) == [.ring])
    #expect(result.coverage.first?.basis == .boot)
    #expect(result.remarks == [])
  }

  private static func drain(
    _ stream: consuming LogStream
  ) throws -> (Int, RecordNumbers) {
    var stream = stream
    // No longer than a record: each call yields one.
    var buffer = [UInt8](repeating: 0, count: RecordNumbers.longestRecord)
    var sum = 0
    while true {
      var span = buffer.mutableSpan
      let count = try stream.read(into: &span)
      guard count > 0 else { return (sum, stream.records) }
      sum += count
    }
  }

  @Test("are asked of the journal with all boots and the daemons that kill")
  func journal() throws {
    let tree = try FixtureTree([
      "journalctl": """
      #!/bin/sh
      echo "$@" > "${0%/*}/words"
      printf '__REALTIME_TIMESTAMP=1573558202123456\\n_BOOT_ID=e885cdaad10c44828fffd9543a7db2dc\\n'
      printf '_TRANSPORT=kernel\\n_SOURCE_MONOTONIC_TIMESTAMP=1234567890\\n_HOSTNAME=web\\n'
      printf 'MESSAGE=%s\\n\\n' '\(LogTree.kill(4019))'
      exit 3

      """
    ])
    unsafe chmod("\(tree.path)/journalctl", 0o755)
    let world = try World(root: nil, environment: Environment(systemFolders: [tree.path]))
    #expect(LogSources(of: world).all.first == .journal)
    let result = try LogTree.read(LogSources(of: world).only(.journal), in: world)
    #expect(result.pids == [4019])
    #expect(result.findings.first?.time?.microseconds == 1_573_558_202_123_456)
    #expect(result.kills.first?.stamp.boot == "e885cdaad10c44828fffd9543a7db2dc")
    #expect(result.coverage.text(in: .utc) == "journal since 2019-11-12")
    #expect(result.messages == ["the journal: journalctl ended with status 3"])
    #expect(
      try tree.file("words")
        == "--quiet --no-pager --output=export _TRANSPORT=kernel + "
        + "SYSLOG_IDENTIFIER=systemd-oomd + SYSLOG_IDENTIFIER=earlyoom + "
        + "SYSLOG_IDENTIFIER=nohang + SYSLOG_IDENTIFIER=nohang-desktop + SYSLOG_IDENTIFIER=oomd + "
        + "SYSLOG_IDENTIFIER=lmkd + MESSAGE_ID=d989611b15e44c9dbf31e3c81256e4ed "
        + "+ MESSAGE_ID=fe6faa94e7774663a0da52717891d8ef "
        + "+ MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c "
        + "+ MESSAGE_ID=5eb03494b6584870a536b337290809b3\n")
  }

  @Test(
    "tell nothing where journalctl has no journal, unless only a part was asked for",
    arguments: [(nil, true), (1_700_000_000, false)] as [(Int?, Bool)])
  func noJournal(since: Int?, isBlind: Bool) throws {
    let tree = try FixtureTree(["journalctl": "#!/bin/sh\n"])
    unsafe chmod("\(tree.path)/journalctl", 0o755)
    let world = try World(root: nil, environment: Environment(systemFolders: [tree.path]))
    let scope = LogScope(LogSources(of: world), in: world)
    var reading = LogReading(scope, asking: JournalCommand(since: since))
    try reading.events(from: .journal, in: world) { _ in }
    #expect(reading.coverage.isBlind == isBlind)
    #expect(reading.remarks.isEmpty)
  }

  @Test("are asked of journalctl where a file of the journal's is named")
  func journalFile() throws {
    let tree = try FixtureTree([
      "journalctl": """
      #!/bin/sh
      read -r mark
      printf '__CURSOR=a\\n_TRANSPORT=kernel\\n_HOSTNAME=%s\\n' "$mark"
      printf 'MESSAGE=%s\\n\\n' '\(LogTree.kill(4019))'
      echo "$@" > "${0%/*}/words"

      """, "user-1000.journal": "LPKSHHRH\n",
    ])
    unsafe chmod("\(tree.path)/journalctl", 0o755)
    let world = try World(root: nil, environment: Environment(systemFolders: [tree.path]))
    let result = try LogTree.read(
      LogSources(named: ["\(tree.path)/user-1000.journal"]), in: world)
    #expect(result.pids == [4019])
    #expect(result.kills.first?.stamp.host == "LPKSHHRH")
    #expect(result.remarks == [])
    #expect(try tree.file("words").hasSuffix(" --file=/dev/stdin\n"))
  }

  @Test("are asked of the journal from a moment on, of a boot, or as they come")
  func journalWords() {
    let words = JournalCommand(since: 1_573_558_202, boot: "-1", follows: true).words
    #expect(
      words[4...7] == ["--since=@1573558202", "--boot=-1", "--follow", "--lines=0"])
  }

  @Test(
    "are understood by the journalctl that is here",
    .enabled(if: Executable.tool("journalctl") != nil))
  func realJournal() throws {
    let world = try World(
      root: nil, environment: Environment(systemFolders: Environment.systemFolders))
    let result = try LogTree.read(LogSources(of: world).only(.journal), in: world)
    #expect(result.remarks == [])
  }

  @Test("are no part of a captured tree's, nor of files that are named")
  func others() throws {
    let tree = try FixtureTree(["proc/version": ""])
    let world = try World(
      root: tree.path, environment: Environment(systemFolders: Environment.systemFolders))
    #expect(LogSources(of: world).all == [])
    #expect(LogSources(named: ["x", "-", "x"]).all == [.file("x"), .standardInput])
    #expect(LogClock.Boot(of: world) == nil)
    #expect(world.killCounter == nil)
  }
}
