import LogLines
import ProgramSupport
import Testing

@testable import LogSources

@Suite("Logs that only the kernel writes to")
struct LogWitnessesTests {
  private static func source(
    _ source: LogSource, _ first: Int?, _ last: Int?,
    _ change: (inout LogCoverage.Source) -> Void = { _ in }
  ) -> LogCoverage.Source {
    var result = LogCoverage.Source(
      source: source, first: first.map { LogTime(microseconds: $0 * 1_000_000, basis: .zoned) },
      last: last.map { LogTime(microseconds: $0 * 1_000_000, basis: .zoned) }, isEmpty: first == nil
    )
    change(&result)
    return result
  }

  private static func log(_ name: String) -> LogSource { .file("/var/log/\(name)") }

  private func knowing(
    _ sources: [LogCoverage.Source], boot: Int? = nil, isLive: Bool = true, areNamed: Bool = false
  ) -> [Int] {
    var coverage = LogCoverage()
    for source in sources { _ = coverage.add(source) }
    let witnesses = LogWitnesses(
      coverage, areNamed: areNamed, boot: boot, now: 90, isLive: isLive, host: nil)
    return (0...100).filter { second in
      let time = LogTime(microseconds: second * 1_000_000, basis: .zoned)
      return witnesses.witness(for: Stamp(), at: time, in: Self.log("messages")) != nil
    }
  }

  @Test(
    "know of the time from their first line to their last, or until now",
    arguments: [
      ([source(.journal, 10, 20)], true, 10...90), ([source(.journal, 10, 20)], false, 10...20),
      ([source(.journal, 10, nil)], false, 10...10), ([source(.journal, 95, 99)], true, nil),
      ([source(.journal, 90, 99)], true, 90...90),
      ([source(.journal, 10, 20) { $0.isWhole = false }], true, nil),
      ([source(.ring, 10, 20) { $0.isPunctual = false }], true, nil),
      ([source(.journal, nil, nil)], true, nil),
      ([source(log("messages"), 10, 20)], true, nil), ([source(.standardInput, 10, 20)], true, nil),
      ([source(log("kern.log"), 10, 20)], true, 10...20),
      ([source(log("kern.log"), 10, 20) { $0.isWhole = false }], true, nil),
    ] as [([LogCoverage.Source], Bool, ClosedRange<Int>?)])
  func times(sources: [LogCoverage.Source], isLive: Bool, expected: ClosedRange<Int>?) {
    #expect(knowing(sources, isLive: isLive) == expected.map { Array($0) } ?? [])
  }

  @Test(
    "know of the time between two files that follow each other, and since boot of what is still in use",
    arguments: [
      ([source(log("kern.log.1"), 10, 20), source(log("kern.log"), 30, 40)], nil, Array(10...40)),
      (
        [source(log("kern.log.2"), 10, 20), source(log("kern.log"), 30, 40)], nil,
        Array(10...20) + Array(30...40)
      ),
      (
        [
          source(log("kern.log.1"), 10, 20) { $0.isWhole = false }, source(log("kern.log"), 30, 40),
        ], nil, Array(30...40)
      ),
      (
        [
          source(log("kern.log.2"), 10, 20), source(log("kern.log.1"), nil, nil),
          source(log("kern.log"), 30, 40),
        ], nil,
        Array(10...40)
      ),
      (
        [source(log("kern.log.1"), 10, 20), source(.file("/other/kern.log"), 30, 40)], nil,
        Array(10...20) + Array(30...40)
      ),
      ([source(log("kern.log"), 30, 40)], 40, Array(30...90)),
      ([source(log("kern.log"), 30, 40)], 41, Array(30...40)),
      ([source(log("kern.log.1"), 30, 40)], 35, Array(30...40)),
      ([source(log("kern.log.1"), 30, 40), source(log("kern.log"), nil, nil)], 35, Array(30...90)),
      (
        [source(log("kern.log.1"), 30, 40), source(log("kern.log"), nil, nil)], nil, Array(30...40)
      ),
    ] as [([LogCoverage.Source], Int?, [Int])])
  func files(sources: [LogCoverage.Source], boot: Int?, expected: [Int]) {
    #expect(knowing(sources, boot: boot) == expected)
  }

  @Test(
    "are asked about their own machine",
    arguments: [
      ("web", "web", true), ("web.example.org", "web", true), ("web", "web.local", true),
      ("db", "web", false),
      ("db", nil, true), (nil, "web", true),
    ] as [(String?, String?, Bool)])
  func hosts(host: String?, own: String?, isAsked: Bool) {
    var coverage = LogCoverage()
    _ = coverage.add(Self.source(.journal, 10, 20))
    let witnesses = LogWitnesses(coverage, areNamed: false, boot: nil, now: 90, host: own)
    var stamp = Stamp()
    stamp.host = host
    let time = LogTime(microseconds: 15_000_000, basis: .zoned)
    let witness = witnesses.witness(for: stamp, at: time, in: Self.log("messages"))
    #expect((witness == .journal) == isAsked)
  }

  @Test("are asked about files in their own folder where files were named")
  func folders() {
    let sources = [Self.source(Self.log("kern.log"), 10, 12)]
    #expect(knowing(sources, areNamed: true) == [10, 11, 12])
    let elsewhere = [Self.source(.file("/other/kern.log"), 10, 12)]
    #expect(knowing(elsewhere, areNamed: true) == [])
    #expect(knowing(elsewhere) == [10, 11, 12])
  }
}
