import ProcFS

/// The states of processes within the last minute, for those of them that are looked at again.
struct ProcessTrends: Sendable {
  /// Ascending by number.
  private var tracks: [Track] = []
  /// True where all processes were looked at the last time; `nil` before that.
  private var wasWhole: Bool?

  fileprivate struct Track {
    var process: ProcessIdentity
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
  mutating func follow(_ processRows: inout [ProcessRow], isWhole: Bool, at time: Int64) {
    let order = processRows.indices.sorted { processRows[$0].id < processRows[$1].id }
    var merged: [Track] = []
    merged.reserveCapacity(order.count)
    var old = 0
    for index in order {
      while old < tracks.count, tracks[old].process.id < processRows[index].id {
        keep(tracks[old], in: &merged, at: time)
        old += 1
      }
      let isKnown =
        old < tracks.count && tracks[old].process == processRows[index].identity
      var track = isKnown ? tracks[old] : Track(processRows[index], at: time)
      if old < tracks.count, tracks[old].process.id == processRows[index].id { old += 1 }
      if isKnown {
        track.note(processRows[index], at: time)
        processRows[index].growth = track.growth(of: processRows[index], at: time)
        processRows[index].movement = track.movement(of: processRows[index])
      } else {
        // A process that wasn't looked at before may be old.
        processRows[index].movement = wasWhole == isWhole ? .new : .unknown
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

  /// A process that is out of sight for a moment may come back.
  private func keep(_ track: Track, in merged: inout [Track], at time: Int64) {
    if time - track.lastSeen < Self.span { merged.append(track) }
  }
}

extension ProcessTrends.Track {
  init(_ processRow: ProcessRow, at time: Int64) {
    self.init(
      process: processRow.identity, lastSeen: time,
      points: InlineArray(repeating: Self.point(processRow, at: time)))
  }

  private static func point(_ processRow: ProcessRow, at time: Int64) -> ProcessTrends.Point {
    ProcessTrends.Point(
      time: time, footprint: processRow.footprint ?? 0,
      rank: Int32(clamping: processRow.rank ?? 0))
  }

  mutating func note(_ processRow: ProcessRow, at time: Int64) {
    lastSeen = time
    while count > 1, time - points[0].time > ProcessTrends.span { dropFirst() }
    guard time - points[count - 1].time >= ProcessTrends.spacing else { return }
    if count == points.count { dropFirst() }
    points[count] = Self.point(processRow, at: time)
    count += 1
  }

  private mutating func dropFirst() {
    for index in 1..<count { points[index - 1] = points[index] }
    count -= 1
  }

  func growth(of processRow: ProcessRow, at time: Int64) -> Int? {
    processRow.footprint.flatMap {
      Pace.aMinute(Int(clamping: Int128($0) - Int128(oldest.footprint)), in: time - oldest.time)
    }
  }

  func movement(of processRow: ProcessRow) -> ProcessRow.Movement {
    guard let rank = processRow.rank, oldest.rank > 0 else { return .unknown }
    let difference = Int(oldest.rank) - rank
    return difference == 0 ? .steady : difference > 0 ? .up(difference) : .down(-difference)
  }
}
