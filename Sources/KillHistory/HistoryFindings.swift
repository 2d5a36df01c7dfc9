import KernelLog
import LogSources

/// The findings in the logs, as far as they were asked for.
struct HistoryFindings {
  /// The oldest first; where there are very many, only the latest.
  var entries: [HistoryEntry] = []
  /// All kills, also those not in `entries`.
  var count = 0
  /// The number of those that no log confirms although one should.
  var unconfirmedCount = 0
  /// The number of all that are by daemons.
  var daemonCount = 0
  /// The number left out because their time isn't known, and times were asked for.
  var undatedCount = 0
  /// Kills as far as they can be believed.
  var believedCount: Int { count - unconfirmedCount }
  /// Shortages that ended without a kill line.
  var incidents: [(incident: Incident, time: LogTime?)] = []
  /// Processes whose memory was taken though no kill line tells of them.
  var unannounced: [Reaping] = []
  /// Reports that the kernel left out.
  var suppressed = 0
  /// Lines with words of the OOM killer in a form that isn't understood.
  var unreadCount = 0
}
