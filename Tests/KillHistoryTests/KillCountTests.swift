import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import KillHistory
@testable import LogSources

@Suite("The kernel's count of kills")
struct KillCountTests {
  @Test("is compared with what was found")
  func words() {
    for (counted, found, reach, words) in [
      (3, 3, .present, "3 counted: all found"), (0, 0, .sinceBoot, "none counted"),
      (3, 2, .sinceBoot, "3 counted, 2 found: one victim was already exiting"),
      (3, 2, .present, "3 counted, 2 found: lines of 1 aren't in these logs any more"),
      (7, 2, .present, "7 counted, 2 found: lines of 5 aren't in these logs any more"),
      (7, 2, .partial, "7 counted, 2 found: lines of 5 aren't in the logs that could be read"),
      (171, 0, .none, "171 counted"), (0, 0, .none, "none counted"),
      (2, 3, .sinceBoot, "2 counted, 3 found"),
    ] as [(UInt64, Int, LogCoverage.Reach, String)] {
      #expect(KillCount(counted, found: found)?.text(against: reach) == words)
    }
  }

  @Test("is nothing before Linux 4.13")
  func absent() {
    #expect(KillCount(nil, found: 3) == nil)
  }

  @Test("is kept for each memory cgroup", .enabled(if: RealCgroup.isPossible))
  func cgroup() throws {
    let group = try RealCgroup(limit: 16 << 20)
    let world = try World(root: nil, environment: Environment())
    #expect(world.killCounter(of: group.path) == 0)
    let eater = try group.hog(100 << 20)
    eater.stop()
    #expect(world.killCounter != nil)
    #expect(world.killCounter(of: "/nowhere") == nil)
  }
}
