import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("A user")
struct UsersTests {
  @Test(
    "is the system's below 1000, unless login.defs says another number",
    arguments: [
      ([:], 999, true), ([:], 1000, false), (["etc/login.defs": "UID_MIN 500\n"], 499, true),
      (["etc/login.defs": "UID_MIN 500\n"], 500, false),
      (["etc/login.defs": "# UID_MIN 500\n"], 999, true), ([:], 61_183, false),
      ([:], 61_184, true), ([:], 65_519, true), ([:], 65_520, false),
      (["etc/passwd": "alice:x:61184:61184::/:\n"], 61_184, false),
    ] as [([String: FixtureTree.Entry], UInt32, Bool)])
  func system(files: [String: FixtureTree.Entry], id: UInt32, isSystem: Bool) throws {
    let tree = try FixtureMachine(processes: [], files: files).tree()
    let users = Users(in: try World(root: tree.path, environment: Environment()))
    #expect(users.isSystem(id) == isSystem)
  }

  private func users(_ files: [String: FixtureTree.Entry]) throws -> Users {
    try FixtureTree(files.merging(["proc/version": ""]) { $1 }).withWorld { Users(in: $0) }
  }

  private let passwd: FixtureTree.Entry = """
    root:x:0:0::/:
    twin:x:0:0::/:
    broken
    alice:x:1000:1000::/:
    odd:x:x:1::/:
    bob:x:5:5::/:
    last:x:4294967295:1
    """

  @Test(
    "has the first name of its number, or the number, in whatever order they are listed",
    arguments: [
      (0, "root"), (5, "bob"), (1000, "alice"), (4_294_967_295, "last"), (1, "1"), (999, "999"),
      (4_294_967_294, "4294967294"),
    ] as [(UInt32, String)])
  func names(id: UInt32, name: String) throws {
    #expect(try users(["etc/passwd": passwd]).name(of: id) == name)
  }

  @Test(
    "is meant by its name or number",
    arguments: [
      ("root", 0), ("twin", 0), ("last", .max), ("7", 7), ("odd", nil), ("broken", nil),
      ("-1", nil), ("", nil),
    ] as [(String, UInt32?)])
  func numbers(user: String, id: UInt32?) throws {
    #expect(try users(["etc/passwd": passwd]).id(of: user) == id)
  }

  @Test(
    "is ordinary from the last number that login.defs gives",
    arguments: [
      ("UID_MIN 500\nUID_MIN 600\n", 600), (" \tUID_MIN\t 500", 500), ("UID_MIN x\n", 1000),
      ("UID_MIN\n", 1000), ("UID_MINIMUM 500\n", 1000), ("UMASK 022\nUID_MIN 500 # x\n", 500),
      ("", 1000), ("\n\nUID_MIN 500", 500), ("UID_MIN 500\nUID_MIN -1\n", 500),
    ] as [(String, UInt32)])
  func minimum(text: String, first: UInt32) throws {
    let users = try users(["etc/login.defs": .file(Array(text.utf8))])
    #expect(users.isSystem(first - 1) && !users.isSystem(first))
  }

  @Test("is a person unless it is the system's, or nobody")
  func people() throws {
    let users = try users(["etc/passwd": passwd])
    #expect(
      [0, 999, 1000, 65_533, 65_534, 65_535].map(users.isPerson)
        == [false, false, true, true, false, true])
    #expect(users.problem == nil)
  }

  @Test("is known to be the system's only as root where a file can't be read")
  func unreadable() throws {
    for file in ["etc/passwd", "etc/login.defs"] {
      let users = try users([file: .folder])
      #expect(users.problem != nil)
      #expect([0, 1, 1000].map(users.isSystem) == [true, false, false])
      #expect([0, 1, 1000].map(users.isPerson) == [false, false, false])
      #expect(users.owner(of: status(0, 0, nil)).isSystem)
      let unknown = users.owner(of: status(0, 5, nil))
      #expect(!unknown.isSystem && unknown.ordinary == nil && !unknown.isAmong([5]))
    }
  }

  private func status(_ real: UInt32?, _ effective: UInt32?, _ saved: UInt32?) -> ProcessStatus {
    var status = ProcessStatus()
    status.realUserID = real
    status.effectiveUserID = effective
    status.savedUserID = saved
    return status
  }

  @Test(
    "owns a process that it started, or that acts or may act as it",
    arguments: [
      (0, 0, 0, []), (0, 0, nil, []), (1000, 0, 0, [1000]), (0, 1001, 0, [1001]),
      (0, 0, 1002, [1002]), (1000, 1001, 5, [1000, 1001]), (0, 1000, nil, [1000]),
    ] as [(UInt32?, UInt32?, UInt32?, Set<UInt32>)])
  func owners(real: UInt32?, effective: UInt32?, saved: UInt32?, ordinary: Set<UInt32>) throws {
    let owner = try users([:]).owner(of: status(real, effective, saved))
    #expect(owner.ordinary == ordinary && owner.isSystem == ordinary.isEmpty)
    #expect(owner.isAmong([1000, 1001, 1002]) && owner.isAmong([]) == ordinary.isEmpty)
  }

  @Test("isn't known of a process that doesn't show both")
  func hidden() throws {
    let users = try users(["etc/passwd": passwd])
    for status in [nil, status(nil, 0, 0), status(0, nil, 0)] {
      let owner = users.owner(of: status)
      #expect(owner.ordinary == nil && !owner.isSystem)
      #expect(owner.names(users) == "a user who can't be told")
    }
    #expect(users.owner(of: status(1001, 1000, 0)).names(users) == "alice and 1001")
    #expect(users.owner(of: status(1000, 0, 0)).names(users) == "alice")
  }
}
