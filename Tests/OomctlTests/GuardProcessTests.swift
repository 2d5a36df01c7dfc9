import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import GuardService
@testable import Posix
@testable import oomctl

@Suite(
  "The real guard", .serialized,
  .enabled(if: hasConnector && Executable.path != nil, "needs root outside of containers"))
struct GuardProcessTests {
  /// On a busy machine all takes longer; what matters is that no rescan is waited for, every 30 s.
  private let timeout = 5000

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
    #expect(LiveGuard.isSet(first, to: 700, within: timeout))
    var latencies: [Int64] = []
    for _ in 0..<5 {
      let start = MonotonicClock.microseconds
      let id = try guardian.nap()
      #expect(LiveGuard.isSet(id, to: 700, within: timeout))
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
    #expect(LiveGuard.isSet(shell.id, to: 700, within: timeout))
    let named = try Spawned(
      "/bin/sh", ["-c", "printf %s \(guardian.name) > /proc/$$/comm; sleep 100 & wait"],
      hasOwnGroup: true)
    defer { named.stop() }
    #expect(LiveGuard.isSet(named.id, to: 700, within: timeout))
  }

  @Test("keeps the old rules when the new ones are wrong, and takes them once they are right")
  func reload() throws {
    let guardian = try ready("NAME = 700\n")
    try guardian.setRules("NAME = much\n")
    guardian.send(SIGHUP)
    #expect(guardian.says("oomctl: the old rules stay in force, as of "))
    #expect(guardian.errors.contains("oomctl: \(guardian.tree.path)/rules:1:"))
    let first = try guardian.nap()
    #expect(LiveGuard.isSet(first, to: 700, within: timeout))
    try guardian.setRules("NAME = 800\n")
    guardian.send(SIGHUP)
    #expect(LiveGuard.isSet(first, to: 800, within: timeout))
    #expect(LiveGuard.isSet(try guardian.nap(), to: 800, within: timeout))
    unsafe unlink("\(guardian.tree.path)/rules")
    guardian.send(SIGHUP)
    #expect(guardian.says("rules: No such file or directory"))
    #expect(LiveGuard.isSet(try guardian.nap(), to: 800, within: timeout))
    #expect(guardian.end() == 0)
  }

  @Test("notices by itself that the file has changed, is gone, and is back")
  func change() throws {
    let guardian = try ready("NAME = 700\n")
    let nap = try guardian.nap()
    #expect(LiveGuard.isSet(nap, to: 700, within: timeout))
    try guardian.setRules("NAME = 710\n")
    #expect(LiveGuard.isSet(nap, to: 710, within: timeout))
    // As editors do.
    let rules = "\(guardian.tree.path)/rules"
    try write(Array("\(guardian.name) = 720\n".utf8), to: "\(rules).new")
    unsafe rename("\(rules).new", rules)
    #expect(LiveGuard.isSet(nap, to: 720, within: timeout))
    unsafe unlink(rules)
    #expect(guardian.says("rules: No such file or directory"))
    #expect(LiveGuard.isSet(try guardian.nap(), to: 720, within: timeout))
    try guardian.setRules("NAME = much\n")
    #expect(guardian.says("rules:1:"))
    try guardian.setRules("NAME = 730\n")
    #expect(LiveGuard.isSet(nap, to: 730, within: timeout))
    #expect(guardian.end() == 0)
  }

