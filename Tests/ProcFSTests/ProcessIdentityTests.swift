import ProcFS
import TestSupport
import Testing

@Suite("A process's identity")
struct ProcessIdentityTests {
  private static func tree(state: String, start: UInt64) throws -> FixtureTree {
    try FixtureTree([
      "17/stat": "17 (a) \(state) 3 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 1 0 \(start) 0 5\n"
    ])
  }

  private let meant = ProcessIdentity(id: 17, startTicks: 9)

  @Test(
    "is that of a living process only as long as number and start are its own",
    arguments: [
      ("S", 9, true, true), ("R", 9, true, true), ("Z", 9, false, false), ("X", 9, false, false),
      ("S", 8, false, true), ("S", 10, false, true),
    ] as [(String, UInt64, Bool, Bool)])
  func living(state: String, start: UInt64, isThat: Bool, isAny: Bool) throws {
    let tree = try Self.tree(state: state, start: start)
    let proc = try ProcFS(root: tree.path)
    #expect(try proc.isAlive(meant) == isThat)
    #expect(try proc.isAlive(17) == isAny)
    #expect(try !proc.isAlive(18))
  }

  @Test("opens no later process of its number")
  func handle() throws {
    let tree = try Self.tree(state: "S", start: 9)
    let proc = try ProcFS(root: tree.path)
    #expect(try proc.process(meant).id == 17)
    #expect(throws: ProcFSError(path: "17", reason: .system(.noSuchProcess))) {
      _ = try proc.process(ProcessIdentity(id: 17, startTicks: 10)).id
    }
  }
}
