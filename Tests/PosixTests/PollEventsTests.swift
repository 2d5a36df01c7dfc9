import ProcFS
import TestSupport
import Testing

@testable import Posix

@Suite("A wait")
struct WakeupTests {
  @Test("tells which of two there is to read")
  func reason() throws {
    let one = try SocketPair()
    let other = try SocketPair()
    let (connector, signals) = (one.receiver.number, other.receiver.number)
    #expect(try PollEvents.wait(connector: connector, signals: signals, atMost: 0) == [])
    try one.send([1])
    #expect(try PollEvents.wait(connector: connector, signals: signals, atMost: nil) == .processes)
    try other.send([1])
    #expect(
      try PollEvents.wait(connector: connector, signals: signals, atMost: 10) == [
        .processes, .signal,
      ])
    #expect(try PollEvents.wait(connector: nil, signals: signals, atMost: 10) == .signal)
    #expect(try PollEvents.wait(signals: nil, files: signals, atMost: 10) == .files)
  }

  @Test("lasts no less than it should", arguments: [0, 1, 30])
  func duration(milliseconds: Int) throws {
    let start = MonotonicClock.microseconds
    #expect(try PollEvents.wait(connector: nil, signals: nil, atMost: milliseconds) == [])
    #expect(MonotonicClock.microseconds - start >= milliseconds * 1000)
  }
}
