package import CgroupFS
package import Processes

/// A memory cgroup, with the limit that counts for it and who would die in it.
package struct MemoryGroup: Sendable {
  package let path: String
  package let figures: CgroupFigures
  /// The lowest limit of its own and of those above it; `nil` where none has one.
  package let limit: Limit?
  /// The number of processes in it and below it.
  package var memberCount = 0
  /// The process that the kernel takes when its own limit is reached.
  package var nextVictim: ScoredProcess?

  package struct Limit: Equatable, Sendable {
    /// The group that has it.
    package let owner: String
    package let bytes: Int
    /// Bytes that are left below it, when file cache is dropped; `nil` where that isn't told.
    package let left: Int?

    package init(owner: String, bytes: Int, left: Int?) {
      self.owner = owner
      self.bytes = bytes
      self.left = left
    }
  }

  package init(path: String, figures: CgroupFigures, limit: Limit?) {
    self.path = path
    self.figures = figures
    self.limit = limit
  }

  /// Bytes in use that can't be dropped; `nil` for the root of version 2.
  package var needed: Int? {
    figures.usage.memory.map { max(0, $0 &- (figures.usage.cache ?? 0)) }
  }

  /// True where the limit is its own.
  package var hasOwnLimit: Bool { limit?.owner == path }
}

extension MemoryGroup {
  /// How a group is, from well to the worst.
  package enum State: Int, Comparable, Sendable {
    case fine
    /// Little is left below the limit.
    case near
    /// Its tasks are throttled: it is above `memory.high`.
    case throttled
    /// Next to nothing is left below the limit.
    case full
    /// Its tasks stand still, and nobody is killed.
    case waiting

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// By its own limits alone: what is short in a group above is that one's.
  package var state: State {
    if figures.limits.hasWaiting { return .waiting }
    if hasOwnLimit, let limit, let left = limit.left, Threshold.isShort(left, of: limit.bytes) {
      let percent = Threshold.deadlyShortPercent
      if Threshold.isShort(left, of: limit.bytes, percent: percent) { return .full }
      return isThrottled ? .throttled : .near
    }
    return isThrottled ? .throttled : .fine
  }

  /// True where more is in use than `memory.high` allows, and it isn't file cache that could be dropped.
  var isThrottled: Bool {
    guard let high = figures.high, high > 0, let needed else { return figures.high == 0 }
    // What is above is reclaimed at once: little below is where it hangs.
    return figures.events.high ?? 0 > 0 && Threshold.isShort(high &- needed, of: high, percent: 1)
  }

  /// The share of the limit that is needed, from 0 on; what is without a limit has none.
  package var fullness: Double {
    guard let limit, limit.bytes > 0, let left = limit.left else { return 0 }
    return 1 - Double(left) / Double(limit.bytes)
  }
}
