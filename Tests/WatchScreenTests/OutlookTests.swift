import Rendering
import Testing

@testable import WatchScreen

@Suite("The distance from running out")
struct OutlookTests {
  private static let mebibyte = 1 << 20

  /// With so many MiB left of all, after a minute in which that shrank by some.
  private func outlook(
    _ left: Int?, of whole: Int = 1000, shrinking shrinkage: Int = 0,
    _ change: (inout MemoryLevels) -> Void = { _ in }
  ) -> Outlook {
    var sample = Sample()
    for (second, more) in [(0, shrinkage), (60, 0)] as [(Int64, Int)] {
      sample.memory = MemoryLevels()
      sample.memory.available = left.map { ($0 + more) * Self.mebibyte }
      sample.memory.memory = .init(0, of: whole * Self.mebibyte)
      change(&sample.memory)
      sample.trends.append(sample.memory, at: second * 1_000_000)
    }
    return Outlook(sample, sizes: .binary)
  }

  @Test(
    "is told in minutes and hours, up to a day",
    arguments: [
      (1, 2, "less than a minute"), (2, 2, "1 minute"), (3, 2, "1 minute"), (4, 2, "2 minutes"),
      (238, 2, "119 minutes"), (240, 2, "2 hours"), (718, 2, "5 hours"), (2878, 2, "23 hours"),
      (2880, 2, nil), (0, 2, "less than a minute"), (-5, 2, "less than a minute"),
    ])
  func time(left: Int, shrinkage: Int, time: String?) {
    let outlook = outlook(left, shrinking: shrinkage)
    #expect(outlook.short.hasSuffix(" left" + (time.map { ", \($0)" } ?? "")))
    #expect(
      outlook.sentences.dropFirst().first
        == time.map { "At the present pace, \(shrinkage).0 MiB a minute, that lasts \($0)." })
  }

  @Test(
    "isn't told in minutes while it shrinks by next to nothing",
    arguments: [
      (1000, 0, false), (1000, -5, false), (1000, 1, false), (1000, 2, true), (2000, 1, false),
      (2000, 2, true), (6000, 3, false), (6000, 4, true),
    ])
  func pace(whole: Int, shrinkage: Int, isTold: Bool) {
    let outlook = outlook(100, of: whole, shrinking: shrinkage)
    #expect(outlook.short.contains("minutes") == isTold)
    #expect(outlook.sentences.count == (isTold ? 2 : 1))
  }

  @Test(
    "stands out by what is left, and by how long it lasts",
    arguments: [
      (101, 0, .plain), (100, 0, .notice), (51, 0, .notice), (50, 0, .danger),
      (500, 51, .notice), (500, 50, .plain), (500, 49, .plain), (50, 10, .danger),
    ] as [(Int, Int, StyledLine.Style)])
  func style(left: Int, shrinkage: Int, style: StyledLine.Style) {
    #expect(outlook(left, shrinking: shrinkage).style == style)
  }

  @Test("says what isn't known, and what is only an estimate")
  func unknown() {
    let nothing = outlook(nil)
    #expect(nothing.style == .plain)
    #expect(nothing.sentences == ["What memory is left isn't told here."])
    #expect(nothing.short == "? left")
    #expect(
      outlook(500) { $0.isAvailableEstimated = true }.sentences
        == ["at most 500 MiB left (available memory) until the kernel must kill."])
    #expect(
      outlook(500) { $0.swap = .init(free: 100 << 20, of: 200 << 20) }.sentences
        == ["600 MiB left (available memory, free swap) until the kernel must kill."])
  }

  @Test("has other bounds where the commit limit is enforced, and with low memory")
  func bounds() {
    let commit = MemoryLevels.Amount(70 << 20, of: 100 << 20)
    #expect(outlook(500) { $0.commit = commit }.sentences.count == 1)
    #expect(outlook(500) { $0.isCommitEnforced = true }.sentences.count == 1)
    let enforced = outlook(500) {
      $0.commit = commit
      $0.isCommitEnforced = true
    }
    #expect(
      enforced.sentences.last == "Programs are refused memory after 30 MiB (commit limit).")
    let exceeded = outlook(500) {
      $0.commit = .init(120 << 20, of: 100 << 20)
      $0.isCommitEnforced = true
    }
    #expect(
      exceeded.sentences.last == "Programs are refused memory after 0 bytes (commit limit).")
    #expect(
      outlook(500) { $0.low = commit }.sentences.last
        == "Of low memory 30 MiB of 100 MiB are free.")
  }
}
