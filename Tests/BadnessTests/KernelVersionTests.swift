import Badness
import Testing

@Suite("A kernel version")
struct KernelVersionTests {
  @Test(
    "is read from a release",
    arguments: [
      ("6.1.0-50-cloud-amd64", KernelVersion(6, 1)), ("2.6.32-754.el6", .init(2, 6, 32)),
      ("3.14", .init(3, 14)), ("7.2-rc1", .init(7, 2)), ("7.2-rc1.fc44.5", .init(7, 2)),
      ("2.6.11.1", .init(2, 6, 11)), ("2.4.37.11-pre2", .init(2, 4, 37)),
      ("6.18.44\n", .init(6, 18, 44)),
      ("5.10+", .init(5, 10)), ("5.10.", .init(5, 10)), ("5.10.x86", .init(5, 10)),
    ])
  func parses(release: String, expected: KernelVersion) {
    #expect(KernelVersion(parsing: release) == expected)
  }

  @Test(
    "is refused where there is none",
    arguments: [
      "", ".", "6", "6.", "6.x", ".6", "v6.1", " 6.1", "-6.1", "+6.1", "6-1.0", "six.one", "6..1",
      "123456789012345678901234567890.1", "6.123456789012345678901234567890",
      "6.1.123456789012345678901234567890", "٦.١",
    ])
  func refuses(release: String) {
    #expect(KernelVersion(parsing: release) == nil)
  }

  @Test(
    "is written as people do",
    arguments: [
      (KernelVersion(5, 9), "5.9"), (.init(2, 6, 36), "2.6.36"), (.init(4, 0), "4.0"),
      (.init(2, 6), "2.6.0"), (.init(2, 4), "2.4"), (.init(2, 4, 22), "2.4.22"),
      (.init(6, 1, 10), "6.1.10"),
    ])
  func describes(version: KernelVersion, expected: String) {
    #expect(version.description == expected)
  }

  @Test("has an age")
  func compares() {
    let ordered: [KernelVersion] = [
      .init(2, 4), .init(2, 4, 22), .init(2, 6), .init(2, 6, 39), .init(3, 0), .init(3, 14),
      .init(4, 2), .init(4, 10),
    ]
    #expect(ordered.shuffled().sorted() == ordered)
  }
}
