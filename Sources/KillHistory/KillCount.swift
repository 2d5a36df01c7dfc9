import CgroupFS
import Core
import LogSources
import ProcFS
import Processes

/// The kernel's count of kills, against the number found in logs.
struct KillCount: Equatable, Sendable {
  /// The kernel's number.
  let counted: Int
  /// Kill lines of the time that it counts.
  let found: Int

  /// `nil` where the kernel counts nothing, as before 4.13, or can't be asked.
  init?(_ kills: UInt64?, found: Int) {
    guard let kills else { return nil }
    counted = Int(clamping: kills)
    self.found = found
  }

  /// The number of kills that have left no line.
  var missing: Int { max(0, counted - found) }

  /// As `3 counted, 2 found: one victim was already exiting`; where not all lines since boot are there, more
  /// likely they are lost, and what couldn't be read isn't.
  func text(against reach: LogCoverage.Reach) -> String {
    if reach == .none { return counted == 0 ? "none counted" : "\(counted) counted" }
    return switch missing {
    case 0 where found == counted: counted == 0 ? "none counted" : "\(counted) counted: all found"
    case 0: "\(counted) counted, \(found) found"
    case _ where reach == .partial:
      "\(counted) counted, \(found) found: lines of \(missing) aren't in the logs that could be read"
    case _ where reach == .present:
      "\(counted) counted, \(found) found: lines of \(missing) aren't in these logs any more"
    case 1: "\(counted) counted, \(found) found: one victim was already exiting"
    default:
      "\(counted) counted, \(found) found: \(missing) victims were already exiting"
    }
  }
}

extension World {
  /// Counts kills since boot; `nil` where that can't be asked, or is of another machine.
  var killCounter: UInt64? { proc.isLive ? known(try proc.memoryEvents)?.oomKills : nil }

  /// True where a memory cgroup's counter has the kills in those below it, too: not with version 1.
  var countsBelow: Bool { knownMemoryCgroups?.version != .one }

  /// Counts kills in a memory cgroup since it was made.
  func killCounter(of cgroup: String) -> UInt64? {
    guard proc.isLive, let hierarchy = knownMemoryCgroups else { return nil }
    return known(try hierarchy.kills(in: cgroup)) ?? nil
  }
}
