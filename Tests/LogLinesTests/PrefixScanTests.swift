import Testing

@testable import LogLines

@Suite("A prefix in a form that isn't known")
struct PrefixScanTests {
  @Test(
    "is the kernel's where its tag, its facility or its own time says so, and nobody else is named",
    arguments: [
      ("kernel: ", "kernel"), ("kernel ", "kernel"), ("kern.warn ", ""), ("kern ", ""),
      ("[    1.000000] ", "+1000000"), ("[    1.000000] - ", "+1000000"),
      ("12:30:02 kernel: ", "kernel"), ("12:30:02.5 PM kernel: ", "kernel"),
      ("host-1 kernel: ", "on host-1 kernel"), ("host kernel: ", "on host kernel"),
      ("Nov 12 12:30:02 web1 kernel: ", "?-11-12 12:30:2 on web1 kernel"),
      (
        "2019-11-12T12:30:02Z Nov 12 12:30:02 web1 kernel: ",
        "2019-11-12 12:30:2 zone 0 on web1 kernel"
      ),
      (
        "2019-11-12T12:30:02Z relay1 Nov 12 12:30:02 web1 kernel: ",
        "2019-11-12 12:30:2 zone 0 on web1 kernel"
      ),
      ("2019 Nov 12 12:30:02 kernel: ", "2019-11-12 12:30:2 kernel"),
      ("Thu Nov 12 12:30:02 2020 kernel: ", "2020-11-12 12:30:2 kernel"),
      ("11-12 12:30:02.123 kernel: ", "?-11-12 12:30:2.123000 kernel"),
      ("Tue 2019-11-12 12:30:02 CET kernel: ", "2019-11-12 12:30:2 kernel"),
      ("1573558202.123456 kernel: ", "@1573558202123456 kernel"),
      ("@400000005dca8a7a075bcd15 kernel: ", "@1573554773123456 kernel"),
      ("info kernel: ", "kernel"), ("12:30:02 \"kernel: ", "kernel quoted"),
      ("Guest[5]: kernel: ", "kernel"),
      ("kernel: [    1.000000] ", "+1000000 kernel"), ("kernel: <4>", "kernel"),
      ("Guest: kernel: ", "kernel"), ("console: kernel: ", "kernel"),
      ("serial: kernel: ", "kernel"),
      ("web-1 | kernel: ", "on web-1 kernel"), ("[main] kernel: ", "kernel"),
      ("17 | ", ""), ("12:30:02 ", ""),
    ])
  func plausible(prefix: String, expected: String) {
    let scan = PrefixScan(Array(prefix.utf8).span)
    #expect(scan.isPlausible)
    #expect(!scan.isUnclear)
    #expect(scan.wrapping.words.joined(separator: " ") == expected)
  }

  @Test(
    "may be anybody's where only names or levels stand in it",
    arguments: [
      "host ", "err ", "web-1 ", "web-1 info ", "[main] ", "<bob> ", "12:30:02 web1 ", "warning: ",
      "\"", "\"12:30:02 ", "(x1) ",
    ])
  func unclear(prefix: String) {
    let scan = PrefixScan(Array(prefix.utf8).span)
    #expect(!scan.isPlausible)
    #expect(scan.isUnclear)
  }

  @Test(
    "is somebody else's where it names a program, or reads like a sentence",
    arguments: [
      "", ": ", "cron: ", "cron[5]: ", "cron[5] ", "kernel[5]: ", "the host says ",
      "12:30:02 one two three ", "daemon.info ", "user.warn kernel: ", "local0.info kernel: ",
      "kernel: it ", "kernel: 17 ", "kernel: kernel: ", "[client 192.0.2.1] ",
      "192.0.2.1 \"GET / kernel: ", "192.0.2.1 HTTP/1.1 kernel: ", "\"POST / ", "\"HEAD / ",
      "web-1 web-2 kernel: it ", "12:30:02 \"kernel: \"", "cron: kernel: ",
      "12:30:02 web-1 web-2 kernel: ", "\"kernel: ", "an be kernel: ",
    ])
  func others(prefix: String) {
    let scan = PrefixScan(Array(prefix.utf8).span)
    #expect(!scan.isPlausible)
    #expect(!scan.isUnclear)
  }

