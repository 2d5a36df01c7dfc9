import KernelLog
import LogLines
import LogSources

/// The daemons' kills that were told last, to distinguish a further account of one from another
/// kill.
///
/// One line is often both in the journal and in syslog's files. And a process that doesn't go at
/// SIGTERM is asked again, or gets SIGKILL: it dies once.
struct DaemonKillIndex {
  private var recent: [HistoryEntry] = []

  private static let most = 256
  /// In seconds.
  private static let (sameLine, sameAction) = (2, 60)

  /// Enters a kill; `false` when it is known.
  mutating func enter(_ entry: HistoryEntry) -> Bool {
    guard !recent.contains(where: { Self.isSame($0, entry) }) else { return false }
    if recent.count == Self.most { recent.removeFirst(Self.most / 2) }
    recent.append(entry)
    return true
  }

  private static func isSame(_ one: HistoryEntry, _ two: HistoryEntry) -> Bool {
    guard one.killer == two.killer, one.pid == two.pid, one.name == two.name,
      one.cgroup == two.cgroup
    else { return false }
    // A cgroup, unlike a process, can be killed again at once.
    guard one.pid != nil || one.source != two.source else { return false }
    guard let distance = distance(one, two) else { return one.pid != nil }
    return distance <= (one.pid == nil ? sameLine : sameAction)
  }

  /// In seconds; `nil` where the logs don't tell.
  private static func distance(_ one: HistoryEntry, _ two: HistoryEntry) -> Int? {
    if let one = one.time?.seconds, let two = two.time?.seconds { return abs(one - two) }
    guard let one = one.stamp.monotonic, let two = two.stamp.monotonic else { return nil }
    return abs(one - two) / 1_000_000
  }
}
