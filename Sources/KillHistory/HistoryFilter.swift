import KernelLog
import LogSources
import Processes

/// The kills that are asked for; what isn't set lets all pass.
struct HistoryFilter: Equatable, Sendable {
  /// Microseconds since 1970; once one is set, what has no time doesn't pass.
  var since: Int?
  var until: Int?
  var names: [String] = []
  var pids: [Int] = []
  var uids: [Int] = []
  /// With all below them; the victim's own or the one at its limit.
  var cgroups: [String] = []
  /// The names of units of systemd's.
  var units: [String] = []
  /// The numbers or names of containers, and the UIDs of pods; the beginning is enough.
  var containers: [String] = []
  var pods: [String] = []

  /// True where nothing is left out.
  var letsAll: Bool { self == HistoryFilter() }

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
    let paths = [entry.cgroup, entry.limitCgroup].compactMap { $0 }
    let names = entry.containers
    return lets(paths, cgroups) { path, wanted in
      path == wanted || wanted == "/" || path.hasPrefix(wanted + "/")
    }
      && lets(paths, units) { path, unit in
        path.split(separator: "/").contains { $0 == unit || $0 == "_" + unit }
      }
      && lets(paths, containers) { CgroupOwner(path: $0, named: names).isContainer($1) }
      && lets(paths, pods) { CgroupOwner(path: $0, named: names).isOfPod($1) }
  }

  /// True where one of the paths is one of those wanted, or none is.
  private func lets(
    _ paths: [String], _ wanted: [String], _ fits: (String, String) -> Bool
  ) -> Bool {
    wanted.isEmpty || wanted.contains { wanted in paths.contains { fits($0, wanted) } }
  }
}
