import ProgramSupport
import TestSupport
import Testing

@Suite("The times of a file without years")
struct LogTimesTests {
  @Test("are counted back from its last line, by lines from all over it")
  func years() throws {
    let stamps = ["Mar  5 01:02:03", "Jan  3 01:02:03", "Nov 21 01:02:03", "Feb  1 01:02:03"]
    let lines = stamps.enumerated().map { LogTree.line($1, 7 + $0) }.joined()
    let logs = try LogTree(["messages": .file(Array(lines.utf8))])
    // 2026-02-01 12:00 UTC
    logs.date("messages", 1_769_947_200)
    #expect(
      try logs.read(["var/log/messages"]).times.map { String($0.prefix(10)) } == [
        "2024-03-05", "2025-01-03", "2025-11-21", "2026-02-01",
      ])
  }
}
