import ProgramSupport
import Testing

@testable import CivilTime
@testable import LogSources

@Suite("The time that logs cover")
struct LogCoverageTests {
  private static let day = 86_400_000_000

  private static func source(
    _ source: LogSource, _ first: Int? = nil, isEmpty: Bool = false,
    _ change: (inout LogCoverage.Source) -> Void = { _ in }
  ) -> LogCoverage.Source {
    var result = LogCoverage.Source(
      source: source, first: first.map { LogTime(microseconds: $0 * day, basis: .zoned) },
      last: first.map { LogTime(microseconds: ($0 + 1) * day, basis: .zoned) }, isEmpty: isEmpty)
    change(&result)
    return result
  }

  private static func coverage(_ sources: [LogCoverage.Source]) -> LogCoverage {
    var coverage = LogCoverage()
    for (number, source) in sources.enumerated() { #expect(coverage.add(source) == number) }
    return coverage
  }

  private static func named(_ count: Int) -> [LogCoverage.Source] {
    (0..<count).map { source(.file("f\($0)"), $0 + 1) }
  }

  @Test(
    "is told source by source, rotated files in one",
    arguments: [
      ([source(.journal, 1)], "journal since 1970-01-02"), ([source(.journal, nil)], "journal"),
      ([source(.journal, 1, isEmpty: true)], ""),
      ([source(.ring, 1) { $0.beginsAtBoot = true }], "ring buffer since boot"),
      (
        [
          source(.file("/var/log/kern.log.1"), 1), source(.file("/var/log/kern.log"), 2),
          source(.ring, 3),
        ],
        "kern.log to kern.log.1 since 1970-01-02, ring buffer since 1970-01-04"
      ),
      (
        [source(.file("/var/log/kern.log.1"), 1), source(.file("/var/log/messages"), 2)],
        "kern.log.1 since 1970-01-02, messages since 1970-01-03"
      ),
      ([source(.file("/var/logs/kern.log"), 1)], "/var/logs/kern.log since 1970-01-02"),
      (
        [source(.file("/a"), 1), source(.file("/b"), 2)], "/a since 1970-01-02, /b since 1970-01-03"
      ),
      (named(8), (0..<8).map { "f\($0) since 1970-01-0\($0 + 2)" }.joined(separator: ", ")),
      (named(9), "9 files since 1970-01-02"),
      (
        named(8) + [source(.journal, nil)],
        (0..<8).map { "f\($0) since 1970-01-0\($0 + 2)" }.joined(separator: ", ") + ", journal"
      ),
      ((0..<9).map { source(.file("f\($0)")) }, "9 files"),
    ])
  func text(sources: [LogCoverage.Source], expected: String) {
    #expect(Self.coverage(sources).text(in: .utc) == expected)
  }

  @Test("begins with the earliest line and ends with the latest")
  func ends() {
    let coverage = Self.coverage([
      Self.source(.journal, 5), Self.source(.ring, 3), Self.source(.file("x")),
    ])
    #expect(coverage.first?.microseconds == 3 * Self.day)
    #expect(coverage.last?.microseconds == 6 * Self.day)
    #expect(LogCoverage().first == nil)
  }

  @Test(
    "proves more or less",
    arguments: [
      ([], .none), ([source(.journal, 1)], .present),
      ([source(.journal) { $0.isWhole = false }], .partial),
      ([source(.journal, isEmpty: true)], .none),
      ([source(.journal, isEmpty: true) { $0.mayBeEmpty = true }], .present),
      ([source(.journal, isEmpty: true) { ($0.mayBeEmpty, $0.isWhole) = (true, false) }], .none),
      ([source(.journal, 1), source(.ring, isEmpty: true)], .present),
      ([source(.ring, 1) { $0.beginsAtBoot = true }], .sinceBoot),
      ([source(.ring, 1) { ($0.beginsAtBoot, $0.isWhole) = (true, false) }], .partial),
      (
        [source(.ring, 1) { $0.beginsAtBoot = true }, source(.journal) { $0.isWhole = false }],
        .sinceBoot
      ),
    ] as [([LogCoverage.Source], LogCoverage.Reach)])
  func reach(sources: [LogCoverage.Source], expected: LogCoverage.Reach) {
    #expect(Self.coverage(sources).reach == expected)
  }

  @Test("is of nothing before anything was read")
  func beginning() {
    let source = LogCoverage.Source(source: .journal)
    #expect(source.isEmpty && source.isWhole && source.isPunctual)
    #expect(!source.mayBeEmpty && !source.beginsAtBoot)
  }
}
