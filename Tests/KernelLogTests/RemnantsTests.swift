import LogLines
import Testing

@testable import KernelLog

@Suite("What is left of a line about a kill")
struct RemnantsTests {
  private static let cut = Array("Out of memory: Killed process".utf8)
  private static let invocation = Array("java invoked oom-killer".utf8)

  private static func kill(at line: Int) -> LogEvent {
    .kill(Kill(stamp: Stamp(), line: line, victim: Victim(pid: 1, name: "x"), message: ""))
  }

  private static func incident(at line: Int) -> LogEvent {
    .incident(Incident(stamp: Stamp(), line: line, outcome: .noVictim, report: Report()))
  }

  @Test(
    "is a trace where nothing near tells of a kill",
    arguments: [
      (cut, nil, 108, nil), (cut, nil, 109, 100), (invocation, nil, 4196, nil),
      (invocation, nil, 4197, 100),
      (cut, kill(at: 108), 999, nil), (cut, kill(at: 109), 999, 100),
      (cut, incident(at: 108), 999, nil),
      (cut, incident(at: 109), 999, 100), (invocation, kill(at: 4196), 9999, nil),
      (invocation, kill(at: 4197), 9999, 100), (cut, .suppressed(3), 999, 100),
    ] as [([UInt8], LogEvent?, Int, Int?)])
  func traces(text: [UInt8], event: LogEvent?, line: Int, expected: Int?) {
    var remnants = Remnants()
    let isOne = remnants.note(text.span, line: 100)
    #expect(isOne)
    // The earliest counts.
    remnants.note(text.span, line: 105)
    remnants.settle(by: event.map { [$0] } ?? [])
    #expect(remnants.takeOverdue(at: line) == expected)
    #expect(remnants.takeOverdue(at: line) == nil)
  }

  @Test(
    "is none behind a kill that was told", arguments: [(108, nil), (109, 109)] as [(Int, Int?)])
  func behind(line: Int, expected: Int?) {
    var remnants = Remnants()
    remnants.settle(by: [Self.kill(at: 100)])
    let isOne = remnants.note(Self.cut.span, line: line)
    #expect(isOne)
    #expect(remnants.takeOverdue(at: .max) == expected)
  }
}
