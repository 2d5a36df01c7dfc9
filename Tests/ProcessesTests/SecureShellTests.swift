import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("OpenSSH's processes")
struct SecureShellTests {
  @Test(
    "are known by their names, their program or what they write over their command line",
    arguments: [
      ("sshd", [], nil, true), ("sshd-session", [], nil, true), ("sshd-auth", [], nil, true),
      ("x", ["/usr/sbin/sshd", "-D"], nil, true), ("x", [], "/usr/sbin/sshd", true),
      ("x", ["sshd: alice [priv]"], nil, true), ("x", ["sshd-session: alice"], nil, true),
      ("x", ["sshd-auth: alice"], nil, true), ("sshx", [], nil, false),
      ("x", ["sshd:alice"], nil, false), ("x", ["ssh: alice"], nil, false),
    ] as [(String, [String], String?, Bool)])
  func contains(name: String, words: [String], executable: String?, isOne: Bool) {
    let record = ProcessSnapshot.named(name, words: words, executable: executable)
    #expect(SecureShell.contains(record) == isOne)
  }

  @Test(
    "serve a connection unless they say that they listen, or say nothing",
    arguments: [
      ("sshd", ["sshd: alice [priv]"], true), ("sshd", ["sshd: alice@pts/0"], true),
      ("sshd", ["sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups"], false),
      ("sshd", ["/usr/sbin/sshd", "-D"], false), ("sshd", [], false),
      ("sshd", ["sshd: x[listener]"], true), ("sshd-session", [], true), ("sshd-auth", [], true),
      ("sshd", ["sshd-session: alice [listener]"], true), ("sshd", ["sshd-auth: alice"], true),
    ])
  func sessions(name: String, words: [String], isSession: Bool) {
    #expect(SecureShell.isSession(.named(name, words: words)) == isSession)
  }

  @Test(
    "have units",
    arguments: [
      ("ssh.service", true), ("sshd.service", true), ("ssh@1.service", true),
      ("sshd@1-2.service", true), ("ssh.socket", false), ("sshguard.service", false),
    ])
  func units(name: String, isOne: Bool) { #expect(SecureShell.isUnit(name) == isOne) }

  private func shell(
    _ id: Int32, _ words: [String] = [],
    _ change: (inout ProcessSnapshot, inout ProcessStatus) -> Void = { _, _ in }
  ) throws -> ScoredProcess {
    try .unjudged(
      .with(id: id) { record, status in
        status.name = "sshd"
        status.realUserID = 0
        status.effectiveUserID = 0
        record.commandLine = ProcessCommandLine(words)
        change(&record, &status)
      })
  }

  private func listeners(
    _ shells: [ScoredProcess], files: [String: FixtureTree.Entry] = [:]
  ) throws -> [Int32] {
    try FixtureTree(files.merging(["proc/version": ""]) { $1 }).withWorld { world in
      SecureShell.listeners(among: shells, in: world).map(\.id.rawValue)
    }
  }

  private let title = "sshd: /usr/sbin/sshd [listener] 0 of 10"

  @Test("listen that hold a socket, else that say so, else that say nothing")
  func listening() throws {
    let all = try [
      shell(10), shell(11, [title]), shell(12, ["sshd: alice"]), shell(13, ["/usr/sbin/sshd"]),
    ]
    #expect(try listeners(all) == [11])
    #expect(try listeners([all[0], all[2], all[3]]) == [10, 13])
    let files = sockets(of: 10, held: [77], listening: [77, 78]).merging(
      sockets(of: 12, held: [78], listening: [77, 78])
    ) { $1 }
    #expect(try listeners(all, files: files) == [10])
    #expect(try listeners([all[2]]) == [])
  }

  @Test("are the system's only where root alone owns them, in no container")
  func owners() throws {
    let changes: [(Bool, (inout ProcessSnapshot, inout ProcessStatus) -> Void)] = [
      (true, { _, _ in }), (true, { $1.savedUserID = 0 }), (true, { $1.namespaceDepth = 1 }),
      (false, { $1.namespaceDepth = 2 }), (false, { $1.savedUserID = 5 }),
      (false, { $1.realUserID = 5 }), (false, { $1.effectiveUserID = 5 }),
      (false, { $1.realUserID = nil }),
    ]
    for (index, (isOne, change)) in changes.enumerated() {
      #expect(try listeners([shell(10, [], change)]) == (isOne ? [10] : []), "\(index)")
    }
    var unread = try shell(10)
    unread.record.status = nil
    unread.record.stat = .with { $0.name = "sshd" }
    #expect(try listeners([unread]) == [])
  }

  @Test(
    "may have no listener where systemd listens for them",
    arguments: [("sshd@1.service", true), ("ssh@1.service", true), ("ssh.service", false)])
  func absence(unit: String, isActivated: Bool) throws {
    let one = try shell(10, []) { record, _ in record.cgroups = .two("/system.slice/\(unit)") }
    let message = SecureShell.absence(of: [try shell(9), one]).message
    #expect(message.contains("systemd listens") == isActivated)
  }
}

@Suite("Main processes")
struct MainProcessesTests {
  private func process(_ id: Int32, parent: Int32?, name: String = "app", words: [String] = [])
    throws -> ScoredProcess
  {
    try .unjudged(
      .with(id: id) { record, status in
        status.name = name
        status.parent = parent.map { ProcessID($0) }
        status.realUserID = 0
        status.effectiveUserID = 0
        record.commandLine = ProcessCommandLine(words)
      })
  }

  @Test("are those that none of the others started")
  func roots() throws {
    let all = try [
      process(10, parent: 1), process(11, parent: 10), process(12, parent: 11),
      process(20, parent: nil), process(30, parent: 30),
    ]
    #expect(MainProcesses.roots(of: all).map(\.id.rawValue) == [10, 20, 30])
    #expect(MainProcesses.roots(of: []).isEmpty)
  }

  private func main(
    _ selected: [ScoredProcess], explicit: Set<Int32> = []
  ) throws -> [Int32] {
    try FixtureTree(["proc/version": ""]).withWorld { world in
      try MainProcesses.of(
        selected, isExplicit: { explicit.contains($0.id.rawValue) }, in: world
      ).map(\.id.rawValue)
    }
  }

  @Test("are also those asked for by number, and of shells the listener and no session")
  func chosen() throws {
    let apps = try [process(10, parent: 1), process(11, parent: 10), process(12, parent: 10)]
    #expect(try main(apps) == [10])
    #expect(try main(apps, explicit: [12]) == [10, 12])
    let listener = try process(20, parent: 1, name: "sshd")
    let session = try process(21, parent: 20, name: "sshd", words: ["sshd: alice"])
    let other = try process(22, parent: 20, name: "sshd", words: ["sshd: bob"])
    #expect(try main([listener, session, other]) == [20])
    #expect(try main([listener, session, other], explicit: [22]) == [20, 22])
    #expect(try main([listener, session], explicit: [20]) == [20])
    #expect(try main(apps + [session]) == [10])
    #expect(try main([session], explicit: [21]) == [21])
    #expect(throws: Failure.self) { try main([session, other]) }
    #expect(try main([]) == [])
  }
}
