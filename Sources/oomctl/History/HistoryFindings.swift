import KernelLog

/// What logs told, as far as it was asked for.
struct HistoryFindings {
  /// The oldest first; where there are very many, only the latest.
  var entries: [HistoryEntry] = []
  /// All kills, also those not in `entries`.
  var count = 0
  /// Of those, how many by daemons.
  var daemonCount = 0
  /// Left out because their time isn't known, and times were asked for.
  var undatedCount = 0
  /// Shortages that ended without a kill line.
  var incidents: [(incident: Incident, time: LogTime?)] = []
  /// Processes whose memory was taken though no kill line tells of them.
  var unannounced: [Reaping] = []
  /// Reports that the kernel left out.
  var suppressed = 0
}
