import KernelLog
import LogLines

/// Tells a victim that a log names again from another one: a process that is slow to die is killed again, and
/// some logs hold a line twice.
struct RepeatedVictims {
  private var last: [Victim] = []

  private struct Victim {
    let source: Int
    let stamp: Stamp
    let victim: KernelLog.Victim
    let line: Int
    let place: Int
  }

  private static let most = 64
  /// In lines, of those that name whoever dies with a group.
  private static let longestReport = 64
  /// In microseconds; after that the number can be another process's.
  private static let longest = 60_000_000

  /// True where the same log has told of that very kill, to the microsecond: it holds lines twice. Of those that die
  /// with a group the kernel itself names some again, a few lines behind.
  func knows(_ kill: KernelLog.Kill, from source: Int) -> Bool {
    last.contains { other in
      other.source == source && other.victim == kill.victim && other.stamp == kill.stamp
        && kill.stamp.monotonic != nil
        && (!kill.isFollower || kill.line - other.line > Self.longestReport)
    }
  }

  /// The place of the victim's row, where the same log has just named it.
  func place(of kill: KernelLog.Kill, in source: Int) -> Int? {
    last.last { other in
      other.source == source && other.victim.pid == kill.victim.pid
        && other.victim.name == kill.victim.name
        && other.stamp.host == kill.stamp.host && other.stamp.tellsTime && kill.stamp.tellsTime
        && other.stamp.isNear(kill.stamp, Self.longest)
    }?.place
  }

  /// Remembers a victim, with the place of its row.
  mutating func remember(_ kill: KernelLog.Kill, in source: Int, at place: Int) {
    if last.count == Self.most { last.removeFirst() }
    last.append(
      Victim(
        source: source, stamp: kill.stamp, victim: kill.victim, line: kill.line, place: place))
  }
}

extension Stamp {
  fileprivate var tellsTime: Bool { monotonic != nil || clock != nil }
}
