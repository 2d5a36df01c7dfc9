import Testing

@testable import CivilTime
@testable import LogSources

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
      "kern.log.old", "kern.log.2", "kern.log", "messages-20191105.gz", "messages-20191112",
      "messages", "syslog.20200101", "syslog.10.gz", "syslog.9.gz", "syslog.1", "syslog",
    ]
    let names = sorted.reversed().compactMap { LogFileName($0) }
    #expect(LogFileName.sorted(names).map(\.name) == sorted)
  }

  @Test(
    "is followed by that of the next number",
    arguments: [
      ("kern.log.1", "kern.log", true), ("kern.log.0", "kern.log", true),
      ("kern.log.3.gz", "kern.log.2.gz", true), ("kern.log.3.gz", "kern.log.1", false),
      ("kern.log.2", "kern.log", false), ("kern.log.1", "syslog", false),
      ("kern.log-20191105", "kern.log", false), ("kern.log", "kern.log", false),
    ])
  func following(name: String, next: String, expected: Bool) throws {
    let names = try (#require(LogFileName(name)), #require(LogFileName(next)))
    #expect(names.0.isFollowed(by: names.1) == expected)
    #expect(names.0.isPresent == (name == "kern.log"))
  }

  @Test("may tell the day on which it was put aside")
  func date() {
    #expect(
      LogFileName("messages-20191112.gz")?.date == CivilDate(year: 2019, month: 11, day: 12))
    for name in ["messages-20191332", "messages-2019", "messages-99999999999", "messages.3"] {
      #expect(LogFileName(name)?.date == nil)
    }
  }

  @Test(
    "tells a day of the last decades, and of no others",
    arguments: [
      ("messages-19900101", 1990), ("messages-19891231", nil), ("messages-99991231", 9999),
      ("messages-100000101", nil), ("kern.log.20191112", 2019), ("kern.log.20191112.gz", 2019),
      ("kern.log.2019111", nil), ("kern.log.201911120", nil), ("messages", nil),
    ] as [(String, Int?)])
  func days(name: String, year: Int?) { #expect(LogFileName(name)?.date?.year == year) }
}
