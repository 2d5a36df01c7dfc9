import Glibc
import KernelLog
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import LogSources

@Suite("Following a log")
struct LogFollowerTests {
  /// Goes on until so many kills came, at most ten seconds.
  private func pids(
    _ count: Int, of follower: inout LogFollower, in world: borrowing World
  ) throws -> [Int] {
    var pids: [Int] = []
    for _ in 0..<40 where pids.count < count {
      _ = try follower.next(in: world) { finding throws(Failure) in
        if case .kill(let kill) = finding.event { pids.append(kill.victim.pid) }
        #expect(finding.source == 0)
      }
    }
    return pids
  }

  private func append(_ text: String, to path: String) throws {
    try write(bytes(at: path) + Array(text.utf8), to: path)
  }

  @Test("tells what is added to a file, once lines are whole")
  func growth() throws {
    let logs = try LogTree(["messages": .file(Array(LogTree.line("Nov 21 03:12:44", 1).utf8))])
    let world = try World(root: logs.tree.path, environment: logs.environment)
    let times = LogTimes(of: LogSources(named: ["var/log/messages"]), in: world)
    var follower = try LogFollower(
      .file("var/log/messages"), fromEnd: true, by: times, in: world)
    let line = LogTree.line("Nov 21 03:12:45", 2)
    try append(String(line.prefix(80)), to: logs.path("messages"))
    #expect(try follower.next(in: world) { _ in Issue.record("too early") })
    try append(String(line.dropFirst(80)), to: logs.path("messages"))
    #expect(try pids(1, of: &follower, in: world) == [2])
  }

  @Test("tells what was there before, where that is wanted")
  func beginning() throws {
    let logs = try LogTree(["messages": .file(Array(LogTree.line("Nov 21 03:12:44", 1).utf8))])
    let world = try World(root: logs.tree.path, environment: logs.environment)
    let times = LogTimes(of: LogSources(named: ["var/log/messages"]), in: world)
    var follower = try LogFollower(
      .file("var/log/messages"), fromEnd: false, by: times, in: world)
    #expect(try pids(1, of: &follower, in: world) == [1])
  }

  @Test("goes on with the new file where the old one is put aside, and misses nothing of that")
  func rotation() throws {
    let logs = try LogTree(["messages": ""])
    let world = try World(root: logs.tree.path, environment: logs.environment)
    let times = LogTimes(of: LogSources(named: ["var/log/messages"]), in: world)
    var follower = try LogFollower(
      .file("var/log/messages"), fromEnd: true, by: times, in: world)
    try append(LogTree.line("Nov 21 03:12:44", 1), to: logs.path("messages"))
    #expect(try pids(1, of: &follower, in: world) == [1])
    try append(LogTree.line("Nov 21 03:12:45", 2), to: logs.path("messages"))
    #expect(unsafe rename(logs.path("messages"), logs.path("messages.1")) == 0)
    // For a moment there is none.
    #expect(try pids(1, of: &follower, in: world) == [2])
    try logs.tree.add(.file(Array(LogTree.line("Nov 21 03:12:46", 3).utf8)), at: "var/log/messages")
    #expect(try pids(1, of: &follower, in: world) == [3])
  }

  @Test("begins anew where the file is cut off")
  func truncation() throws {
    let logs = try LogTree(["messages": .file(Array(LogTree.line("Nov 21 03:12:44", 1).utf8))])
    try append(LogTree.line("Nov 21 03:12:45", 2), to: logs.path("messages"))
    let world = try World(root: logs.tree.path, environment: logs.environment)
    let times = LogTimes(of: LogSources(named: ["var/log/messages"]), in: world)
    var follower = try LogFollower(
      .file("var/log/messages"), fromEnd: true, by: times, in: world)
    try write(Array(LogTree.line("Nov 21 03:12:46", 3).utf8), to: logs.path("messages"))
    #expect(try pids(1, of: &follower, in: world) == [3])
  }

  @Test("ends when a signal comes, or the other end of a pipe is closed")
  func end() throws {
    let logs = try LogTree(["messages": ""])
    #expect(unsafe mkfifo(logs.path("pipe"), 0o600) == 0)
    let world = try World(root: logs.tree.path, environment: logs.environment)
    let times = LogTimes(of: LogSources(named: ["var/log/messages"]), in: world)
    var follower = try LogFollower(
      .file("var/log/messages"), fromEnd: true, by: times, in: world)
    pthread_kill(pthread_self(), SIGTERM)
    #expect(try !follower.next(in: world) { _ in })

    var second = try LogFollower(
      .file("var/log/pipe"), fromEnd: true, by: times, in: world)
    let writer = unsafe open(logs.path("pipe"), O_WRONLY)
    let line = Array(LogTree.line("Nov 21 03:12:44", 1).utf8)
    #expect(unsafe Glibc.write(writer, line, line.count) == line.count)
    var count = 0
    #expect(try second.next(in: world) { _ in count += 1 })
    #expect(count == 1)
    close(writer)
    #expect(try !second.next(in: world) { _ in })
  }

  @Test(
    "of the journal ends when journalctl does; where that failed, it is an error",
    arguments: [("exit 0", nil), ("exit 3", "the journal: journalctl ended with status 3")]
      as [(String, String?)])
  func journalEnd(script: String, message: String?) throws {
    let tree = try FixtureTree(["journalctl": "#!/bin/sh\n\(script)\n"])
    unsafe chmod("\(tree.path)/journalctl", 0o755)
    let world = try World(root: nil, environment: Environment(systemFolders: [tree.path]))
    let times = LogTimes(of: LogSources(of: world).only(.journal), in: world)
    var follower = try LogFollower(.journal, fromEnd: true, by: times, in: world)
    do throws(Failure) {
      #expect(try !follower.next(in: world) { _ in })
      #expect(message == nil)
    } catch {
      #expect(error.message == message)
    }
  }

  @Test("can't begin where there is nothing")
  func missing() throws {
    let logs = try LogTree()
    let world = try World(root: logs.tree.path, environment: logs.environment)
    let times = LogTimes(of: LogSources(named: ["nowhere"]), in: world)
    #expect(throws: Failure.self) {
      _ = try LogFollower(.file("nowhere"), fromEnd: true, by: times, in: world)
    }
  }

  @Test(
    "tells of a real kill at once",
    .enabled(if: RealCgroup.isPossible && LogTree.canReadRing, "needs root and cgroups"))
  func ring() throws {
    let group = try RealCgroup(limit: 32 << 20)
    let world = try World(root: nil, environment: Environment())
    let times = LogTimes(of: LogSources(of: world), in: world)
    var follower = try LogFollower(.ring, fromEnd: true, by: times, in: world)
    let eater = try group.hog(200 << 20)
    defer { eater.stop() }
    var time: Int?
    for _ in 0..<1000 where time == nil {
      _ = try follower.next(in: world) { finding throws(Failure) in
        guard case .kill(let kill) = finding.event,
          kill.report.summary?.limitCgroup == group.path
        else { return }
        time = finding.time?.seconds
      }
    }
    let boot = LogClock.Boot(of: world)?.seconds
    let uptime = try world.proc.uptime.seconds
    #expect(abs((time ?? 0) - (boot ?? 0) - uptime) <= 5)
    #expect(follower.lost == 0)
  }
}
