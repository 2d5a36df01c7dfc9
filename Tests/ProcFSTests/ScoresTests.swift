import TestSupport
import Testing

@testable import ProcFS

@Suite("Without a handle")
struct ScoresTests {
  @Test(
    "a score is the one of the file, if it is one",
    arguments: [("666\n", 666), ("x\n", nil), ("", nil)] as [(String, UInt64?)])
  func scores(text: String, expected: UInt64?) throws {
    let tree = try FixtureTree(["17/oom_score": .file(Array(text.utf8))])
    #expect(try tree.proc().oomScore(of: 17) == expected)
  }

  @Test("a status is the one of the file, if it is one")
  func status() throws {
    let tree = try FixtureTree([
      "17/status": "State:\tS\nTgid:\t17\nUid:\t0\n", "18/status": "malformed",
    ])
    let proc = try tree.proc()
    #expect(try proc.status(of: 17)?.threadGroup == 17 && proc.status(of: 18) == nil)
  }

  @Test(
    "a process is opened by its number, not by a similar one", arguments: [1, -17, 171, 0, .min])
  func others(number: Int32) throws {
    let tree = try FixtureTree(["17/oom_score": "666\n"])
    let proc = try tree.proc()
    #expect(throws: Errno.noSuchFile) { try proc.oomScore(of: ProcessID(number)) }
    #expect(throws: ProcFSError.self) { _ = try proc.process(ProcessID(number)) }
  }

  @Test(
    "a path is spelt in full",
    arguments: [
      (1, "1/oom_score_adj_long"), (17, "17/oom_score_adj_long"),
      (.max, "2147483647/oom_score_adj_long"), (.min, "-2147483648/oom_score_adj_long"),
    ] as [(Int32, String)])
  func paths(number: Int32, expected: String) {
    let path = ProcessPath(ProcessID(number), file: "/oom_score_adj_long")
    #expect(
      path.bytes.span.array == expected.utf8
        + [UInt8](repeating: 0, count: 32 - expected.utf8.count))
  }
}
