import KernelLog
import LogSources

/// The findings in the logs, as far as they were asked for.
struct HistoryFindings {
  /// The oldest first; where there are very many, only the latest.
  var entries: [HistoryEntry] = []
  /// The number of all that was found, whatever was asked for; those that died together count once.
  var total = 0
  /// All kills, also those not in `entries`.
  var count = 0
  /// The number of those whose victim stands in the list already: it was named again.
  var repeatedCount = 0
  /// The number of those that no log confirms although one should.
  var unconfirmedCount = 0
  /// The number of all that are by daemons.
  var daemonCount = 0
  /// The number left out because their time isn't known, and times were asked for.
  var undatedCount = 0
  /// Kills as far as they can be believed.
  var believedCount: Int { count - unconfirmedCount }
  /// Shortages that ended without a kill line, the oldest first.
  var incidents: [HistoryEntry] = []
  /// Processes whose memory was taken though no kill line tells of them.
  var unannounced: [Reaping] = []
  /// Units that lost a process, as the service manager says, in no kill that a log tells of.
  var bereftUnits: [String] = []
  /// Reports that the kernel left out.
  var suppressed = 0
  /// Attempts of daemons to kill that failed.
  var failedCount = 0
  /// Lines with words of the OOM killer in a form that isn't understood.
  var unreadCount = 0
}

extension HistoryFindings {
  /// All in one list, the latest first; those that died together stand together, the chosen one in front, and a
  /// victim that was named several times stands there once.
  var list: [[HistoryEntry]] {
    let all = (entries + incidents).sorted { left, right in
      let numbers = (left.number ?? 0, right.number ?? 0)
      return numbers.0 == numbers.1 ? left.indexNumber < right.indexNumber : numbers.0 < numbers.1
    }
    return all.reduce(into: []) { list, entry in
      if let last = list.last?.first, last.number == entry.number {
        let isThere = list[list.count - 1].contains { $0.pid == entry.pid && $0.name == entry.name }
        if !isThere { list[list.count - 1].append(entry) }
      } else {
        list.append([entry])
      }
    }
  }

  /// Incidents, as far as they can be believed.
  var believedIncidents: [HistoryEntry] {
    incidents.filter { $0.doubt?.isUnconfirmed != true }
  }
}
