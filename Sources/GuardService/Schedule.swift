import Posix

/// The guard's next tasks and their times, by the monotonic clock. At rest there are none.
struct Schedule {
  /// The time of the next look at all processes, where that is done regularly.
  var nextLook: Int64 = 0
  /// The time to read the rules anew, and the time until which that may be put off.
  private var reload: (due: Int64, latest: Int64)?
  private var retry: (due: Int64, kind: Retry)?
  /// Between two tries, in microseconds; it grows.
  private var pause = Self.shortestPause

  /// The processes that an error has kept from being read.
  enum Retry { case unread, all }

  private static let shortestPause: Int64 = 1_000_000
  private static let longestPause: Int64 = 60_000_000

  /// The file has changed; an editor writes more than once.
  mutating func noteChange(at now: Int64 = MonotonicClock.microseconds) {
    let latest = reload?.latest ?? now + 2_000_000
    reload = (min(now + 200_000, latest), latest)
  }

  /// The rules couldn't be read for a reason that may pass by itself.
  mutating func noteUnreadRules(at now: Int64 = MonotonicClock.microseconds) {
    reload = (now + pause, now + pause)
    pause = min(pause * 2, Self.longestPause)
  }

  /// True where the time has come to read the rules anew.
  mutating func takesReload(at now: Int64 = MonotonicClock.microseconds) -> Bool {
    guard let due = reload?.due, now >= due else { return false }
    reload = nil
    return true
  }

  /// Some processes couldn't be read, or all that is over.
  mutating func noteUnread(_ isThere: Bool, at now: Int64 = MonotonicClock.microseconds) {
    guard isThere else {
      if retry?.kind == .unread { retry = nil }
      if retry == nil { pause = Self.shortestPause }
      return
    }
    if retry == nil { retry = (now + pause, .unread) }
  }

  /// The list of processes couldn't be read.
  mutating func noteUnseen(at now: Int64 = MonotonicClock.microseconds) {
    retry = (now + pause, .all)
  }

  /// The processes that are to be looked at again now.
  mutating func takesRetry(at now: Int64) -> Retry? {
    guard let (due, kind) = retry, now >= due else { return nil }
    retry = nil
    pause = min(pause * 2, Self.longestPause)
    return kind
  }

  /// In milliseconds, until the first of this and of other times; `nil` for ever.
  func timeout(until others: Int64?..., at now: Int64 = MonotonicClock.microseconds) -> Int? {
    let times = others.compactMap { $0 } + [reload?.due, retry?.due].compactMap { $0 }
    return times.min().map { Int(max(0, $0 - now + 999) / 1000) }
  }
}
