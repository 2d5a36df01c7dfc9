import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import GuardService
@testable import Posix

/// All signals here go to the test's own thread: none reaches another test.
@Suite("The guard's attention")
struct AttentionTests {
  private func attention(_ variables: [String: String] = [:]) throws -> Attention {
    try Attention(ServiceManager(in: Environment(variables: .listed(variables))))
  }

  @Test("ends work for SIGTERM and SIGINT", arguments: [SIGTERM, SIGINT])
  func end(signal: CInt) throws {
    let attention = try attention()
    #expect(attention.goesOnNow())
    #expect(pthread_kill(pthread_self(), signal) == 0)
    usleep(11_000)
    #expect(!attention.goesOn())
    #expect(attention.isEnding)
    #expect(!attention.goesOn())
  }

  @Test("keeps SIGHUP in mind until it is asked for, once")
  func reload() throws {
    let attention = try attention()
    #expect(!attention.takesReload())
    #expect(pthread_kill(pthread_self(), SIGHUP) == 0)
    #expect(attention.goesOnNow())
    #expect(attention.goesOnNow())
    // Nobody must wait now: the signal was read.
    #expect(attention.due == 0)
    #expect(attention.takesReload())
    #expect(!attention.takesReload())
    #expect(attention.due == nil)
  }

  @Test("loses neither of two signals")
  func both() throws {
    let attention = try attention()
    for signal in [SIGHUP, SIGTERM] { #expect(pthread_kill(pthread_self(), signal) == 0) }
    #expect(!attention.goesOnNow())
    #expect(attention.takesReload())
  }

  @Test("feeds the watchdog in time, and not more often")
  func watchdog() throws {
    let socket = try NotificationSocket(
      name: "@oomctl-test-\(getpid())-\(MonotonicClock.microseconds)")
    let attention = try attention(["NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "100000"])
    #expect(attention.due == 0)
    let start = MonotonicClock.microseconds
    for _ in 0..<1000 { _ = attention.goesOnNow() }
    #expect(socket.heard() == "WATCHDOG=1")
    let due = try #require(attention.due)
    #expect(due >= start + 50_000 && due <= MonotonicClock.microseconds + 50_000)
    while MonotonicClock.microseconds < due + 11_000 { usleep(1000) }
    #expect(attention.goesOn())
    #expect(socket.heard() == "WATCHDOG=1")
  }

  @Test("has nothing to do at rest without a watchdog")
  func rest() throws {
    let attention = try attention()
    _ = attention.goesOnNow()
    #expect(attention.due == nil)
  }
}
