import Testing

@testable import LogLines

@Suite("The time before a line")
struct ClockTests {
  @Test(
    "is ISO 8601's, with a zone or without",
    arguments: [
      ("2019-11-12T12:30:02.123456+01:00", "2019-11-12 12:30:2.123456 zone 3600"),
      ("2019-11-12 12:30:02.5", "2019-11-12 12:30:2.500000"),
      ("2019-11-12T12:30", "2019-11-12 12:30:0"),
      ("1970-01-01T00:00:00Z", "1970-1-1 0:0:0 zone 0"),
      ("9999-12-31T23:59:60Z", "9999-12-31 23:59:60 zone 0"),
      ("2019-11-12T12:30:02+0100", "2019-11-12 12:30:2 zone 3600"),
      ("2019-11-12T12:30:02-0330", "2019-11-12 12:30:2 zone -12600"),
      ("2019-11-12T12:30:02+2359", "2019-11-12 12:30:2 zone 86340"),
      ("2019-11-12T12:30:02+01", "2019-11-12 12:30:2 zone 3600"),
      ("2019-11-12T12:30:02-01:30", "2019-11-12 12:30:2 zone -5400"),
      ("2019-11-12T12:30:02+23:59", "2019-11-12 12:30:2 zone 86340"),
      ("1969-11-12T12:30:02Z", nil), ("10000-11-12T12:30:02Z", nil),
      ("2019-00-12T12:30:02Z", nil), ("2019-13-12T12:30:02Z", nil),
      ("2019-11-00T12:30:02Z", nil), ("2019-11-32T12:30:02Z", nil),
      ("2019-11-12T24:30:02Z", nil), ("2019-11-12T12:60:02Z", nil),
      ("2019-11-12T12:30:61Z", nil), ("2019-11-12T12:30:02x", nil), ("2019-11-12", nil),
      ("2019-11-12T12:30:02+24:00", nil), ("2019-11-12T12:30:02+2400", nil),
      ("2019-11-12T12:30:02+01:60", nil), ("2019-11-12T12:30:02+0160", nil),
      ("2019-11-12T12:30:02+01:", nil), ("2019-11-12T12:30:02+", nil),
    ] as [(String, String?)])
  func iso(time: String, expected: String?) {
    let line = "\(time) h kernel: x"
    #expect(shown(line) == (expected.map { "\($0) on h kernel #012 | x" } ?? "bare | \(line)"))
  }

  @Test("ends a line, or has a blank behind it")
  func end() {
    #expect(shown("2019-11-12T12:30:02") == "2019-11-12 12:30:2 | ")
    #expect(shown("2019-11-12T12:30:02;") == "bare | 2019-11-12T12:30:02;")
  }

  @Test("names nobody where a comma stands before the fraction: it is dmesg's")
  func comma() {
    #expect(
      shown("2019-11-12T12:30:02,123456+01:00 h kernel: x")
        == "2019-11-12 12:30:2.123456 zone 3600 | h kernel: x")
  }

  @Test(
    "is the journal's full one",
    arguments: [
      ("Tue 2019-11-12 12:30:02 CET", "2019-11-12 12:30:2"),
      ("Tue 2019-11-12 12:30:02 UTC", "2019-11-12 12:30:2 zone 0"),
      ("Tue 2019-11-12 12:30:02 GMT", "2019-11-12 12:30:2 zone 0"),
      ("Tue 2019-11-12 12:30:02-01:00", "2019-11-12 12:30:2 zone -3600"),
      ("Di 2019-11-12 12:30:02 CET", "2019-11-12 12:30:2"),
      ("Donnerstagen 2019-11-12 12:30:02 CET", "2019-11-12 12:30:2"),
      ("D 2019-11-12 12:30:02 CET", nil), ("Donnerstagens 2019-11-12 12:30:02 CET", nil),
    ] as [(String, String?)])
  func full(time: String, expected: String?) {
    let line = "\(time) h kernel: x"
    #expect(shown(line) == (expected.map { "\($0) on h kernel #012 | x" } ?? "bare | \(line)"))
  }

  @Test(
    "counts the seconds since 1970, unless that is so few that a message begins with them",
    arguments: [
      ("1573558202.123456", "@1573558202123456"), ("1000000000.000000", "@1000000000000000"),
      ("999999999.999999", nil), ("1573558202", nil),
    ] as [(String, String?)])
  func epoch(time: String, expected: String?) {
    let line = "\(time) h kernel: x"
    #expect(shown(line) == (expected.map { "\($0) on h kernel #012 | x" } ?? "bare | \(line)"))
  }

  @Test(
    "is syslog's, in whatever language",
    arguments: [
      ("Nov 12 12:30:02", "?-11-12 12:30:2"), ("Nov  1 12:30:02.25", "?-11-1 12:30:2.250000"),
      ("Nov 31 12:30:02:", "?-11-31 12:30:2"), ("Nov 12 12:30", "?-11-12 12:30:0"),
      ("Nov 12 2019 12:30:02", "2019-11-12 12:30:2"),
      ("Nov 12 1970 12:30:02", "1970-11-12 12:30:2"),
      ("Nov 12 9999 12:30:02", "9999-11-12 12:30:2"),
      ("éa 12 12:30:02", "?-?-12 12:30:2"),
      ("Novembreeeeeeeeeeeeeeeee 12 12:30:02", "?-11-12 12:30:2"),
      ("Novembreeeeeeeeeeeeeeeeee 12 12:30:02", nil), ("é 12 12:30:02", nil),
      ("Foo 12 12:30:02", nil), ("Nov 0 12:30:02", nil), ("Nov 32 12:30:02", nil),
      ("Nov 12 1969 12:30:02", nil), ("Nov 12 10000 12:30:02", nil), ("Nov 12 12:30:02x", nil),
    ] as [(String, String?)])
  func syslog(time: String, expected: String?) {
    let line = "\(time) h kernel: x"
    #expect(shown(line) == (expected.map { "\($0) on h kernel #012 | x" } ?? "bare | \(line)"))
  }

  @Test("stands there once: what looks like another is the message's")
  func once() {
    for time in ["2019-11-12T12:30:02Z", "Nov 12 12:30:02"] {
      #expect(shown("2018-01-02T03:04:05 \(time) x") == "2018-1-2 3:4:5 | \(time) x")
    }
  }

  @Test(
    "names the month in many languages",
    arguments: [
      ("Jan", 1), ("ene", 1), ("fév", 2), ("Mär", 3), ("kwi", 4), ("мая", 5), ("juin", 6),
      ("juil", 7), ("aoû", 8), ("wrz", 9), ("říj", 10), ("lis", 11), ("Dez", 12), ("December", 12),
      ("1月", 1), ("12月", 12), ("9월", 9), ("0月", nil), ("13月", nil), ("1日", nil), ("Ja", nil),
      ("xJan", nil),
    ] as [(String, Int?)])
  func months(name: String, expected: Int?) {
    let line = Array(" \(name) ".utf8)
    #expect(Month.number(of: line.span, in: 1..<line.count - 1) == expected)
  }
}
