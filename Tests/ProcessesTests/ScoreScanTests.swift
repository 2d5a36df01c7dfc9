import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("A scan of scores")
struct ScoreScanTests {
  /// Kernels before 2.6.36 have scores of any size.
  @Test(
    "counts those above a score and those equal to it, however high it is",
    arguments: [
      (0, 5, 1), (1, 4, 1), (1999, 4, 0), (2000, 3, 1), (2001, 3, 0), (5000, 1, 2), (9000, 0, 1),
      (9001, 0, 0),
    ])
  func counts(score: UInt64, above: Int, equal: Int) throws {
    let scores = [0, 1, 2000, 5000, 5000, 9000]
    let tree = try FixtureTree(
      Dictionary(
        uniqueKeysWithValues: scores.indices.map {
          ("proc/\($0 + 10)/oom_score", FixtureTree.Entry.file(Array("\(scores[$0])\n".utf8)))
        } + [("proc/version", "")]))
    let world = try World(root: tree.path, environment: Environment())
    let scan = try ScoreScan(count: 10, in: world.proc)
    #expect(scan.countAbove(score) == above)
    #expect(scan.countEqual(score) == equal)
    #expect((scan.positiveCount, scan.zeroCount) == (5, 1))
  }
}
