import Glibc
import ProcFS
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "The real guard", .serialized,
  .enabled(if: hasConnector && Executable.path != nil, "needs root outside of containers"))
struct GuardProcessTests {
  /// On a busy machine all takes longer; what matters is that no rescan is waited for, every 30 s.
  private let patience = 5000

  /// One that has done its first look.
  private func ready(_ rules: String, before: [String] = []) throws -> LiveGuard {
    let socket = try NotificationSocket(
      name: "@oomctl-test-\(getpid())-\(MonotonicClock.microseconds)")
    let env = ["/usr/bin/env", "NOTIFY_SOCKET=\(socket.name)"]
    let guardian = try LiveGuard(rules, before: env + before)
    guard socket.heard(within: 10_000)?.hasPrefix("READY=1") == true else {
      throw DataError("guard", "isn't ready: \(guardian.errors)")
    }
    return guardian
  }

  @Test("adjusts what runs, and within a second what starts")
  func start() throws {
    let guardian = try LiveGuard("NAME = 700\n")
    let first = try guardian.nap()
    #expect(LiveGuard.isSet(first, to: 700, within: patience))
    var latencies: [Int64] = []
    for _ in 0..<5 {
      let start = MonotonicClock.microseconds
      let id = try guardian.nap()
      #expect(LiveGuard.isSet(id, to: 700, within: patience))
      latencies.append(MonotonicClock.microseconds - start)
    }
    // One slow turn of the scheduler's mustn't count.
    #expect(latencies.sorted()[2] < 1_000_000)
    #expect(guardian.says("\(guardian.name)[\(first)]: "))
    #expect(guardian.end() == 0)
  }

  @Test("adjusts a program that another becomes, and one that takes the name")
  func becoming() throws {
    let guardian = try ready("NAME = 700\n")
    let shell = try Spawned(
      "/bin/sh", ["-c", "sleep 0.2; exec \(guardian.tree.path)/\(guardian.name) 100"])
    defer { shell.stop() }
    #expect(LiveGuard.isSet(shell.id, to: 700, within: patience))
    let named = try Spawned(
      "/bin/sh", ["-c", "printf %s \(guardian.name) > /proc/$$/comm; sleep 100 & wait"],
      hasOwnGroup: true)
    defer { named.stop() }
    #expect(LiveGuard.isSet(named.id, to: 700, within: patience))
  }

  @Test("keeps the old rules when the new ones are wrong, and takes them once they are right")
  func reload() throws {
    let guardian = try ready("NAME = 700\n")
    try guardian.setRules("NAME = much\n")
    guardian.send(SIGHUP)
    #expect(guardian.says("oomctl: the old rules stay in force\n"))
    #expect(guardian.errors.contains("oomctl: \(guardian.tree.path)/rules:1:"))
    let first = try guardian.nap()
    #expect(LiveGuard.isSet(first, to: 700, within: patience))
    try guardian.setRules("NAME = 800\n")
    guardian.send(SIGHUP)
    #expect(LiveGuard.isSet(first, to: 800, within: patience))
    #expect(LiveGuard.isSet(try guardian.nap(), to: 800, within: patience))
    unsafe unlink("\(guardian.tree.path)/rules")
    guardian.send(SIGHUP)
    #expect(guardian.says("rules: No such file or directory"))
    #expect(LiveGuard.isSet(try guardian.nap(), to: 800, within: patience))
    #expect(guardian.end() == 0)
  }

  @Test("tells the service manager when it is ready, reloads and stops")
  func notification() throws {
    let socket = try NotificationSocket(
      name: "@oomctl-test-\(getpid())-\(MonotonicClock.microseconds)")
    let guardian = try LiveGuard(
      "NAME = 700\n", before: ["/usr/bin/env", "NOTIFY_SOCKET=\(socket.name)"])
    #expect(
      socket.heard(within: 10_000)
        == "READY=1\nSTATUS=1 rule from \(guardian.tree.path)/rules")
    guardian.send(SIGHUP)
    #expect(socket.heard(within: patience)?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
    #expect(socket.heard(within: patience)?.hasPrefix("READY=1\n") == true)
    #expect(guardian.end() == 0)
    #expect(socket.heard(within: patience) == "STOPPING=1")
  }

  @Test("ends on each of its signals, and what it did stays", arguments: [SIGTERM, SIGINT])
  func end(signal: CInt) throws {
    let guardian = try ready("NAME = 700\n")
    let id = try guardian.nap()
    #expect(LiveGuard.isSet(id, to: 700, within: patience))
    guardian.send(signal)
    #expect(guardian.end() == 0)
    #expect(LiveGuard.isSet(id, to: 700, within: 0))
  }

  @Test("doesn't fight with another over a value")
  func anothersValue() throws {
    // Such a rule has it look every second.
    let guardian = try LiveGuard("match:^[^ ]*NAME = 700\n", words: ["--interval", "1"])
    let id = try guardian.nap()
    #expect(LiveGuard.isSet(id, to: 700, within: patience))
    try write(Array("750".utf8), to: "/proc/\(id)/oom_score_adj")
    #expect(guardian.says("another has set 750; left alone"))
    #expect(LiveGuard.isSet(id, to: 750, within: 0))
  }

  @Test("does nothing while nothing starts")
  func rest() throws {
    let guardian = try ready("NAME = 700\n")
    let connector = try ProcessConnector()
    // Other tests start programs all the time: one quiet moment is enough.
    var isQuiet = false
    for _ in 0..<200 where !isQuiet {
      usleep(20_000)
      _ = try connector.receive()
      let before = try guardian.switches
      guard try Wakeup.wait(connector: connector.descriptor, signals: nil, atMost: 250) == [] else {
        continue
      }
      isQuiet = try guardian.switches == before
    }
    #expect(isQuiet)
  }

  @Test("keeps no journal", .enabled(if: Executable.canMount, "root can mount"))
  func journal() throws {
    let script = "mount -t tmpfs none /var/lib && exec \"$@\""
    let guardian = try ready(
      "NAME = 700\n", before: ["/usr/bin/unshare", "-m", "/bin/sh", "-c", script, "sh"])
    let id = try guardian.nap()
    #expect(LiveGuard.isSet(id, to: 700, within: patience))
    #expect(try names(in: "/proc/\(guardian.id)/root/var/lib").count == 2)
  }
}

extension LiveGuard {
  /// How often it has waited for something.
  fileprivate var switches: Int {
    get throws {
      let line = try text(at: "/proc/\(id)/status").split(separator: "\n").first {
        $0.hasPrefix("voluntary_ctxt_switches:")
      }
      guard let number = line?.split(whereSeparator: \.isWhitespace).last.flatMap({ Int($0) })
      else {
        throw DataError("status", "has no switches")
      }
      return number
    }
  }
}

/// Whether the kernel tells of new programs here.
private let hasConnector = (try? { () throws(Errno) in _ = try ProcessConnector() }()) != nil