  @Test(
    "can stand before a program's tag where there is a time and at most a host",
    arguments: [
      ("12:30:02 ", true, nil), ("12:30:02 web1 ", true, "web1"), ("12:30:02 host ", true, "host"),
      ("Nov 12 12:30:02 ", true, nil), ("web1 ", false, nil), ("12:30:02 an host ", false, nil),
      ("12:30:02 kern.warn ", false, nil), ("12:30:02 kernel: ", false, nil),
      ("12:30:02 cron: ", false, nil), ("12:30:02 W ", true, nil),
      ("12:30:02 stdout F ", true, nil),
      ("2019-11-12T12:30:02Z I/ ", true, nil), ("12:30:02 I125 ", true, nil),
    ] as [(String, Bool, String?)])
  func tags(prefix: String, canPrecede: Bool, host: String?) {
    let scan = PrefixScan(Array(prefix.utf8).span)
    #expect(scan.canPrecedeTag == canPrecede)
    if canPrecede { #expect(scan.wrapping.stamp.host == host) }
  }

  @Test("has no more parts than any form", arguments: [(22, true), (23, false)])
  func parts(count: Int, isPlausible: Bool) {
    let prefix = "kern " + String(repeating: "- ", count: count)
    #expect(PrefixScan(Array(prefix.utf8).span).isPlausible == isPlausible)
  }

  @Test(
    "may have TAI64N's seconds and nanoseconds",
    arguments: [
      ("@400000005dca8a7a075bcd15", 1_573_554_773_123_456),
      ("@4000000000000025000003e8", 1), ("@400000ffffffffff00000000", 1_099_511_627_738_000_000),
      ("@400001000000000000000000", nil), ("@400000005dca8a7a075bcd1", nil),
      ("@400000005dca8a7g075bcd15", nil), ("@400000005dca8a7a075bcdg5", nil),
      ("@500000005dca8a7a075bcd15", nil),
    ] as [(String, Int?)])
  func tai(time: String, expected: Int?) {
    let line = Array(time.utf8)
    var (wrapping, reader) = (Wrapping(), Reader())
    #expect(wrapping.takeTAI64N(of: line.span, at: &reader) == (expected != nil))
    #expect(wrapping.stamp.clock == expected.map { .universal($0) })
    #expect(reader.offset == (expected == nil ? 0 : line.count))
  }

  @Test(
    "may have a time that few loggers write",
    arguments: [
      ("2019 Nov 12 12:30:02 ", "2019-11-12 12:30:2"),
      ("1970 Nov 12 12:30:02 ", "1970-11-12 12:30:2"),
      ("9999 Nov 12 12:30:02 ", "9999-11-12 12:30:2"), ("1969 Nov 12 12:30:02 ", "?-11-12 12:30:2"),
      ("10000 Nov 12 12:30:02 ", "?-11-12 12:30:2"),
      ("Thu Nov 12 12:30:02 2020 ", "2020-11-12 12:30:2"),
      ("Th Nov 12 12:30:02 1970 ", "1970-11-12 12:30:2"),
      ("Thursdayyyyy Nov 12 12:30:02 9999 ", "9999-11-12 12:30:2"),
      ("Thu Nov 12 12:30:02 1969 ", "?-11-12 12:30:2"),
      ("Thu Nov 12 12:30:02 10000 ", "?-11-12 12:30:2"),
      ("Thu Nov 12 2019 12:30:02 2020 ", "2019-11-12 12:30:2"),
      ("11-12 12:30:02.123 ", "?-11-12 12:30:2.123000"), ("1-1 12:30:02 ", "?-1-1 12:30:2"),
      ("12-31 12:30:02 ", "?-12-31 12:30:2"), ("0-12 12:30:02 ", ""), ("13-12 12:30:02 ", ""),
      ("11-0 12:30:02 ", ""), ("11-32 12:30:02 ", ""), ("12:30:02 ", ""),
    ])
  func clocks(prefix: String, expected: String) {
    let scan = PrefixScan(Array("\(prefix)kern ".utf8).span)
    var stamp = scan.wrapping.stamp
    stamp.host = nil
    #expect(stamp.words.joined(separator: " ") == expected)
  }

  @Test("is a word from any byte on that isn't a sign of ASCII's")
  func bytes() {
    for (byte, isPlausible) in [(0x7F, true), (0x80, false), (0xFF, false)] as [(UInt8, Bool)] {
      let prefix = [byte, UInt8(ascii: " ")]
      #expect(PrefixScan(prefix.span).isPlausible == isPlausible)
    }
  }
}
