import Glibc
import ProcFS
import Testing

@testable import Posix

/// All signals here go to the test's own thread: none reaches another test.
@Suite("The guard's signals")
struct SignalsTests {
  @Test("are read one by one")
  func reading() throws {
    let signals = try Signals()
    #expect(signals.next() == nil)
    for (signal, kind) in [(SIGHUP, Signals.Kind.reload), (SIGTERM, .end), (SIGINT, .end)] {
      #expect(pthread_kill(pthread_self(), signal) == 0)
      #expect(signals.next() == kind)
      #expect(signals.next() == nil)
    }
  }

  @Test("end a wait")
  func waking() throws {
    let signals = try Signals()
    #expect(try PollEvents.wait(connector: nil, signals: signals.descriptor, atMost: 0) == [])
    #expect(pthread_kill(pthread_self(), SIGHUP) == 0)
    #expect(
      try PollEvents.wait(connector: nil, signals: signals.descriptor, atMost: nil) == .signal)
    #expect(signals.next() == .reload)
  }

  @Test("are handled only as long as somebody reads them")
  func mask() throws {
    let before = blocked
    do {
      let signals = try Signals()
      #expect(blocked == before.union([SIGHUP, SIGTERM, SIGINT]))
      _ = signals.descriptor
    }
    #expect(blocked == before)
  }

  @Test("go with it when nobody has read them: an end in order isn't cut short")
  func unread() throws {
    do {
      let signals = try Signals()
      for signal in [SIGTERM, SIGINT, SIGHUP] {
        #expect(pthread_kill(pthread_self(), signal) == 0)
      }
      #expect(signals.next() != nil)
    }
    var pending = sigset_t()
    unsafe sigpending(&pending)
    // Had they been left, none of these tests would go on.
    #expect([SIGTERM, SIGINT, SIGHUP].allSatisfy { unsafe sigismember(&pending, $0) == 0 })
  }

  private var blocked: Set<CInt> {
    var mask = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, nil, &mask)
    return Set((1..<32).filter { unsafe sigismember(&mask, $0) == 1 })
  }
}
