/// The recent course of memory: a short history in room that was taken once.
struct Trends: Sendable {
  private(set) var memory = Ring<Int>(capacity: Self.length)
  private(set) var swap = Ring<Int>(capacity: Self.length)
  private(set) var commit = Ring<Int>(capacity: Self.length)
  private(set) var pressure = Ring<Int>(capacity: Self.length)
  private(set) var low = Ring<Int>(capacity: Self.length)
  private var left = Ring<Point>(capacity: 64)

  /// As many as fit beside a meter.
  static let length = 60

  private struct Point {
    var microseconds: Int64
    var bytes: Int
  }

  /// Adds the state at a time of the monotonic clock.
  mutating func append(_ state: MemoryLevels, at time: Int64) {
    memory.append(state.memory?.share ?? 0)
    swap.append(state.swap?.share ?? 0)
    commit.append(state.commit?.share ?? 0)
    pressure.append((state.somePressure ?? 0) / 10)
    low.append(state.low?.share ?? 0)
    if let bytes = state.left { left.append(Point(microseconds: time, bytes: bytes)) }
  }

  /// By how much what is left has shrunk a minute of late; negative where it grew, `nil` where that can't
  /// be told yet.
  var shrinkageAMinute: Int? {
    guard let last = left.last else { return nil }
    let minute = left.latest(64).first { last.microseconds - $0.microseconds <= 60_000_000 }
    guard let minute else { return nil }
    let time = last.microseconds - minute.microseconds
    return Pace.aMinute(
      Int(clamping: Int128(minute.bytes) - Int128(last.bytes)), in: time, notBefore: 9_500_000)
  }
}

/// Changes as what they would come to in a minute.
enum Pace {
  /// `nil` while the time is too short to tell.
  static func aMinute(
    _ difference: Int, in microseconds: Int64, notBefore least: Int64 = 4_500_000
  ) -> Int? {
    guard microseconds >= least else { return nil }
    return Int(clamping: Int128(difference) * 60_000_000 / Int128(microseconds))
  }
}
