import TestSupport
import Testing

@testable import Posix

@Suite("The filter of the process connector")
struct EventFilterTests {
  @Test("passes on whole what the program makes something of", arguments: Self.handled)
  func passed(event: EventBytes) throws {
    let sockets = try SocketPair()
    try EventFilter.attach(to: sockets.receiver)
    try sockets.send(event.bytes)
    #expect(sockets.receive() == event.bytes)
  }

  @Test("drops all else", arguments: Self.unheeded)
  func dropped(event: EventBytes) throws {
    let sockets = try SocketPair()
    try EventFilter.attach(to: sockets.receiver)
    try sockets.send(event.bytes)
    #expect(sockets.receive() == nil)
  }

  @Test("drops what is too short to be an event", arguments: [1, 36, 39, 52, 59])
  func short(count: Int) throws {
    let sockets = try SocketPair()
    try EventFilter.attach(to: sockets.receiver)
    try sockets.send(Array(EventBytes(.exec, process: 17).bytes.prefix(count)))
    #expect(sockets.receive() == nil)
  }

  static let handled: [EventBytes] = [
    .answer(to: 5, error: 0), .answer(to: 5, error: 1), EventBytes(.exec, process: 17),
    EventBytes(.user, process: 1), EventBytes(.name, process: 4_194_304),
  ]

  static let unheeded: [EventBytes] =
    [EventBytes.Kind.fork, .group, .session, .exit].map { EventBytes($0, process: 17) }
    + [EventBytes.Kind.user, .name].map { EventBytes($0, thread: 18, process: 17) }
}
