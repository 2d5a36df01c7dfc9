import ProcFS
import TestSupport
import Testing

@testable import WatchScreen

@Suite("Who is watched")
struct TracksTests {
  private static let second: Int64 = 1_000_000

  /// Looks at one process among others, at times in seconds.
  private func looks(_ looks: [(time: Int64, rank: Int, footprint: Int)]) throws -> [ProcessRow] {
    var processRow = try processRow()
    var tracks = ProcessTrends()
    return looks.map { look in
      processRow.rank = look.rank
      processRow.footprint = look.footprint
      processRow.movement = .unknown
      processRow.growth = nil
      var all = [processRow]
      tracks.follow(&all, isWhole: true, at: look.time * Self.second)
      return all[0]
    }
  }

  private func processRow() throws -> ProcessRow {
    let machine = try WatchedMachine()
    return try #require(machine.state.selected)
  }

  @Test("moves up and down by ranks of the last minute")
  func movement() throws {
    let seen = try looks([(0, 5, 0), (1, 3, 0), (2, 5, 0), (3, 9, 0), (58, 4, 0)])
    #expect(seen.map(\.movement) == [.unknown, .up(2), .steady, .down(4), .up(1)])
  }

  @Test("grows by what it grew in the last minute")
  func growth() throws {
    let seen = try looks([(0, 1, 100), (1, 1, 110), (5, 1, 150), (30, 1, 100), (60, 1, 700)])
    #expect(seen.map(\.growth) == [nil, nil, 600, 0, 600])
  }

  @Test("is compared with no more than a minute and a bit ago")
  func forgetting() throws {
    let seen = try looks((0..<20).map { (Int64($0) * 10, 1, Int($0) * 1000) })
    #expect(seen.last?.growth == 6000)
    #expect(seen.allSatisfy { $0.growth ?? 6000 == 6000 })
    let jump = try looks([(0, 9, 0)] + (1..<20).map { (Int64($0) * 10, 1, 0) })
    #expect(jump[5].movement == .up(8))
    #expect(jump.last?.movement == .steady)
  }

  @Test("is new when it comes to those that were looked at, and another of its number is too")
  func arrival() throws {
    let one = try processRow()
    var other = one
    other.identity.startTicks += 1
    var tracks = ProcessTrends()
    var all = [one]
    tracks.follow(&all, isWhole: true, at: 0)
    all = [other]
    tracks.follow(&all, isWhole: true, at: Self.second)
    #expect(all[0].movement == .new)
    other.identity.startTicks += 1
    all = [other]
    tracks.follow(&all, isWhole: false, at: 2 * Self.second)
    #expect(all[0].movement == .unknown)
  }

  @Test("is remembered for a minute when it is out of sight")
  func returning() throws {
    let processRow = try processRow()
    var tracks = ProcessTrends()
    var all = [processRow]
    tracks.follow(&all, isWhole: true, at: 0)
    var none: [ProcessRow] = []
    tracks.follow(&none, isWhole: true, at: 30 * Self.second)
    all[0].rank = 3
    tracks.follow(&all, isWhole: true, at: 50 * Self.second)
    #expect(all[0].movement == .down(2))
  }
}

@Suite("A ring")
struct RingTests {
  @Test("keeps the latest", arguments: 0...9)
  func latest(count: Int) {
    var ring = Ring<Int>(capacity: 4)
    for number in 0..<count { ring.append(number) }
    let kept = Array((0..<count).suffix(4))
    #expect(ring.latest(10) == kept)
    #expect(ring.latest(2) == kept.suffix(2))
    #expect(ring.latest(0).isEmpty)
    #expect(ring.last == kept.last)
    #expect(ring.first == kept.first)
    #expect(ring.count == kept.count)
  }
}
