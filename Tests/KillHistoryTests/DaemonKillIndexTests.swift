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
    /// By the kernel's clock, in microseconds.
    var uptime: Int?
    var source = "journal"

    var entry: HistoryEntry {
      var kill = DaemonKill(stamp: Stamp(), line: 1, killer: killer)
      (kill.pid, kill.name, kill.cgroup) = (pid, name, cgroup)
      kill.stamp.monotonic = uptime
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
      (Told(), Told(time: 1060)), (Told(time: 1060), Told()),
      (group(1000, "journal"), group(1002, "syslog")),
      (Told(time: nil, uptime: 5_000_000), Told(time: nil, uptime: 65_999_999)),
      (Told(time: nil, uptime: 5_000_000), Told(time: nil)),
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
      (Told(), Told(time: 1061)), (Told(time: 1061), Told()),
      (group(1000, "journal"), group(1003, "syslog")),
      (Told(time: nil, uptime: 5_000_000), Told(time: nil, uptime: 66_000_000)),
    ])
  func other(first: Told, second: Told) {
    #expect(areNew(first, second) == [true, true])
  }

  @Test("is known among the last 256, of which half are forgotten then", arguments: [255, 256])
  func limit(others: Int) {
    var index = DaemonKillIndex()
    let areNew = (0...others).map { index.enter(Told(pid: $0).entry) }
    #expect(areNew.allSatisfy { $0 })
    let known = [0, 127, 128].map { !index.enter(Told(pid: $0).entry) }
    #expect(known == (others == 255 ? [true, true, true] : [false, false, true]))
  }

  private func areNew(_ kills: Told...) -> [Bool] {
    var index = DaemonKillIndex()
    return kills.map { index.enter($0.entry) }
  }
}
