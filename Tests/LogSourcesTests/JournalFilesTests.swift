import Glibc
import KernelLog
import LogLines
import ProgramSupport
import TestSupport
import Testing

@testable import CivilTime
@testable import Core
@testable import LogSources

@Suite("The journal of a captured tree")
struct JournalFilesTests {
  private static let machine = "0123456789abcdef0123456789abcdef"
  private static let folder = "var/log/journal/\(machine)"

  /// Its head, and then what this journalctl finds in it.
  private static func journal(_ pid: Int, arena: UInt8 = 0) -> FixtureTree.Entry {
    var head = Array("LPKSHHRH".utf8) + [UInt8](repeating: 0, count: 96)
    head[97] = arena
    let text =
      "__REALTIME_TIMESTAMP=1795000000000000\n_TRANSPORT=kernel\nMESSAGE=\(LogTree.kill(pid))\n\n"
    return .file(head + Array(text.utf8))
  }

  /// One that reads such files, each by its descriptor.
  private static let reader = """
    #!/bin/sh
    echo "$@" > "${0%/*}/words"
    for word; do
      case $word in --file=*) tail -c +105 "${word#--file=}" ;; esac
    done

    """

  private func read(
    _ entries: [String: FixtureTree.Entry], reader: String = reader, proc: Bool = false
  ) throws -> (result: LogTree.Result, words: String) {
    let tools = try FixtureTree(["journalctl": .init(stringLiteral: reader)])
    unsafe chmod("\(tools.path)/journalctl", 0o755)
    let tree = try FixtureTree(entries)
    if proc { try tree.add("", at: "proc/version") }
    let world = try World(
      root: tree.path, environment: Environment(systemFolders: [tools.path, "/usr/bin", "/bin"]),
      needsProc: false)
    let result = try LogTree.read(LogSources(of: world), in: world, root: tree.path)
    return (result, (try? tools.file("words")) ?? "")
  }

  @Test("is read by journalctl, which gets its files open", arguments: [false, true])
  func files(proc: Bool) throws {
    let (result, words) = try read(
      [
        "\(Self.folder)/system@1.journal": Self.journal(1),
        "\(Self.folder)/system.journal": Self.journal(2),
        "\(Self.folder)/user-1000.journal~": Self.journal(3),
        "\(Self.folder)/notes.txt": Self.journal(4),
        "run/log/journal/\(Self.machine)/system.journal": Self.journal(5),
        "var/log/journal/remote/remote-x.journal": Self.journal(6),
      ], proc: proc)
    #expect(result.pids.sorted() == [1, 2, 3, 5])
    #expect(result.coverage.sources.map(\.source) == [.journal])
    #expect(result.remarks == [])
    #expect(!words.contains("--directory"))
    #expect(words.split(separator: " ").count { $0.hasPrefix("--file=/proc/self/fd/") } == 4)
  }

  @Test("is the machine's own, beside which containers' may lie")
  func machines() throws {
    let other = "fedcba9876543210fedcba9876543210"
    let entries = [
      "\(Self.folder)/system.journal": Self.journal(1),
      "var/log/journal/\(other)/system.journal": Self.journal(2),
    ]
    #expect(try read(entries).result.pids.sorted() == [1, 2])
    let named = entries.merging(["etc/machine-id": .init(stringLiteral: "\(other)\n")]) { $1 }
    #expect(try read(named).result.pids == [2])
  }

  @Test("is nothing that lies outside, and no pipe or device")
  func hostile() throws {
    let outside = try FixtureTree(["system.journal": Self.journal(9)])
    let (result, words) = try read([
      "\(Self.folder)/system.journal": .link("\(outside.path)/system.journal"),
      "\(Self.folder)/a.journal": .pipe, "\(Self.folder)/b.journal": .link("/dev/zero"),
      "\(Self.folder)/c.journal": .folder,
      "run/log/journal": .link(outside.path),
    ])
    #expect(result.pids == [])
    #expect(words == "")
    #expect(result.remarks.count == 1)
    #expect(!result.coverage.isComplete)
  }

