import LogLines
import Testing

@testable import DaemonLog
@testable import KillHistory
@testable import LogSources

@Suite("A daemon's kill")
struct DaemonKillIndexTests {
  /// A kill as a log has it; the time in seconds.
  struct Told: Sendable {
    var killer = "earlyoom"
    var pid: Int? = 4711
    var name: String? = "java"
    var cgroup: String?
    var time: Int? = 1000
    var source = "journal"

    var entry: HistoryEntry {
      var kill = DaemonKill(stamp: Stamp(), line: 1, killer: killer)
      (kill.pid, kill.name, kill.cgroup) = (pid, name, cgroup)
      let time = time.map { LogTime(microseconds: $0 * 1_000_000, basis: .universal) }
      return HistoryEntry(event: .daemon(kill), time: time, source: source)
    }
  }

  private static func group(_ time: Int?, _ source: String) -> Told {
    Told(killer: "systemd-oomd", pid: nil, name: nil, cgroup: "/a", time: time, source: source)
  }

  @Test(
    "is counted once, however often it is told",
    arguments: [
      // SIGTERM, and SIGKILL when that didn't help.
      (Told(), Told(time: 1010)),
      (Told(time: nil), Told(time: nil)),
      (Told(), Told(time: 1002, source: "syslog")),
      (group(1000, "journal"), group(1001, "syslog")),
    ])
  func same(first: Told, second: Told) {
    #expect(areNew(first, second) == [true, false])
  }

  @Test(
    "is another one of another process, at another time, or by another",
    arguments: [
      (Told(), Told(pid: 4712)), (Told(), Told(name: "php")), (Told(), Told(time: 1100)),
      (Told(), Told(killer: "nohang")),
      (group(1000, "journal"), group(1001, "journal")),
      (group(1000, "journal"), group(1010, "syslog")),
      (group(nil, "journal"), group(nil, "syslog")),
    ])
  func other(first: Told, second: Told) {
    #expect(areNew(first, second) == [true, true])
  }

  private func areNew(_ kills: Told...) -> [Bool] {
    var index = DaemonKillIndex()
    return kills.map { index.enter($0.entry) }
  }
}
