import ProcFS
import Rendering
import Testing

@testable import CivilTime
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

  /// The lines with the clock's time as `T`.
  private func texts(
    _ kills: [SeenKill], count: UInt64? = 4, namesKills: Bool = true, width: Int = 80
  ) -> [String] {
    let time = Moment(1000).local.suffix(8)
    return KillLines(kills: kills, count: count, namesKills: namesKills, now: 1000)
      .lines(atMost: 3, width: width).map {
        $0.string.split(separator: time, omittingEmptySubsequences: false).joined(separator: "T")
      }
  }

  private static let java = SeenKill(name: "java", pid: ProcessID(7), time: 1000, cgroup: "/app")

  @Test(
    "say how many there were since boot",
    arguments: [
      (nil, "not counted by this kernel"), (0, "none since boot"), (1, "1 since boot"),
      (2, "2 since boot"),
    ] as [(UInt64?, String)])
  func total(count: UInt64?, words: String) {
    #expect(texts([], count: count) == ["Kills     \(words)"])
    #expect(texts([], count: count, width: 33) == ["Kill \(words)"])
    let addition = count == nil ? "" : "   (\(words))"
    #expect(texts([Self.java], count: count) == ["Kills     T  java[7] in /app\(addition)"])
  }

  @Test(
    "say less where there is less room",
    arguments: [
      (60, "Kills     T  java[7] in /app   (4 since boot)"), (59, "Kills     T  java[7] in /app"),
      (34, "Kills     T  java[7] in /app"), (33, "Kill java"),
    ])
  func room(width: Int, line: String) {
    #expect(texts([Self.java], width: width) == [line])
  }

  @Test("name the victim as far as it is known")
  func victims() {
    var kill = Self.java
    kill.pid = nil
    #expect(texts([kill], count: nil) == ["Kills     T  java in /app"])
    kill.name = nil
    #expect(texts([kill], count: nil) == ["Kills     T  1 process in /app"])
    #expect(texts([kill], count: nil, width: 33) == ["Kill 1 process"])
    kill.cgroup = nil
    #expect(
      texts([kill], count: nil, namesKills: false)
        == ["Kills     T  1 process (the kernel's log isn't readable)"])
  }

  @Test("come latest first, the total beside the first, and no more than fit")
  func order() {
    let kills = (1...4).map { SeenKill(name: "p\($0)", time: 1000) }
    #expect(
      texts(kills) == ["Kills     T  p4   (4 since boot)", "          T  p3", "          T  p2"])
    #expect(texts(kills, width: 33) == ["Kill p4", "     p3", "     p2"])
  }
}
