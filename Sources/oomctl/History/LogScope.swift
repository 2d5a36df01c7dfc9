import CivilTime
import KernelLog
import ProcFS

/// Where it is looked for kills, and by which clocks.
struct LogScope: Sendable {
  let sources: LogSources
  let times: LogTimes

  init(_ sources: LogSources, in world: borrowing World) {
    self.sources = sources
    times = LogTimes(of: sources, in: world)
  }

  /// The rules of local time there.
  var zone: ZoneRules { times.zone }
}
