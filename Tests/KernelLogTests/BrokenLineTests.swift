import KernelLog
import TestSupport
import Testing

/// Lines that something has broken, or cut off, on their way.
@Suite struct BrokenLineTests {
  private static let places: [Shortage.Place] = [
    .machine, .cgroup("/user.slice", victim: "/user.slice/user@1000.service/app"),
  ]

  @Test(arguments: [62, 66, 70, 72, 76, 78, 80, 100], Era.allCases)
  func `a report that a mail program has broken at blanks is the same`(width: Int, era: Era) {
    for place in Self.places where place == .machine || era.hasCgroups {
      check(Shortage(era, in: place)) { line in Self.broken(line, atBlanksBefore: width) }
    }
  }

  @Test(arguments: [80, 100, 120, 132], Era.allCases)
  func `a report that a terminal has broken anywhere is the same`(width: Int, era: Era) {
    for place in Self.places where place == .machine || era.hasCgroups {
      check(Shortage(era, in: place)) { line in Self.cut(line, every: width) }
    }
  }

  private func check(_ shortage: Shortage, breaking: ([UInt8]) -> [[UInt8]]) {
    let log = LogStyle.dmesg.log(of: ReportComposer.records(of: shortage)).bytes
    let broken = log.split(separator: 10, omittingEmptySubsequences: false).flatMap {
      breaking(Array($0))
    }
    let found = kills(in: Array(broken.joined(separator: [10])))
    let whole = kills(in: log)
    #expect(found.count == whole.count)
    for (kill, expected) in zip(found, whole) { expectSame(kill.unwrapped, expected.unwrapped) }
  }

  private static func broken(_ line: [UInt8], atBlanksBefore width: Int) -> [[UInt8]] {
    var (lines, rest) = ([[UInt8]](), line[...])
    while rest.count > width {
      let places = rest.indices.filter { rest[$0] == 32 && $0 > rest.startIndex + 16 }
      guard let place = places.last(where: { $0 <= rest.startIndex + width }) ?? places.first else {
        break
      }
      lines.append(Array(rest[..<place]))
      rest = rest[place...].drop { $0 == 32 }
    }
    return lines + [Array(rest)]
  }

  private static func cut(_ line: [UInt8], every width: Int) -> [[UInt8]] {
    guard !line.isEmpty else { return [[]] }
    return stride(from: 0, to: line.count, by: width).map {
      Array(line[$0..<min(line.count, $0 + width)])
    }
  }
}
