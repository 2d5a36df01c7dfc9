import KernelLog
import Testing

@testable import ReportAnalysis

@Suite("Tasks that the kernel may not kill")
struct UnkillableTasksTests {
  /// What is found in a table of these columns behind the sizes, and such rows.
  private func tasks(_ columns: String, _ rows: [String]) throws -> UnkillableTasks? {
    let lines =
      [
        "a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
        "[ pid ]   uid  tgid total_vm      rss \(columns) name",
      ] + rows.enumerated().map { "[  \(100 + $0)] 0 \(100 + $0) 9000 \($1) a" } + [
        "Out of memory: Killed process 100 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB"
      ]
    var parser = KernelLogParser()
    var events: [LogEvent] = []
    parser.parse(Array(lines.map { "[    1.000000] \($0)\n" }.joined().utf8).span, into: &events)
    parser.finish(into: &events)
    for case .kill(let kill) in events {
      return UnkillableTasks(try #require(kill.report.tasks))
    }
    return nil
  }

  @Test(
    "are those at the lowest adjustment, on either scale; their memory is in RAM and in swap",
    arguments: [
      (
        "pgtables_bytes swapents oom_score_adj",
        ["10 4096 1 -1000", "20 4096 2 -999", "40 4096 4 -1000"], 2, 55
      ),
      ("cpu oom_adj oom_score_adj", ["10 0 -17 -1000", "20 0 -16 -940", "40 0 0 -1000"], 2, 50),
      ("cpu oom_adj", ["10 0 -17", "20 0 -16", "40 0 -17"], 2, 50),
    ] as [(String, [String], Int, Int)])
  func exempt(columns: String, rows: [String], count: Int, pages: Int) throws {
    let found = try #require(try tasks(columns, rows))
    #expect(found.count == count && found.pages == pages)
    #expect(try tasks(columns, [rows[1]]) == nil)
  }
}
