import Glibc
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

  @Test("knows each kind of what there is to read")
  func kinds() throws {
    let pair = try SocketPair()
    try pair.send([1])
    let number = pair.receiver.number
    #expect(try PollEvents.wait(connector: number, signals: nil, atMost: 10) == .processes)
    #expect(try PollEvents.wait(signals: number, atMost: 10) == .signal)
    #expect(try PollEvents.wait(signals: nil, keys: number, atMost: 10) == .keys)
    #expect(try PollEvents.wait(signals: nil, messages: number, atMost: 10) == .messages)
    #expect(try PollEvents.wait(signals: nil, files: number, atMost: 10) == .files)
    #expect(
      try PollEvents.wait(
        connector: number, signals: number, keys: number, messages: number, files: number,
        atMost: nil) == [.processes, .signal, .keys, .messages, .files])
  }

  @Test("is over at once for what was closed, and isn't for what nobody asks about")
  func closed() throws {
    let end = try Pipe().keepReader()
    #expect(try PollEvents.wait(signals: nil, keys: end.number, atMost: nil) == .keys)
    #expect(try PollEvents.wait(signals: nil, atMost: 0) == [])
  }

  @Test("lasts no less than it should", arguments: [0, 1, 30])
  func duration(milliseconds: Int) throws {
    let start = MonotonicClock.microseconds
    #expect(try PollEvents.wait(connector: nil, signals: nil, atMost: milliseconds) == [])
    #expect(MonotonicClock.microseconds - start >= milliseconds * 1000)
  }
}

@Suite("A look at several descriptors")
struct ReadinessTests {
  @Test("tells the state of each")
  func states() throws {
    let quiet = try SocketPair()
    let full = try SocketPair()
    // The writer's end is closed.
    let end = try Pipe().keepReader()
    try full.send([1])
    let numbers = [quiet.receiver.number, full.receiver.number, end.number]
    #expect(try PollEvents.readiness(of: numbers, atMost: 0) == [.quiet, .ready, .hungUp])
  }

  @Test("waits as long as it may where there is nothing", arguments: [0, 30])
  func duration(milliseconds: Int) throws {
    let pair = try SocketPair()
    let start = MonotonicClock.microseconds
    #expect(
      try PollEvents.readiness(of: [pair.receiver.number], atMost: milliseconds) == [.quiet])
    #expect(MonotonicClock.microseconds - start >= milliseconds * 1000)
  }

  @Test("says what takes more: not a pipe that is full, but one that can't be polled")
  func writable() throws {
    let pipe = try Pipe()
    #expect(PollEvents.isWritable(pipe.writer.number, atMost: 0))
    var flags = fcntl(pipe.writer.number, F_GETFL)
    flags |= O_NONBLOCK
    _ = fcntl(pipe.writer.number, F_SETFL, flags)
    #expect(
      StandardStream(pipe.writer.number).write([UInt8](repeating: 0, count: 1 << 20)) == .again)
    #expect(!PollEvents.isWritable(pipe.writer.number, atMost: 10))
    #expect(PollEvents.isWritable(1 << 20, atMost: 0))
  }
}