  @Test("says how it fares while it runs, and nothing afterwards")
  func state() throws {
    let guardian = try ready("NAME = 700\n")
    let path = "\(guardian.tree.path)/run/state"
    let first = try #require(GuardStateFile(parsing: bytes(at: path)))
    #expect(try first.process == ProcFS().process(ProcessID(guardian.id)).identity)
    #expect(first.ruleCount == 1 && first.problemCount == 0)
    #expect(first.path == "\(guardian.tree.path)/rules")
    try guardian.setRules("NAME = much\n")
    #expect(
      LiveGuard.comes(within: timeout) {
        (try? GuardStateFile(parsing: bytes(at: path)))?.problemCount == 1
      })
    #expect(try GuardStateFile(parsing: bytes(at: path))?.ruleCount == 1)
    #expect(guardian.end() == 0)
    #expect(unsafe access(path, F_OK) != 0)
  }

  @Test("starts with the last good rules where the file is broken, and says so")
  func lastGood() throws {
    let guardian = try ready("NAME = 700\n")
    #expect(guardian.end() == 0)
    let again = try LiveGuard(
      "NAME = much\n", sharing: guardian)
    #expect(again.says("as it was at "))
    #expect(again.says("expected an adjustment"))
    #expect(LiveGuard.isSet(try again.nap(), to: 700, within: timeout))
    try again.setRules("NAME = 710\n")
    #expect(LiveGuard.isSet(try again.nap(), to: 710, within: timeout))
    #expect(again.end() == 0)
  }

  /// Rules that take minutes for the processes of any machine, as they are tried one by one.
  private static let slow =
    (0..<9000).map { "match:(a|b|c)*(a|b|d)*(a|c|d)*x\($0)$ = 1\n" }.joined() + "NAME = 700\n"

  /// A guard in the middle of its first look at programs with long command lines, or of reading its rules.
  private func busy(_ socket: borrowing NotificationSocket, _ more: [String] = []) throws
    -> LiveGuard
  {
    let guardian = try LiveGuard(
      Self.slow, before: ["/usr/bin/env", "NOTIFY_SOCKET=\(socket.name)"] + more)
    #expect(LiveGuard.comes(within: 10_000) { guardian.blocksSignals })
    return guardian
  }

  @Test(
    "ends within a second in the middle of its work, be it rules or processes",
    arguments: [SIGTERM, SIGINT], [20_000, 1_500_000] as [UInt32])
  func busyEnd(signal: CInt, microseconds: UInt32) throws {
    let socket = try NotificationSocket(
      name: "@oomctl-test-\(getpid())-\(MonotonicClock.microseconds)")
    let words = (0..<8).map { _ in String(repeating: "abcd", count: 250) }
    let naps = try (0..<20).map { _ in try Spawned("/bin/sh", ["-c", "sleep 100; :"] + words) }
    defer { for nap in naps { nap.stop() } }
    let guardian = try busy(socket)
    usleep(microseconds)
    let start = MonotonicClock.microseconds
    guardian.send(signal)
    #expect(guardian.end() == 0)
    #expect(MonotonicClock.microseconds - start < 1_000_000)
    // It was never done with its first look.
    #expect(socket.heard()?.hasPrefix("READY=1") != true)
  }

  @Test("feeds its watchdog in the middle of its work")
  func busyWatchdog() throws {
    let socket = try NotificationSocket(
      name: "@oomctl-test-\(getpid())-\(MonotonicClock.microseconds)")
    let naps = try (0..<20).map { _ in
      try Spawned("/bin/sh", ["-c", "sleep 100; :", String(repeating: "abcd", count: 900)])
    }
    defer { for nap in naps { nap.stop() } }
    let guardian = try busy(socket, ["WATCHDOG_USEC=400000"])
    for _ in 0..<6 { #expect(socket.heard(within: 400) == "WATCHDOG=1") }
    #expect(guardian.end() == 0)
  }

  @Test("doesn't wait for a reader who has stopped reading")
  func stuckReader() throws {
    let socket = try NotificationSocket(
      name: "@oomctl-test-\(getpid())-\(MonotonicClock.microseconds)")
    // A pipe that is full, and stays so.
    let script =
      "d=${4%/*}; mkfifo $d/f; exec 3<>$d/f; head -c 65536 /dev/zero >&3; exec \"$@\" >&3 2>&3"
    let guardian = try LiveGuard(
      "NAME = 700\n",
      before: ["/usr/bin/env", "NOTIFY_SOCKET=\(socket.name)", "/bin/sh", "-c", script, "sh"])
    #expect(socket.heard(within: 10_000)?.hasPrefix("READY=1") == true)
    for _ in 0..<5 { #expect(LiveGuard.isSet(try guardian.nap(), to: 700, within: timeout)) }
    let start = MonotonicClock.microseconds
    #expect(guardian.end() == 0)
    #expect(MonotonicClock.microseconds - start < 1_000_000)
  }

  @Test("is silent about programs that end at once")
  func shortLives() throws {
    let guardian = try ready("user:root = 1\nuser:root = 0\n")
    for _ in 0..<200 { try Spawned("/bin/true").wait() }
    #expect(guardian.end() == 0)
    #expect(!guardian.errors.contains("can't be read"))
    #expect(!guardian.errors.contains("ended"))
    #expect(!guardian.errors.contains("No such"))
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
    #expect(socket.heard(within: timeout)?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
    #expect(socket.heard(within: timeout)?.hasPrefix("READY=1\n") == true)
    #expect(guardian.end() == 0)
    #expect(socket.heard(within: timeout) == "STOPPING=1")
  }

  @Test("ends on each of its signals, and what it did stays", arguments: [SIGTERM, SIGINT])
  func end(signal: CInt) throws {
    let guardian = try ready("NAME = 700\n")
    let id = try guardian.nap()
    #expect(LiveGuard.isSet(id, to: 700, within: timeout))
    guardian.send(signal)
    #expect(guardian.end() == 0)
    #expect(LiveGuard.isSet(id, to: 700, within: 0))
  }

  @Test("doesn't fight with another over a value")
  func anothersValue() throws {
    // Such a rule has it look every second.
    let guardian = try LiveGuard("match:^[^ ]*NAME = 700\n", words: ["--interval", "1"])
    let id = try guardian.nap()
    #expect(LiveGuard.isSet(id, to: 700, within: timeout))
    try write(Array("750".utf8), to: "/proc/\(id)/oom_score_adj")
    #expect(guardian.says("someone else has set 750; left alone"))
    #expect(LiveGuard.isSet(id, to: 750, within: 0))
  }

  @Test("does nothing while nothing starts")
  func rest() throws {
    let guardian = try ready("NAME = 700\n")
    let connector = try ProcessConnector()
    // Other tests, and whatever else runs here, start programs all the time: some quiet moments are enough.
    var quietMoments = 0
    for _ in 0..<1_000 where quietMoments < 5 {
      usleep(20_000)
      _ = try connector.receive()
      let before = try guardian.switches
      guard try PollEvents.wait(connector: connector.descriptor, signals: nil, atMost: 50) == []
      else {
        continue
      }
      if try guardian.switches == before { quietMoments += 1 }
    }
    #expect(quietMoments == 5)
  }

  @Test("keeps no journal", .enabled(if: Executable.canMount, "root can mount"))
  func journal() throws {
    let script = "mount -t tmpfs none /var/lib && exec \"$@\""
    let guardian = try ready(
      "NAME = 700\n", before: ["/usr/bin/unshare", "-m", "/bin/sh", "-c", script, "sh"])
    let id = try guardian.nap()
    #expect(LiveGuard.isSet(id, to: 700, within: timeout))
    #expect(try names(in: "/proc/\(guardian.id)/root/var/lib").count == 2)
  }
}

extension LiveGuard {
  /// Whether it has begun to read signals by itself.
  fileprivate var blocksSignals: Bool {
    let line = (try? text(at: "/proc/\(id)/status"))?.split(separator: "\n").first {
      $0.hasPrefix("SigBlk:")
    }
    let mask = line?.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
    return mask & (1 << UInt64(SIGTERM - 1)) != 0
  }

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
