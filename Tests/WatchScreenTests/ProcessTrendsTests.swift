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

extension TracksTests {
  @Test(
    "is told its growth after 4.5 seconds",
    arguments: [(4_499_999, nil), (4_500_000, 1333), (4_500_001, 1333)] as [(Int64, Int?)])
  func firstGrowth(time: Int64, growth: Int?) throws {
    var tracks = ProcessTrends()
    var all = [try MadeSample().row(1) { $0.footprint = 0 }]
    tracks.follow(&all, isWhole: true, at: 0)
    all[0].footprint = 100
    tracks.follow(&all, isWhole: true, at: time)
    #expect(all[0].growth == growth)
  }

  @Test(
    "is remembered for 65 seconds when it is out of sight",
    arguments: [(64_999_999, .steady), (65_000_000, .new), (65_000_001, .new)]
      as [(Int64, ProcessRow.Movement)])
  func memory(time: Int64, movement: ProcessRow.Movement) throws {
    let made = try MadeSample()
    let row = made.row(2) { $0.rank = 1 }
    for others in [[], [1], [3], [1, 3]].map({ $0.map { made.row($0) } }) {
      var tracks = ProcessTrends()
      var all = others + [row]
      tracks.follow(&all, isWhole: true, at: 0)
      var rest = others
      tracks.follow(&rest, isWhole: true, at: 1)
      tracks.follow(&rest, isWhole: true, at: time)
      all = others + [row]
      tracks.follow(&all, isWhole: true, at: time)
      #expect(all.last?.movement == movement)
    }
  }

  @Test("is compared with the oldest point of the last 65 seconds", arguments: [(65, 6), (66, 4)])
  func oldest(seconds: Int64, difference: Int) throws {
    let made = try MadeSample()
    var tracks = ProcessTrends()
    // Its rank is worse by one with each point: a point every ten seconds.
    for (second, rank) in [(0, 10), (9, 9), (10, 8), (19, 7), (20, 6), (seconds, 4)] {
      var all = [made.row(1) { $0.rank = rank }]
      tracks.follow(&all, isWhole: true, at: Int64(second) * Self.second)
      if second == Int(seconds) { #expect(all[0].movement == .up(difference)) }
    }
  }

  @Test(
    "has no movement without a rank, now or then",
    arguments: [(nil, 1), (1, nil)] as [(Int?, Int?)])
  func unranked(before: Int?, now: Int?) throws {
    let made = try MadeSample()
    var tracks = ProcessTrends()
    var all = [made.row(1) { $0.rank = before }]
    tracks.follow(&all, isWhole: true, at: 0)
    all = [made.row(1) { $0.rank = now }]
    tracks.follow(&all, isWhole: true, at: Self.second)
    #expect(all[0].movement == .unknown)
  }

  @Test(
    "is new only where the looks before saw as much",
    arguments: [
      (true, true, .new), (false, false, .new), (true, false, .unknown), (false, true, .unknown),
    ] as [(Bool, Bool, ProcessRow.Movement)])
  func newness(before: Bool, now: Bool, movement: ProcessRow.Movement) throws {
    let made = try MadeSample()
    var tracks = ProcessTrends()
    var all = [made.row(1)]
    tracks.follow(&all, isWhole: before, at: 0)
    #expect(all[0].movement == .unknown)
    all = [made.row(3), made.row(1), made.row(2)]
    tracks.follow(&all, isWhole: now, at: Self.second)
    #expect(all.map(\.movement) == [movement, .unknown, movement])
  }

  @Test("is itself among many, in whatever order they come")
  func many() throws {
    let made = try MadeSample()
    var tracks = ProcessTrends()
    var all = [5, 1, 9, 3].map { id in made.row(id) { $0.rank = Int(id) } }
    tracks.follow(&all, isWhole: true, at: 0)
    all = [9, 2, 5, 1, 7].map { id in made.row(id) { $0.rank = 4 } }
    tracks.follow(&all, isWhole: true, at: Self.second)
    #expect(all.map(\.movement) == [.up(5), .new, .up(1), .down(3), .new])
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
    #expect(ring.latest(-1).isEmpty)
  }

  @Test("has room for one at least", arguments: [-1, 0, 1])
  func smallest(capacity: Int) {
    var ring = Ring<Int>(capacity: capacity)
    #expect(ring.first == nil)
    for number in 0..<3 { ring.append(number) }
    #expect(ring.latest(9) == [2])
  }
}
