import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

/// A service of the system's, and what an ordinary user calls the same.
private let twins = FixtureMachine.server.with {
  $0.processes += [
    FixtureProcess(600, "redis-server", resident: 300).with {
      $0.user = 110
      $0.cgroup = "0::/system.slice/redis.service\n"
    },
    FixtureProcess(601, "redis-server", resident: 900).with {
      $0.user = 1000
      $0.parent = 1400
      $0.cgroup =
        "0::/user.slice/user-1000.slice/user@1000.service/app.slice/redis.service\n"
    },
  ]
}

@Suite("A word that lowers")
struct OwnershipTests {
  @Test(
    "means what is root's or the system's; a user's is refused",
    arguments: [
      ["protect", "redis-server"], ["protect", "--name", "redis-server"],
      ["protect", "--match", "redis"], ["protect", "--exe", "/usr/bin/redis-server"],
      ["protect", "--unit", "redis"], ["adjust", "-n", "-900", "redis-server"],
      ["adjust", "--by", "-900", "redis-server"],
      ["adjust", "-n", "-900", "--match", "redis"], ["protect", "redis-server", "--all"],
    ])
  func word(words: [String]) throws {
    let tree = try twins.tree()
    let result = run(words + ["--json"], on: tree)
    let isMeant = !words.contains("--unit")
    let refused = isMeant ? ["redis-server[601] 0 -> -900 refused"] : []
    #expect(try result.actions == refused + ["redis-server[600] 0 -> -900 done"])
    #expect(result.status == (isMeant ? .refused : .done))
    #expect(try tree.adjustment(of: 601) == 0)
    #expect(result.errors.contains("redis-server[601]: belongs to alice, ") == isMeant)
    let quiet = run(words + ["-q"], on: tree)
    #expect(quiet.errors == result.errors && quiet.status == result.status)
  }

  @Test("doesn't mean a user's workers of a daemon that it means")
  func workers() throws {
    let tree = try twins.with { $0[601].parent = 600 }.tree()
    let result = run(["protect", "redis-server", "--json"], on: tree)
    #expect(try result.actions == ["redis-server[600] 0 -> -900 done"])
    #expect(result.errors.isEmpty && result.status == .done)
    #expect(run(["protect", "redis-server", "--tree"], on: tree).status == .refused)
  }

  @Test(
    "means a user's by number or with her name",
    arguments: [
      ["601"], ["-p", "601"], ["redis-server", "--user", "alice"],
      ["--unit", "redis", "--user", "1000"], ["--user", "alice", "--match", "redis"],
    ])
  func spoken(words: [String]) throws {
    let tree = try twins.tree()
    let result = run(["adjust", "-n", "-5", "--json"] + words, on: tree)
    #expect(try result.actions == ["redis-server[601] 0 -> -5 done"])
    #expect(result.status == .done)
  }

