import Testing

@testable import WatchScreen

@Suite("The course of memory")
struct TrendsTests {
  /// Seconds since a first look, and what was left then.
  struct Look: Sendable {
    let second: Int64
    let left: Int

    init(_ second: Int64, _ left: Int) { (self.second, self.left) = (second, left) }
  }

  @Test(
    "tells by how much what is left shrinks a minute, as the last minute had it",
    arguments: [
      ([], nil), ([Look(0, 1000)], nil), ([Look(0, 1000), Look(9, 900)], nil),
      ([Look(0, 1000), Look(10, 900)], 600), ([Look(0, 1000), Look(60, 900)], 100),
      ([Look(0, 1000), Look(30, 800), Look(90, 500)], 300),
      ([Look(0, 900), Look(20, 1000)], -300), ([Look(0, 900), Look(61, 100)], nil),
    ] as [([Look], Int?)])
  func shrinkage(looks: [Look], expected: Int?) {
    var trends = Trends()
    for look in looks {
      var state = MemoryLevels()
      state.available = look.left
      trends.append(state, at: (86_400 + look.second) * 1_000_000)
    }
    #expect(trends.shrinkageAMinute == expected)
  }
}
