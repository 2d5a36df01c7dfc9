import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

/// A daemon that was started under a drop-in, and workers that it has started since.
private let restarted = FixtureMachine.server.with {
  $0.files["etc/systemd/system/nginx.service.d/50-oomctl.conf"] = UnprotectTests.written
  $0.processes += [(700, 1), (701, 700), (702, 700), (703, 702)].map { id, parent in
    FixtureProcess(id, "nginx", resident: 300).with {
      $0.parent = parent
      $0.startTicks = 200 + id
      $0.adjustment = -900
      $0.cgroup = "0::/system.slice/nginx.service\n"
    }
  }
}

@Suite("Workers that inherited a protection")
struct InheritedProtectionTests {
  @Test("are told of, and keep it where only the daemon is meant")
  func listed() throws {
    let tree = try restarted.tree()
    let result = run(["unprotect", "nginx", "--json"], on: tree)
    #expect(
      try result.actions == [
        "nginx[700] -900 -> 0 done", "/etc/systemd/system/nginx.service.d/50-oomctl.conf done",
      ])
    #expect(
      try result.hints == [
        "nginx[701], nginx[702], nginx[703] inherited the value: --tree takes them, too."
      ])
    #expect(try tree.adjustment(of: 701) == -900)
    let again = run(["unprotect", "nginx"], on: tree)
    #expect(
      again.errors == """
        oomctl: what was named isn't protected any more, but nginx[701], nginx[702], nginx[703] \
        inherited the value
        Add --tree, and they are taken too.

        """)
    #expect(again.status == .failed)
  }

  @Test("are taken with --tree, at once or later", arguments: [false, true])
  func taken(isLater: Bool) throws {
    let tree = try restarted.tree()
    if isLater { #expect(run(["unprotect", "nginx"], on: tree).status == .done) }
    let result = run(["unprotect", "nginx", "--tree", "--all"], on: tree)
    #expect(result.status == .done)
    for id in 700...703 { #expect(try tree.adjustment(of: id) == 0) }
    #expect(run(["unprotect", "nginx", "--tree", "--all"], on: tree).status == .failed)
  }

  @Test("keep what someone else has given them", arguments: [-500, 300])
  func others(value: Int) throws {
    let tree = try restarted.with { $0[702].adjustment = value }.tree()
    #expect(run(["unprotect", "nginx", "--tree", "--all"], on: tree).status == .done)
    #expect(try tree.adjustment(of: 702) == value)
    #expect(try tree.adjustment(of: 701) == 0)
  }
}