  @Test("and a number with --tree don't mean a user's that only descends from what is the system's")
  func descendant() throws {
    let tree = try twins.with { $0[601].parent = 600 }.tree()
    let result = run(["adjust", "-n", "-5", "--tree", "600", "--json"], on: tree)
    #expect(
      try result.actions == [
        "redis-server[601] 0 -> -5 refused", "redis-server[600] 0 -> -5 done",
      ])
    #expect(
      result.errors == """
        oomctl: redis-server[601]: belongs to alice, and --tree lowers only what is the system's or the root's own user's
        Give its number, too.

        """)
    #expect(result.status == .refused)
    #expect(run(["adjust", "-n", "-5", "--tree", "600", "601"], on: tree).status == .done)
    #expect(try tree.adjustment(of: 601) == -5)
    #expect(run(["adjust", "-n", "5", "--tree", "600"], on: tree).status == .done)
  }

  @Test("and a number with --tree mean all of a user's tree")
  func ownTree() throws {
    let tree = try FixtureMachine.server.tree()
    #expect(run(["adjust", "-n", "-5", "--tree", "1400"], on: tree).status == .done)
    #expect(try [1400, 1500, 1501].allSatisfy { try tree.adjustment(of: $0) == -5 })
  }

  @Test("says whose it is where nothing else bears the name")
  func foreign() throws {
    let tree = try twins.tree()
    tree.remove("proc/600")
    let before = try tree.contents()
    let result = run(["protect", "redis-server"], on: tree)
    #expect(
      result.errors == """
        oomctl: redis-server[601]: belongs to alice, and a word lowers only what is root's or the system's
        Give its number, or add --user alice.

        """)
    #expect(result.status == .refused)
    #expect(try tree.changes(since: before).isEmpty)
    #expect(run(["protect", "redis-server", "--force"], on: tree).status == .done)
    #expect(try tree.adjustment(of: 601) == -900)
  }

  @Test("isn't needed to raise, nor for one's own")
  func raising() throws {
    let tree = try twins.tree()
    #expect(run(["adjust", "-n", "500", "--all", "redis-server"], on: tree).status == .done)
    #expect(try tree.adjustment(of: 601) == 500)
    let own = run(
      ["adjust", "-n", "0", "redis-server", "--mine"], on: tree,
      in: Environment(userID: { 1000 }))
    #expect(own.status == .done)
    #expect(try tree.adjustment(of: 601) == 0)
  }

  @Test(
    "takes a program that a user started as someone else for hers",
    arguments: [("1000\t0\t0\t0", false), ("0\t0\t1000\t0", false), ("0\t0\t0\t0", true)])
  func setUserID(ids: String, isSystems: Bool) throws {
    let tree = try twins.tree()
    let status = try tree.file("proc/600/status").split(separator: "\n").map {
      $0.hasPrefix("Uid:") ? "Uid:\t\(ids)" : String($0)
    }
    try tree.add(.file(Array((status.joined(separator: "\n") + "\n").utf8)), at: "proc/600/status")
    tree.remove("proc/601")
    let result = run(["protect", "redis-server"], on: tree)
    #expect(result.status == (isSystems ? .done : .refused))
  }

  @Test(
    "asks login.defs from where on users are ordinary",
    arguments: [
      (nil, 999, true), (nil, 1000, false), ("UID_MIN 500\n", 499, true),
      ("UID_MIN\t\t  500\n", 500, false), ("# UID_MIN 2000\n", 1000, false),
      ("UID_MIN x\n", 1000, false),
      // systemd's DynamicUser=, and the one that everybody without a number looks like.
      (nil, 61184, true), (nil, 65519, true), (nil, 65534, false), (nil, 100_000, false),
    ] as [(String?, Int, Bool)])
  func boundary(definitions: String?, user: Int, isSystems: Bool) throws {
    var machine = FixtureMachine.server(1200) { $0.user = user }
    if let definitions { machine.files["etc/login.defs"] = .file(Array(definitions.utf8)) }
    let result = try run(["protect", "java"], on: machine.tree())
    #expect(result.status == (isSystems ? .done : .refused))
  }

  @Test("doesn't take a user's program for sshd's listener, nor a container's")
  func fakeListener() throws {
    let fakes = [
      FixtureProcess.shell(390, "sshd: /usr/sbin/sshd [listener] 0 of 10-100 startups", parent: 1)
        .with { $0.user = 1000 }
    ]
    let tree = try FixtureMachine.shells([.listener()] + fakes).tree()
    let result = run(["protect", "sshd", "--json"], on: tree)
    #expect(try result.actions == ["sshd[400] 0 -> -900 done"])
    #expect(try tree.adjustment(of: 390) == 0)
    let status = try tree.file("proc/400/status") + "NSpid:\t400\t7\n"
    try tree.add(.file(Array(status.utf8)), at: "proc/400/status")
    try tree.add("0\n", at: "proc/400/oom_score_adj")
    #expect(run(["protect", "sshd"], on: tree).status == .failed)
    #expect(try tree.adjustment(of: 400) == 0)
  }
}

@Suite("A rule that lowers")
struct RuleOwnershipTests {
  /// What the rules do to the two.
  private func values(_ rules: String) throws -> [Int?] {
    let tree = try twins.with { $0.files["r"] = .file(Array(rules.utf8)) }.tree()
    let once = run(["guard", "--once", "--rules", "/r"], on: tree)
    #expect(once.status == .done)
    return try [tree.adjustment(of: 600), tree.adjustment(of: 601)]
  }

  @Test(
    "is for root's and the system's processes, and for those of the user that it names",
    arguments: [
      ("redis-server = -900", [-900, 0]), ("name:redis-server = -900", [-900, 0]),
      ("match:redis = -900", [-900, 0]), ("exe:/usr/bin/redis-server = -900", [-900, 0]),
      ("unit:redis.service = -900", [-900, 0]), ("cgroup:/ = -1", [-1, 0]),
      ("601 = -900", [0, 0]), ("parent:1400 = -900", [0, 0]),
      ("user:alice name:redis-server = -900", [0, -900]),
      ("user:alice unit:redis.service = -900", [0, -900]),
      ("user:110 name:redis-server = -900", [-900, 0]),
      // What raises is for all that it means; where it lowers the one before it holds.
      ("redis-server = 300", [300, 300]), ("redis-server = 300\nredis-server = -900", [-900, 300]),
    ])
  func rule(rules: String, expected: [Int]) throws {
    #expect(try values(rules) == expected)
  }

  @Test("leaves alone what a user made worse herself")
  func ownRaise() throws {
    let machine = twins.with { $0[601].adjustment = 500 }
    let tree = try machine.with { $0.files["r"] = "redis-server = 0\n" }.tree()
    #expect(run(["guard", "--once", "--rules", "/r"], on: tree).status == .done)
    #expect(try tree.adjustment(of: 601) == 500)
  }
}