  @Test("is read as far as it is whole, which is said")
  func damage() throws {
    let (result, _) = try read([
      "\(Self.folder)/system.journal": Self.journal(1),
      "\(Self.folder)/system@2.journal": Self.journal(2, arena: 16),
      "\(Self.folder)/system@3.journal": "no journal", "\(Self.folder)/system@4.journal": "",
    ])
    #expect(result.pids == [1])
    #expect(
      result.messages
        == [2, 3].map { "the journal: /\(Self.folder)/system@\($0).journal is damaged" })
    #expect(!result.coverage.isComplete)
  }

  @Test("is missed with a word where there is no journalctl")
  func noReader() throws {
    let tree = try FixtureTree(["\(Self.folder)/system.journal": Self.journal(1)])
    let world = try World(root: tree.path, environment: Environment(), needsProc: false)
    let result = try LogTree.read(LogSources(of: world), in: world)
    #expect(result.messages == ["the journal: journalctl isn't installed, which reads it"])
    #expect(!result.coverage.isComplete)
  }

  @Test("contradicts others only up to its end: nobody knows how long the machine ran on")
  func witness() {
    var coverage = LogCoverage()
    func time(_ seconds: Int) -> LogTime {
      LogTime(microseconds: seconds * 1_000_000, basis: .universal)
    }
    _ = coverage.add(.init(source: .journal, first: time(100), last: time(200), isEmpty: false))
    for (isLive, seconds, isWitness) in [
      (true, 150, true), (true, 250, true), (false, 150, true), (false, 250, false),
    ] {
      let witnesses = LogWitnesses(
        coverage, areNamed: false, boot: nil, now: 300, isLive: isLive, host: nil)
      let witness = witnesses.witness(for: Stamp(), at: time(seconds), in: .file("/var/log/syslog"))
      #expect((witness == .journal) == isWitness)
    }
  }

  private static let maker = "/lib/systemd/systemd-journal-remote"
  private static let canMake =
    unsafe Executable.tool("journalctl") != nil && access(maker, X_OK) == 0

  @Test(
    "is read by the journalctl that is here",
    .enabled(
      if: canMake,
      "needs journalctl, and systemd-journal-remote to make a journal"))
  func realJournal() throws {
    let tree = try FixtureTree(["\(Self.folder)/empty": ""])
    for (name, boot, pid) in [("system@1", "a", 1), ("system", "b", 2)] {
      let export = """
        __REALTIME_TIMESTAMP=179500000000000\(pid)
        __MONOTONIC_TIMESTAMP=5
        _BOOT_ID=\(String(repeating: boot, count: 32))
        _TRANSPORT=kernel
        MESSAGE=\(LogTree.kill(pid))


        """
      try tree.add(.init(stringLiteral: export), at: "export")
      let made = try Executable.run(
        Self.maker, ["-o", "\(tree.path)/\(Self.folder)/\(name).journal", "\(tree.path)/export"])
      try #require(made.status == 0)
    }
    func pids(_ boot: String?) throws -> [Int] {
      let world = try World(
        root: tree.path, environment: Environment(systemFolders: Environment.systemFolders),
        needsProc: false)
      var reading = LogReading(
        LogScope(LogSources(of: world), in: world),
        asking: JournalCommand(since: 1_796_000_000, boot: boot, mustKnowBoot: boot != nil))
      var pids: [Int] = []
      try reading.events(from: .journal, in: world) { (finding: LogFinding) throws(Failure) in
        if case .kill(let kill) = finding.event { pids.append(kill.victim.pid) }
      }
      #expect(reading.remarks == [])
      return pids
    }
    #expect(try pids("0") == [2])
    #expect(try pids("-1") == [1])
    #expect(try pids(String(repeating: "a", count: 32)) == [1])
    #expect(try pids(nil) == [])
    for boot in ["-2", String(repeating: "c", count: 32)] {
      #expect(throws: Failure.self) { try pids(boot) }
    }
  }
}
