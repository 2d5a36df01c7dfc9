import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Of OpenSSH's server")
struct SecureShellTests {
  /// Two processes of a login, as most releases have them.
  static let sessions: [FixtureProcess] = [
    .shell(410, "sshd: alice [priv]"), .shell(411, "sshd: alice@pts/0", parent: 410),
  ]

  private func protect(_ words: [String], on machine: FixtureMachine) throws -> Run {
    try run(["protect", "--json"] + words, on: machine.tree())
  }

  @Test(
    "the listener is protected and no session",
    arguments: [
      sessions,
      [
        .shell(410, "sshd-session: alice [priv]", name: "sshd-session"),
        .shell(411, "sshd-session: alice@pts/0", name: "sshd-session", parent: 410),
      ],
      [.shell(410, "sshd-auth: alice [net]", name: "sshd-auth")],
      [.shell(410, "sshd: [accepted]"), .shell(411, "sshd: unknown [net]", parent: 410)],
      [.shell(410, "sshd: alice@notty"), .shell(411, "sshd: alice@internal-sftp", parent: 410)],
      // What was there before a restart belongs to process 1 now.
      [.shell(410, "sshd: alice [priv]", parent: 1), .shell(411, "sshd: bob@pts/1", parent: 1)],
    ] as [[FixtureProcess]], [["sshd"], ["--unit", "ssh"], ["--match", "sshd"]])
  func listener(sessions: [FixtureProcess], words: [String]) throws {
    let tree = try FixtureMachine.shells([.listener()] + sessions).tree()
    let before = try tree.contents()
    let protect = run(["protect", "--json"] + words, on: tree)
    #expect(try protect.actions == ["sshd[400] 0 -> -900 done"])
    #expect(protect.status == .done)
    #expect(try tree.changes(since: before) == ["proc/400/oom_score_adj"])
    // A name doesn't mean those that have one of their own.
    let isMeant = words != ["sshd"] || sessions[0].name == Array("sshd".utf8)
    let noun = sessions.count == 1 ? "process" : "processes"
    let hint =
      "Left alone: \(sessions.count) \(noun) of login sessions; they have the value that sshd was "
      + "started with."
    #expect(try protect.hints == (isMeant ? [hint] : []))
  }

  @Test("only sessions that were selected are told of, and a user's only once")
  func selectedSessions() throws {
    let machine = FixtureMachine.shells([
      .listener(), .shell(410, "sshd: alice [priv]", unit: "session-3.scope"),
      .shell(411, "sshd: alice@pts/0", parent: 410, unit: "session-3.scope").with {
        $0.user = 1000
      },
    ])
    let unit = try run(["protect", "--unit", "ssh", "--json"], on: machine.tree())
    #expect(try unit.hints.isEmpty && unit.errors.isEmpty)
    let name = try run(["protect", "sshd", "--json"], on: machine.tree())
    #expect(try name.hints.count == 1 && name.hints[0].hasPrefix("Left alone: 2 processes"))
    #expect(name.errors.isEmpty && name.status == .done)
  }

  @Test(
    "what logins started isn't the server's unit, though they have no scope of their own",
    arguments: [
      (["--unit", "ssh"], ["sshd[400] 0 -> -900 done"]),
      (["--cgroup", "/system.slice/ssh.service"], ["sshd[400] 0 -> -900 done"]),
      // Asked for by its own name or number it is meant, and the unit only narrows that.
      (["--unit", "ssh", "bash"], ["bash[412] 0 -> -900 done"]),
      (["--unit", "ssh", "412"], ["bash[412] 0 -> -900 done"]),
    ])
  func loginsInUnit(words: [String], actions: [String]) throws {
    let machine = FixtureMachine.shells(
      [.listener()] + Self.sessions + [
        .shell(412, "-bash", name: "bash", parent: 411),
        .shell(413, "sleep 60", name: "sleep", parent: 412),
        .shell(414, "cat", name: "cat", parent: 411).with { $0.user = 1000 },
        // Their sessions are over.
        .shell(415, "sleep infinity", name: "sleep", parent: 1).with { $0.user = 1000 },
        .shell(416, "rsync", name: "rsync", parent: 1),
      ])
    let protect = try protect(words, on: machine)
    #expect(try protect.actions == actions)
    #expect(protect.status == .done && protect.errors.isEmpty)
  }

  @Test("the listener is who holds the listening socket, though a session forwards a port")
  func socket() throws {
    let machine = FixtureMachine.shells(
      // Both look like the listener by their titles.
      [.shell(399, "/usr/sbin/sshd -D", parent: 1), .shell(400, "/usr/sbin/sshd -D", parent: 1)]
        + Self.sessions
    ).with {
      let listening = [4711, 4712]
      $0.files.merge(sockets(of: 399, held: [10], listening: listening)) { $1 }
      $0.files.merge(sockets(of: 400, held: [11, 4711], listening: listening)) { $1 }
      $0.files.merge(sockets(of: 411, held: [4712], listening: listening)) { $1 }
    }
    #expect(try protect(["sshd"], on: machine).actions == ["sshd[400] 0 -> -900 done"])
  }

  @Test("the listener may listen by IPv6 alone")
  func socketOfVersionSix() throws {
    let machine = FixtureMachine.shells([
      .shell(399, "/usr/sbin/sshd", parent: 1), .shell(400, "/usr/sbin/sshd", parent: 1),
    ]).with {
      $0.files = sockets(of: 400, held: [4711], listening: [])
      $0.files["proc/400/net/tcp6"] = sockets(of: 1, held: [], listening: [4711])["proc/1/net/tcp"]
    }
    #expect(try protect(["sshd"], on: machine).actions == ["sshd[400] 0 -> -900 done"])
  }

  @Test("the listener is else who says so")
  func title() throws {
    let machine = FixtureMachine.shells([.shell(399, "/usr/sbin/sshd -i", parent: 1), .listener()])
    #expect(try protect(["sshd"], on: machine).actions == ["sshd[400] 0 -> -900 done"])
  }

  @Test("the listener of old has no title, and its sessions have")
  func withoutTitle() throws {
    let machine = FixtureMachine.shells([.shell(400, "/usr/sbin/sshd", parent: 1)] + Self.sessions)
    #expect(try protect(["sshd"], on: machine).actions == ["sshd[400] 0 -> -900 done"])
  }

  @Test("the listener has protected itself already")
  func unchanged() throws {
    let machine = FixtureMachine.shells([.listener(adjustment: -1000)])
    let protect = try protect(["sshd"], on: machine)
    #expect(try protect.actions == ["sshd[400] -1000 -> -1000 unchanged"])
    #expect(
      try protect.hints == [
        "sshd[400] has -1000: sshd protects its listener by itself, at each start."
      ])
    #expect(protect.status == .done)
  }
}
