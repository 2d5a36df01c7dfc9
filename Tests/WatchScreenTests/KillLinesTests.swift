import ProcFS
import Rendering
import Testing

@testable import WatchScreen

@Suite("Lines of kills")
struct KillLinesTests {
  @Test(
    "stand out for a minute after the latest",
    arguments: [(0, true), (59, true), (60, false), (3600, false)])
  func age(seconds: Int, standsOut: Bool) {
    let lines = KillLines(
      kills: [SeenKill(name: "java", pid: ProcessID(7), time: 1000)], count: 1, namesKills: true,
      now: 1000 + seconds
    ).lines(atMost: 3, width: 80)
    #expect(lines.count == 1)
    #expect(lines[0].pieces.contains { $0.style == .danger } == standsOut)
  }
}
