import Arguments
import Core
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Protecting

@Suite("Pages of protection")
struct ProtectPagesTests {
  /// What several calls on one machine say, one after the other.
  private func pages(_ calls: [[String]], on machine: FixtureMachine = .server) throws -> String {
    let tree = try machine.tree()
    var text = ""
    for words in calls {
      text += "$ oomctl \(words.joined(separator: " "))\n"
      do {
        if words[0] == "protect" {
          var protect = Protect()
          _ = try protect.take(Array(words.dropFirst()))
          text += try protect.shown(in: tree)
        } else {
          var unprotect = Unprotect()
          _ = try unprotect.take(Array(words.dropFirst()))
          text += try unprotect.shown(in: tree)
        }
      } catch let failure as Failure {
        text += "failure: \(failure.message) / \(failure.advice ?? "-")\n"
      } catch let error as UsageError {
        text += "usage: \(error.description)\n"
      }
    }
    return text
  }

  private func check(_ calls: [[String]], on machine: FixtureMachine = .server, _ file: String)
    throws
  {
    let text = try pages(calls, on: machine)
      .replacing("oomctl \(Version.current)", with: "oomctl VERSION")
    #expect(try text == expectedText(file, recording: text))
  }

  @Test("show values, what inherits, and what is taken back")
  func values() throws {
    try check(
      [
        ["protect", "java"], ["protect", "java"], ["unprotect", "java"], ["unprotect", "java"],
        ["protect", "--never", "java"],
        ["unprotect", "java"], ["protect", "postgres"], ["protect", "bash"], ["protect", "1400"],
        ["unprotect", "1400"],
        ["protect", "bash", "--user", "alice", "--tree"], ["unprotect", "bash", "--tree"],
        ["protect", "sshd"], ["protect", "1"],
        ["protect", "kthreadd"], ["protect", "none"], ["protect"], ["protect", "9999", "java"],
        ["protect", "--dry-run", "fluentd"],
        ["unprotect", "none"], ["unprotect"],
      ], "values.txt")
  }

  @Test("show files that make it last")
  func lasting() throws {
    try check(
      [
        ["protect", "java", "--persist"], ["protect", "java", "--persist"], ["unprotect", "java"],
        ["protect", "fluentd", "--persist", "--dry-run"], ["protect", "sshd", "--persist"],
        ["protect", "--unit", "stopped", "--persist"],
        ["protect", "--unit", "umbrella", "--persist"],
        ["protect", "--unit", "none", "--persist"], ["unprotect", "--unit", "stopped"],
        ["protect", "bash", "--user", "alice", "--persist"], ["unprotect", "bash"],
        ["protect", "firefox", "--user", "alice", "--persist"],
        ["protect", "box", "--persist"], ["protect", "inside", "--persist"], ["unprotect", "box"],
      ],
      on: .server.with {
        $0.files["etc/systemd/system/stopped.service"] = "[Service]\nExecStart=/bin/x\n"
        $0.files["etc/systemd/system/umbrella.service"] =
          "[Unit]\nWants=a.service b.service\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n"
        $0.files["usr/bin/bash"] = "x"
        $0[1600] = FixtureProcess(1600, "box", resident: 50).with { $0.cgroup = "0::/box\n" }
        $0[1601] = FixtureProcess(1601, "inside", resident: 50).with {
          $0.cgroup = "0::/docker/\(String(repeating: "a", count: 64))\n"
        }
      }, "lasting.txt")
  }

  @Test("leave alone what others wrote, and what is lower already")
  func others() throws {
    try check(
      [
        ["protect", "java", "--persist"], ["protect", "java", "--persist", "--force"],
        ["protect", "postgres", "--persist"],
        ["protect", "fluentd", "--persist"], ["unprotect", "fluentd"],
      ],
      on: .server.with {
        $0.files["etc/systemd/system/app.service.d/50-oomctl.conf"] =
          "[Service]\nOOMScoreAdjust=5\n"
        $0.files["etc/systemd/system/postgresql.service.d/90-own.conf"] =
          "[Service]\nOOMScoreAdjust=-950\n"
        $0.files["etc/systemd/system/td-agent.service.d/60-late.conf"] =
          "[Service]\nOOMScoreAdjust=100\n"
      }, "others.txt")
    try check(
      [
        ["protect", "box", "--persist"], ["protect", "box", "--persist", "--never"],
        ["unprotect", "box"],
      ],
      on: .server.with {
        $0[1600] = FixtureProcess(1600, "box", resident: 50).with { $0.cgroup = "0::/box\n" }
        $0.files["etc/oomctl/rules.conf"] = "name:box = -950\nbroken\n"
      }, "broken.txt")
  }

  @Test("take rules away by the name that they are for, also as older versions wrote them")
  func rules() throws {
    let mark = "# oomctl protect: unprotect removes this\n"
    let rules = [
      "name:gone", "unit:gone.service", "user:root name:gone", "user:root exe:/opt/gone",
      "match:^/opt/gone x$", "match:^/opt/gone$", "match:^/opt/g\\.one x", "name:gone2",
      "unit:gone2.service", "user:root name:agone", "exe:/opt/gone/other", "match:^/opt/agone$",
      "match:/opt/gone$", "exe:/opt/agone", "unit:agone.service",
    ]
    let machine = FixtureMachine.server.with {
      $0.files["etc/oomctl/rules.conf"] = .file(
        Array(("name:gone = 5\n" + rules.map { "\(mark)\($0) = -900\n" }.joined()).utf8))
    }
    try check(
      [["unprotect", "g.one"], ["unprotect", "gone"], ["unprotect", "gone"]], on: machine,
      "rules.txt")
  }

  @Test("are of families and shells as they are")
  func families() throws {
    try check(
      [
        ["protect", "postgres"], ["protect", "postgres", "--all"],
        ["protect", "postgres", "--tree"], ["unprotect", "postgres"],
        ["unprotect", "postgres", "--tree"],
      ],
      on: .postgres(), "families.txt")
    try check(
      [
        ["protect", "sshd"], ["protect", "sshd", "--tree"], ["protect", "sshd", "bash"],
        ["protect", "410"], ["unprotect", "sshd"],
      ],
      on: .shells([
        .listener(), .shell(410, "sshd: alice [priv]"),
        .shell(411, "sshd: alice@pts/0", parent: 410),
        .shell(412, "-bash", name: "bash", parent: 411),
      ]), "shells.txt")
  }
}
