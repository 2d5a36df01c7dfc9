import ProcFS
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

  /// A scan of processes from 10 on with those contents of `oom_score`, except one.
  private func scan(
    _ scores: [String], count: Int = 3, but bystander: Int32? = nil,
    files: [String: FixtureTree.Entry] = [:]
  ) throws -> ScoreScan {
    var entries = files
    entries["proc/version"] = ""
    for (index, score) in scores.enumerated() {
      entries["proc/\(index + 10)/oom_score"] = .file(Array("\(score)\n".utf8))
    }
    return try FixtureTree(entries).withWorld { world in
      try ScoreScan(count: count, but: bystander.map { ProcessID($0) }, in: world.proc)
    }
  }

  private func ids(_ scan: ScoreScan) -> [Int32] { scan.highest.map(\.id.rawValue) }

  @Test(
    "keeps the highest, the later first among equals, and all that equal the last",
    arguments: [
      (0, [14]), (1, [14]), (2, [14, 13, 11]), (3, [14, 13, 11]), (4, [14, 13, 11, 10]),
      (9, [14, 13, 11, 10, 12]),
    ])
  func highest(count: Int, expected: [Int32]) throws {
    #expect(try ids(scan(["3", "5", "0", "5", "9"], count: count)) == expected)
  }

  @Test("keeps the same where there are so many that some are dropped on the way")
  func many() throws {
    let scores = (0..<1100).map { $0 * 31 % 200 }
    let found = try scan(scores.map(String.init), count: 7)
    let floor = scores.sorted(by: >)[6]
    let expected = scores.indices.filter { scores[$0] >= floor }
      .sorted { (scores[$0], $0) > (scores[$1], $1) }
    #expect(ids(found) == expected.map { Int32($0 + 10) })
    #expect(found.countAbove(198) == 5 && found.countEqual(199) == 5)
  }

  @Test("leaves one out, but knows that it has a score")
  func bystander() throws {
    let found = try scan(["3", "5"], but: 11)
    #expect(ids(found) == [10] && found.positiveCount == 1 && !found.isEmpty)
    #expect(try !scan(["3"], but: 10).isEmpty)
    #expect(try scan(["3"], but: 10).highest.isEmpty)
    #expect(try scan([], files: ["proc/10/status": ""]).isEmpty)
    #expect(try !scan(["0"]).isEmpty)
  }

  @Test("tells of process 1 whether the kernel would kill it")
  func first() throws {
    #expect(try scan(["3"]).first == .absent)
    #expect(try scan(["3"], files: ["proc/1/oom_score": "0\n"]).first == .exempt)
    #expect(try scan(["3"], files: ["proc/1/oom_score": "1\n"]).first == .killable)
  }

  @Test("counts what it couldn't read, and isn't misled by what has ended")
  func failures() throws {
    let found = try scan(
      ["3", "x", ""],
      files: [
        "proc/20/oom_score": .folder, "proc/21/oom_score": .folder, "proc/22/status": "",
      ])
    #expect(ids(found) == [10])
    #expect(Set(found.malformed.map(\.rawValue)) == [11, 12])
    #expect(found.failedCount == 2 && found.hiddenCount == 0)
    #expect([20, 21].contains(found.firstFailure?.id.rawValue))
    #expect(found.firstFailure?.errno == .isADirectory)
  }
}
