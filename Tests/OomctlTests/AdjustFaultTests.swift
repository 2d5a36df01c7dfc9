import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Changes
@testable import Core
@testable import Processes
@testable import oomctl

@Suite("A write of an adjustment")
struct AdjustFaultTests {
  private func write(
    _ value: Int, to child: Child, file: AdjustmentFile = .modern, expecting expected: Int? = nil
  ) throws -> AdjustmentWrite {
    let process = try ProcFS().process(ProcessID(child.id))
    return AdjustmentWrite(
      process: try process.identity, name: "sleep", file: file,
      old: try file.value(of: process), value: value, expected: expected ?? value)
  }

  /// This machine as that user sees it; parts of the program keep no journal.
  private func failure(of write: AdjustmentWrite, user: UInt32) throws -> Failure? {
    let world = try World(root: nil, environment: Environment(userID: { user }))
    do throws(WriteFailure) {
      _ = try write.apply(in: world)
      return nil
    } catch {
      return error.failure
    }
  }

  private static let java = AdjustmentWrite(
    process: ProcessIdentity(id: ProcessID(1200), startTicks: 100), name: "java", file: .modern,
    old: 0, value: 500,
    expected: 500)

  @Test("doesn't hit another process that has got the number since")
  func recycledNumber() throws {
    let tree = try FixtureMachine.server.with { $0[1200].startTicks = 101 }.tree()
    let before = try tree.contents()
    let error = #expect(throws: WriteFailure.self) { try Self.java.apply(in: tree.world()) }
    #expect(error == WriteFailure(Failure("java[1200]: has ended meanwhile")))
    #expect(try tree.contents() == before)
    #expect(throws: Failure.self) { try Self.java.readBack(in: tree.world()) }
  }

  @Test(
    "finds that the process is gone",
    arguments: [["proc/1200"], ["proc/1200/stat"], ["proc/1200/oom_score_adj"]])
  func gone(files: [String]) throws {
    let tree = try FixtureMachine.server.tree()
    for file in files { tree.remove(file) }
    let error = #expect(throws: WriteFailure.self) { try Self.java.apply(in: tree.world()) }
    #expect(error == WriteFailure(Failure("java[1200]: has ended meanwhile")))
  }

  @Test("finds that a real process is gone")
  func ended() throws {
    let child = try Child()
    let write = try write(700, to: child)
    child.kill()
    child.reap()
    #expect(
      try failure(of: write, user: 0) == Failure("sleep[\(child.id)]: has ended meanwhile"))
  }

  @Test(
    "finds that a process is gone that is yet to be reaped, whose files are root's",
    .enabled(if: geteuid() != 0))
  func zombie() throws {
    let child = try Child()
    let write = try write(700, to: child)
    child.kill()
    #expect(
      try failure(of: write, user: 1000) == Failure("sleep[\(child.id)]: has ended meanwhile"))
  }

  @Test("is read back: what isn't there then didn't happen")
  func readBack() throws {
    let child = try Child()
    let start = try child.adjustment
    let error = try failure(of: write(700, to: child, expecting: 701), user: 0)
    #expect(
      error == Failure("sleep[\(child.id)]: oom_score_adj reads 700, though 700 was written"))
    try child.setAdjustment(start)
  }

  @Test(
    "below its floor takes a capability",
    .enabled(if: Ability.meetsFloor, "adjustments can't be lowered at will here"),
    arguments: [
      (
        0 as UInt32,
        "-1000 lies below its floor, the lowest value that was set with CAP_SYS_RESOURCE; to go "
          + "lower takes that capability, which this root lacks, as in most containers."
      ), (1000, "Try again as root."),
    ])
  func floor(user: UInt32, advice: String) throws {
    let child = try Child()
    let start = try child.adjustment
    let error = try failure(of: write(-1000, to: child), user: user)
    let file = "/proc/\(child.id)/oom_score_adj"
    #expect(error?.message == "sleep[\(child.id)]: \(file): Permission denied")
    #expect(error?.advice == advice)
    #expect(try child.adjustment == start)
  }

  @Test(
    "on the old scale never goes down without that capability, though above the floor",
    .enabled(if: Ability.meetsFloor && Ability.legacyAdjustment))
  func legacyFloor() throws {
    let child = try Child()
    let start = try child.adjustment
    try child.setAdjustment(1000)
    let error = try failure(of: write(14, to: child, file: .legacy), user: 0)
    #expect(error?.message == "sleep[\(child.id)]: /proc/\(child.id)/oom_adj: Permission denied")
    #expect(
      error?.advice == """
        On the old scale nothing goes down without CAP_SYS_RESOURCE, which this root lacks, as in most \
        containers; without --legacy it goes down to its floor.
        """)
    try child.setAdjustment(start)
  }

  @Test("to a value that the kernel doesn't take says so")
  func invalid() throws {
    let child = try Child()
    let error = try failure(of: write(1001, to: child), user: 0)
    let file = "/proc/\(child.id)/oom_score_adj"
    #expect(
      error
        == Failure(
          "sleep[\(child.id)]: \(file): Invalid argument: this kernel doesn't take 1001"))
  }
}
