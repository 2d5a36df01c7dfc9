import KernelLog
import LogSources

/// The kills that are asked for; what isn't set lets all pass.
struct HistoryFilter: Sendable {
  /// Microseconds since 1970; once one is set, what has no time doesn't pass.
  var since: Int?
  var until: Int?
  var names: [String] = []
  var pids: [Int] = []
  var uids: [Int] = []
  /// With all below them; the victim's own or the one at its limit.
  var cgroups: [String] = []

  /// True where a kill is left out only because its time isn't known.
  func misses(_ entry: HistoryEntry) -> Bool {
    var rest = self
    (rest.since, rest.until) = (nil, nil)
    return entry.time == nil && !lets(entry) && rest.lets(entry)
  }

  func lets(_ entry: HistoryEntry) -> Bool {
    letsTime(of: entry) && letsVictim(of: entry) && letsPlace(of: entry)
  }

  private func letsTime(of entry: HistoryEntry) -> Bool {
    guard let time = entry.time?.microseconds else { return since == nil && until == nil }
    return time >= since ?? .min && time <= until ?? .max
  }

  private func letsVictim(of entry: HistoryEntry) -> Bool {
    (names.isEmpty || entry.name.map(names.contains) ?? false)
      && (pids.isEmpty || entry.pid.map(pids.contains) ?? false)
      && (uids.isEmpty || entry.uid.map(uids.contains) ?? false)
  }

  private func letsPlace(of entry: HistoryEntry) -> Bool {
    guard !cgroups.isEmpty else { return true }
    let paths = [entry.cgroup, entry.limitCgroup].compactMap { $0 }
    return cgroups.contains { wanted in
      paths.contains { $0 == wanted || wanted == "/" || $0.hasPrefix(wanted + "/") }
    }
  }
}
