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

  @Test(
    "are told after 9.5 seconds",
    arguments: [(9_499_999, nil), (9_500_000, 631)] as [(Int64, Int?)])
  func earliest(time: Int64, expected: Int?) {
    var trends = Trends()
    for (time, left) in [(0, 100), (time, 0)] {
      var state = MemoryLevels()
      state.available = left
      trends.append(state, at: time)
    }
    #expect(trends.shrinkageAMinute == expected)
  }

  @Test("keep each measure's share, 0 where it isn't known")
  func histories() {
    var trends = Trends()
    trends.append(MemoryLevels(), at: 0)
    var state = MemoryLevels()
    state.memory = .init(1, of: 10)
    state.swap = .init(2, of: 10)
    state.commit = .init(3, of: 10)
    state.low = .init(4, of: 10)
    state.somePressure = 5009
    trends.append(state, at: 1)
    #expect(trends.memory.latest(9) == [0, 100])
    #expect(trends.swap.latest(9) == [0, 200])
    #expect(trends.commit.latest(9) == [0, 300])
    #expect(trends.low.latest(9) == [0, 400])
    #expect(trends.pressure.latest(9) == [0, 500])
  }

  @Test("look back a minute however often that was looked at", arguments: [1, 2, 63, 64, 100])
  func manyLooks(count: Int) {
    var trends = Trends()
    var state = MemoryLevels()
    state.available = 1000
    trends.append(state, at: 0)
    for look in 1...count {
      state.available = 1000 - look
      trends.append(state, at: 30_000_000 + Int64(look))
    }
    // Of so many looks within a moment the first is forgotten.
    #expect(trends.shrinkageAMinute == (count < 64 ? 2 * count - 1 : nil))
  }
}
