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
}
