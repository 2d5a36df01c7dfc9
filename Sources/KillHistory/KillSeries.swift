import KernelLog
import LogSources
import Rendering

/// Kills of one unit that was started again after each: a list tells of them on one line.
struct KillSeries {
  /// The latest first; each the group of those that died together.
  private(set) var groups: [[HistoryEntry]]

  /// The latest one.
  var latest: HistoryEntry { groups[0][0] }

  /// Puts a list, the latest first, in such series; most are of one kill.
  static func all(of list: [[HistoryEntry]]) -> [KillSeries] {
    list.filter { !$0.isEmpty }.reduce(into: []) { all, group in
      if let last = all.last?.groups.last?[0], last.isRepeat(of: group[0]) {
        all[all.count - 1].groups.append(group)
      } else {
        all.append(KillSeries(groups: [group]))
      }
    }
  }

  /// The numbers of a series: `3`, `1-4`.
  var numbers: String {
    guard let first = latest.number, let last = groups[groups.count - 1][0].number else {
      return "-"
    }
    return first == last ? "\(first)" : "\(first)-\(last)"
  }

  /// `4 kills in 25 s`; `nil` for a single one.
  var phrase: String? {
    guard groups.count > 1 else { return nil }
    return "\(groups.count) kills" + (span.map { " in \($0)" } ?? "")
  }

  /// `4 kills of hog.service in 25 s (1-4): it was started again each time`; `nil` for a single one.
  var sentence: String? {
    guard groups.count > 1,
      let unit = latest.unitNames.last(where: { groups[1][0].followed.hasRestart(of: $0) })
    else { return nil }
    return "\(groups.count) kills of \(unit)\(span.map { " in \($0)" } ?? "") (\(numbers)): "
      + "it was started again each time"
  }

  private var span: String? {
    let oldest = groups[groups.count - 1][0]
    guard let one = oldest.time?.microseconds, let two = latest.time?.microseconds else {
      return nil
    }
    let seconds = (two - one + 500_000) / 1_000_000
    return seconds < 600 ? "\(seconds) s" : "\(seconds / 60) min"
  }
}

extension HistoryEntry {
  /// True where an earlier kill was of the same process, which its unit started again.
  fileprivate func isRepeat(of earlier: HistoryEntry) -> Bool {
    outcome == nil && earlier.outcome == nil && name == earlier.name && agent == earlier.agent
      && host == earlier.host
      && unitNames.contains { earlier.followed.hasRestart(of: $0) }
  }
}
