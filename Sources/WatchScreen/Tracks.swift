import ProcFS

/// What processes were like within the last minute, for whoever of them is looked at again.
struct Tracks: Sendable {
  /// Ascending by number.
  private var tracks: [Track] = []
  /// Whether all processes were looked at the last time; `nil` before that.
  private var wasWhole: Bool?

  fileprivate struct Track {
    var id: ProcessID
    var startTicks: UInt64
    var lastSeen: Int64
    var points: InlineArray<7, Point>
    var count = 1

    /// The oldest that isn't older than a minute and a bit.
    var oldest: Point { points[0] }
  }

  fileprivate struct Point {
    var time: Int64
    var footprint: Int
    var rank: Int32
  }

  /// Between two points: seven of them span a minute.
  fileprivate static let spacing: Int64 = 10_000_000
  fileprivate static let span: Int64 = 65_000_000

  /// Notes where processes stand at a time, and tells them how they have moved.
  ///
  /// - Parameter isWhole: Whether these are all there are, and not the first victims alone.
  mutating func follow(_ standings: inout [Standing], isWhole: Bool, at time: Int64) {
    let order = standings.indices.sorted { standings[$0].id < standings[$1].id }
    var merged: [Track] = []
    merged.reserveCapacity(max(order.count, tracks.count))
    var old = 0
    for index in order {
      while old < tracks.count, tracks[old].id < standings[index].id {
        keep(tracks[old], in: &merged, at: time)
        old += 1
      }
      let isKnown =
        old < tracks.count && tracks[old].id == standings[index].id
        && tracks[old].startTicks == standings[index].startTicks
      var track = isKnown ? tracks[old] : Track(standings[index], at: time)
      if old < tracks.count, tracks[old].id == standings[index].id { old += 1 }
      if isKnown {
        track.note(standings[index], at: time)
        standings[index].growth = track.growth(of: standings[index], at: time)
        standings[index].movement = track.movement(of: standings[index])
      } else {
        // Whoever wasn't looked at before may be old.
        standings[index].movement = wasWhole == isWhole ? .new : .unknown
      }
      merged.append(track)
    }
    while old < tracks.count {
      keep(tracks[old], in: &merged, at: time)
      old += 1
    }
    tracks = merged
    wasWhole = isWhole
  }

  /// Who is out of sight for a moment may come back.
  private func keep(_ track: Track, in merged: inout [Track], at time: Int64) {
    if time - track.lastSeen < Self.span { merged.append(track) }
  }
}

extension Tracks.Track {
  init(_ standing: Standing, at time: Int64) {
    self.init(
      id: standing.id, startTicks: standing.startTicks, lastSeen: time,
      points: InlineArray(repeating: Self.point(standing, at: time)))
  }

  private static func point(_ standing: Standing, at time: Int64) -> Tracks.Point {
    Tracks.Point(
      time: time, footprint: standing.footprint ?? 0,
      rank: Int32(clamping: standing.rank ?? 0))
  }

  mutating func note(_ standing: Standing, at time: Int64) {
    lastSeen = time
    while count > 1, time - points[0].time > Tracks.span { dropFirst() }
    guard time - points[count - 1].time >= Tracks.spacing else { return }
    if count == points.count { dropFirst() }
    points[count] = Self.point(standing, at: time)
    count += 1
  }

  private mutating func dropFirst() {
    for index in 1..<count { points[index - 1] = points[index] }
    count -= 1
  }

  func growth(of standing: Standing, at time: Int64) -> Int? {
    standing.footprint.flatMap {
      Pace.aMinute(Int(clamping: Int128($0) - Int128(oldest.footprint)), in: time - oldest.time)
    }
  }

  func movement(of standing: Standing) -> Standing.Movement {
    guard let rank = standing.rank, oldest.rank > 0 else { return .unknown }
    let difference = Int(oldest.rank) - rank
    return difference == 0 ? .steady : difference > 0 ? .up(difference) : .down(-difference)
  }
}
