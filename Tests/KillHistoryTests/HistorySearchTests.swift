import KernelLog
import LogLines
import Testing

@testable import KillHistory
@testable import LogSources

@Suite("What is picked from logs")
struct HistorySearchTests {
  private static func kill(of boot: String? = nil) -> KernelLog.Kill {
    let log =
      "Out of memory: Killed process 7 (hog) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB\n"
    var parser = KernelLogParser()
    var events: [LogEvent] = []
    parser.parse(Array(log.utf8).span, into: &events)
    parser.finish(into: &events)
    guard case .kill(var kill)? = events.first else { fatalError("no kill in \(log)") }
    kill.stamp.boot = boot
    return kill
  }

  /// The machine started at second 1000.
  @Test(
    "counts the kills since boot: by the boot's name, else by the time, to two seconds before",
    arguments: [
      (nil, 998, 1), (nil, 997, 0), (nil, 2000, 1), (nil, nil, 0), ("b007", nil, 1),
      ("b007", 5, 1), ("0ff0", 2000, 0),
    ] as [(String?, Int?, Int)])
  func boot(name: String?, seconds: Int?, count: Int) {
    let time = seconds.map { LogTime(microseconds: $0 * 1_000_000 + 999_999, basis: .universal) }
    let finding = LogFinding(event: .kill(Self.kill(of: name)), time: time, source: 0)
    for boot in [LogClock.Boot(id: "b0-07", seconds: 1000), nil] {
      var search = HistorySearch(boot: boot, hasSeveralSources: false)
      #expect(search.take(finding, from: .file("log")) != nil)
      #expect(search.countSinceBoot == (boot == nil ? 0 : count))
    }
  }
}
