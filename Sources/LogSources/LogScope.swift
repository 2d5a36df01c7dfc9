package import CivilTime
package import Core
import KernelLog
import ProcFS

/// The sources that are searched for kills, and the clocks by which they are read.
package struct LogScope: Sendable {
  package let sources: LogSources
  package let times: LogTimes

  package init(_ sources: LogSources, in world: borrowing World) {
    self.sources = sources
    times = LogTimes(of: sources, in: world)
  }

  /// The rules of local time there.
  package var zone: ZoneRules { times.zone }
}
