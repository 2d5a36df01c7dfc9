import ProcFS
import Testing

@testable import Posix

@Suite("A datagram of the process connector")
struct ProcessEventTests {
  @Test(
    "tells of a process that changed", arguments: [EventBytes.Kind.exec, .user, .name],
    [1, 4_194_304, Int32.max])
  func change(kind: EventBytes.Kind, id: Int32) {
    #expect(event(EventBytes(kind, process: id)) == .change(ProcessID(id)))
  }

  @Test("of a further thread tells nothing", arguments: [EventBytes.Kind.user, .name])
  func thread(kind: EventBytes.Kind) {
    #expect(event(EventBytes(kind, thread: 18, process: 17)) == .other)
  }

  @Test(
    "of another kind tells nothing",
    arguments: [EventBytes.Kind.fork, .group, .session, .exit])
  func otherKind(kind: EventBytes.Kind) {
    #expect(event(EventBytes(kind, process: 17)) == .other)
  }

  @Test(
    "answers a request", arguments: [(0, nil), (1, 1), (-22, 22), (Int32.min, Int32.max)])
  func answer(error: Int32, expected: Int32?) {
    let errno = expected.map { Errno(rawValue: $0) }
    #expect(event(.answer(to: 99, error: error)) == .answer(to: 99, errno))
  }

  @Test("that is cut off tells nothing", arguments: 0..<76)
  func cutOff(count: Int) {
    #expect(event(EventBytes(.exec, process: 17).bytes.prefix(count)) == .other)
  }

  @Test("may come from an older kernel, whose events are shorter")
  func short() {
    let bytes = EventBytes(.exec, process: 17).with {
      $0.length = 60
      $0.eventLength = 24
    }
    #expect(event(bytes.bytes.prefix(60)) == .change(ProcessID(17)))
  }

  @Test(
    "that doesn't agree with itself tells nothing",
    arguments: [
      { $0.length = 0 }, { $0.length = 15 }, { $0.length = 35 }, { $0.length = 77 },
      { $0.length = .max }, { $0.eventLength = 0 }, { $0.eventLength = 16 },
      { $0.eventLength = 20 }, { $0.eventLength = 41 }, { $0.eventLength = .max },
      { $0.type = 2 }, { $0.connector.index = 2 }, { $0.connector.value = 2 },
      { ($0.thread, $0.process) = (0, 0) }, { ($0.thread, $0.process) = (-5, -5) },
      { $0.kind = .max },
    ] as [@Sendable (inout EventBytes) -> Void])
  func malformed(change: @Sendable (inout EventBytes) -> Void) {
    #expect(event(EventBytes(.exec, process: 17).with(change)) == .other)
  }

  private func event(_ bytes: EventBytes) -> ProcessEvent { event(bytes.bytes[...]) }

  private func event(_ bytes: ArraySlice<UInt8>) -> ProcessEvent {
    ProcessEvent(parsing: Array(bytes).span)
  }
}
