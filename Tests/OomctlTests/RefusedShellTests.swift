import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Of OpenSSH's server is refused")
struct RefusedShellTests {
  private func tree() throws -> FixtureTree {
    try FixtureMachine.shells([.listener()] + SecureShellTests.sessions).tree()
  }

  @Test("a session, unless it's forced", arguments: [410, 411])
  func session(id: Int) throws {
    let tree = try tree()
    let refused = run(["protect", "\(id)"], on: tree)
    #expect(
      refused.errors
        == "oomctl: sshd[\(id)]: serves a login: all that is started there inherits\n")
    #expect(refused.status == .refused)
    #expect(try tree.adjustment(of: id) == 0)
    #expect(run(["protect", "\(id)", "--force"], on: tree).status == .done)
    #expect(try tree.adjustment(of: id) == -900)
  }

  @Test("the listener with all that it started")
  func descendants() throws {
    let tree = try tree()
    let before = try tree.contents()
    let refused = run(["protect", "sshd", "--tree"], on: tree)
    let reason = "--tree would take along all that its logins start\n"
    #expect(
      refused.errors == [400, 410, 411].map { "oomctl: sshd[\($0)]: \(reason)" }.joined())
    #expect(refused.status == .refused)
    #expect(try tree.changes(since: before).isEmpty)
  }

  @Test(
    "what would last, and nothing else of what was asked for",
    arguments: [
      (["sshd"], ["proc/400/oom_score_adj"]), (["400"], ["proc/400/oom_score_adj"]),
      (
        ["java", "sshd"],
        [
          "etc/systemd/system/app.service.d/50-oomctl.conf", "proc/1200/oom_score_adj",
          "proc/400/oom_score_adj",
        ]
      ),
    ])
  func lasting(words: [String], changed: [String]) throws {
    let tree = try tree()
    let before = try tree.contents()
    let refused = run(["protect", "--persist"] + words, on: tree)
    #expect(
      refused.errors
        == "oomctl: sshd[400]: OOMScoreAdjust= in sshd's unit would be the value of every login too\n"
        + "Leave out --persist: sshd protects its listener by itself at each start.\n")
    #expect(refused.status == .refused)
    let changes = try tree.changes(since: before).filter {
      try !tree.contents()[$0, default: []].isEmpty
    }
    #expect(changes == changed)
  }

  @Test(
    "nothing where systemd listens: there is nothing to do",
    arguments: ["ssh@3-10.0.0.1:22-10.0.0.2:5000.service", "sshd@7.service"])
  func socketActivation(unit: String) throws {
    let machine = FixtureMachine.shells([
      .shell(410, "sshd: alice [priv]", parent: 1, unit: unit),
      .shell(411, "sshd: alice@pts/0", parent: 410, unit: unit),
    ])
    let tree = try machine.tree()
    let before = try tree.contents()
    let protect = run(["protect", "sshd"], on: tree)
    #expect(
      protect.errors == """
        oomctl: sshd has no listener here: systemd listens, and starts an sshd for each connection
        Nothing needs protection: systemd is process 1, and sessions are left alone.

        """)
    #expect(protect.status == .failed)
    #expect(try tree.contents() == before)
  }

  @Test("nothing where only sessions are left, which are left alone")
  func onlySessions() throws {
    let tree = try FixtureMachine.shells(SecureShellTests.sessions).tree()
    let before = try tree.contents()
    let protect = run(["protect", "sshd"], on: tree)
    #expect(protect.errors.hasPrefix("oomctl: no sshd that listens was found, only sessions"))
    #expect(protect.status == .failed)
    #expect(try tree.contents() == before)
  }
}
