import Testing

@testable import oomctl

@Suite("The name of a log file")
struct LogFileNameTests {
  @Test("tells its family, and nothing of other files")
  func family() {
    for (name, family) in [
      ("messages", "messages"), ("messages-20191112.xz", "messages"), ("syslog.1", "syslog"),
      ("kern.log.12.gz", "kern.log"), ("kern.log.old", "kern.log"),
    ] {
      #expect(LogFileName(name)?.family == family)
    }
    for name in ["dmesg", "syslogd", "kern", "kern.logs", "messages2", "", "daemon.log"] {
      #expect(LogFileName(name) == nil)
    }
  }

  @Test("tells its age")
  func order() {
    let sorted = [
      "messages-20191105.gz", "messages-20191112", "messages", "syslog.20200101", "syslog.10.gz",
      "syslog.9.gz", "syslog.1", "syslog", "kern.log.old", "kern.log.2", "kern.log",
    ]
    let names = sorted.reversed().compactMap { LogFileName($0) }
    #expect(LogFileName.sorted(names).map(\.name) == sorted)
  }

  @Test("may tell the day on which it was put aside")
  func date() {
    #expect(
      LogFileName("messages-20191112.gz")?.date == CivilDate(year: 2019, month: 11, day: 12))
    for name in ["messages-20191332", "messages-2019", "messages-99999999999", "messages.3"] {
      #expect(LogFileName(name)?.date == nil)
    }
  }
}
