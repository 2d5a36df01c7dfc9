/// Tells which of the kernel's kills nobody names: those that are counted, without those that the log names.
///
/// Either may be seen first, and the other follows within a look's time.
struct KillTally: Sendable {
  /// The kernel's count at the last look.
  private var counted: UInt64?
  /// Counted, but not named up to the last look.
  private var awaitingName = 0
  /// Named, but not counted up to the last look.
  private var awaitingCount = 0
  /// Named since the last look.
  private var named = 0

  mutating func note(named count: Int) { named += count }

  /// The kills that were counted and that no name will follow.
  mutating func unnamed(at count: UInt64?, namesFollow: Bool) -> Int {
    defer {
      counted = count ?? counted
      named = 0
    }
    let fresh = count.flatMap { count in
      counted.map { count > $0 ? Int(clamping: count - $0) : 0 }
    }
    let all = awaitingName + (fresh ?? 0)
    let settled = min(awaitingCount + named, all)
    awaitingCount = min(awaitingCount + named - settled, named)
    let open = all - settled
    let overdue = namesFollow ? min(open, awaitingName) : open
    awaitingName = open - overdue
    return overdue
  }
}
