import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Posix

@Suite(
  "The process connector",
  .enabled(if: ProcessConnector.isAvailable, "needs root outside of containers"))
struct ProcessConnectorTests {
  @Test("tells at once of a program that starts")
  func start() throws {
    let connector = try ProcessConnector()
    let child = try Spawned("/bin/true")
    defer { child.wait() }
    #expect(try connector.tells(of: child.id, within: 1000))
  }

  @Test("tells of a process that takes another name")
  func name() throws {
    let connector = try ProcessConnector()
    let child = try Spawned(
      "/bin/sh", ["-c", "sleep 0.3; printf another > /proc/$$/comm; sleep 10"], hasOwnGroup: true)
    defer { child.stop() }
    #expect(try connector.tells(of: child.id, within: 1000))
    #expect(try connector.tells(of: child.id, within: 3000))
    #expect(try text(at: "/proc/\(child.id)/comm") == "another\n")
  }

  @Test("tells of a process once, however often it changed meanwhile")
  func once() throws {
    let connector = try ProcessConnector()
    let child = try Spawned("/bin/sh", ["-c", "exec /bin/sh -c 'exec /bin/true'"])
    child.wait()
    guard case .changed(let processes) = try connector.receive() else {
      Issue.record("overflow")
      return
    }
    #expect(processes.filter { $0.rawValue == child.id }.count == 1)
  }

  @Test("says when it couldn't keep all, and then goes on")
  func overflow() throws {
    let connector = try ProcessConnector(room: 8192)
    for _ in 0..<40 { try Spawned("/bin/true").wait() }
    #expect(try connector.receive() == .overflow)
    let child = try Spawned("/bin/true")
    defer { child.wait() }
    #expect(try connector.tells(of: child.id, within: 1000))
  }
}

extension ProcessConnector {
  /// Whether it can be had here.
  fileprivate static var isAvailable: Bool {
    do {
      _ = try ProcessConnector()
      return true
    } catch {
      return false
    }
  }

  /// Whether it does within so many milliseconds.
  fileprivate func tells(of id: pid_t, within milliseconds: Int) throws -> Bool {
    let deadline = MonotonicClock.microseconds + Int64(milliseconds) * 1000
    while MonotonicClock.microseconds < deadline {
      _ = try PollEvents.wait(connector: descriptor, signals: nil, atMost: 10)
      switch try receive() {
      case .changed(let processes): if processes.contains(ProcessID(id)) { return true }
      case .overflow: continue
      }
    }
    return false
  }
}
