import ProcFS
import TestSupport
import Testing

@testable import oomctl

@Suite("The kernel's count of kills")
struct KillCountTests {
  @Test("is compared with what was found")
  func words() {
    for (counted, found, isComplete, words) in [
      (3, 3, false, "3 counted: all found"), (0, 0, true, "none counted"),
      (3, 2, true, "3 counted, 2 found: one victim was already exiting"),
      (3, 2, false, "3 counted, 2 found: lines of 1 aren't in these logs any more"),
      (
        7, 2, false,
        "7 counted, 2 found: lines of 5 aren't in these logs any more"
      ),
      (2, 3, true, "2 counted, 3 found"),
    ] as [(UInt64, Int, Bool, String)] {
      #expect(KillCount(counted, found: found)?.text(complete: isComplete) == words)
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
