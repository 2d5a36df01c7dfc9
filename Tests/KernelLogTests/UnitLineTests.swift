import DaemonLog
import KernelLog
import Testing

@Suite("A log's words on a unit")
struct UnitLineTests {
  private static func changes(in log: String) -> [UnitChange] {
    events(in: log).compactMap { if case .unit(let change) = $0 { change } else { nil } }
  }

  private static func noise(_ lines: Int) -> String {
    (0..<lines).map { "Nov 12 12:30:03 web app[31]: request \($0)\n" }.joined()
  }

  @Test("are found some hundred lines after a process was lost")
  func distance() {
    func log(_ lines: Int) -> String {
      Self.noise(100)
        + "Nov 12 12:30:02 web systemd[1]: a.service: A process of this unit has been killed by "
        + "the OOM killer.\n" + Self.noise(lines)
        + "Nov 12 12:30:04 web systemd[1]: a.service: Scheduled restart job, restart counter is "
        + "at 3.\n"
    }
    #expect(Self.changes(in: log(0)).map(\.kind) == [.lostProcess, .restart(count: 3)])
    #expect(Self.changes(in: log(250)).map(\.line) == [101, 352])
    // Most restarts have nothing to do with memory: they aren't searched for.
    #expect(Self.changes(in: log(300)).map(\.kind) == [.lostProcess])
  }

  @Test("in the journal are the manager's own, of the system or marked as a person's")
  func journal() {
    func entry(_ writer: Int, _ tag: String) -> String {
      "{\"MESSAGE\":\"a.service: Failed with result 'oom-kill'.\",\"_TRANSPORT\":\"journal\","
        + "\"SYSLOG_IDENTIFIER\":\"\(tag)\",\"_UID\":\"\(writer)\"}\n"
    }
    #expect(Self.changes(in: entry(0, "systemd")).map(\.isPersons) == [false])
    #expect(Self.changes(in: entry(1000, "systemd")).map(\.isPersons) == [true])
    #expect(Self.changes(in: entry(1000, "app")).isEmpty)
  }
}
