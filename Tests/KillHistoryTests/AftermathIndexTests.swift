import DaemonLog
import KernelLog
import LogLines
import LogSources
import Testing

@testable import KillHistory

@Suite("What followed a kill")
struct AftermathIndexTests {
  private static let second = 1_000_000

  /// A kill of the kernel's, at so many seconds.
  private static func kill(
    at seconds: Int, in cgroup: String? = "/system.slice/a.service", pid: Int = 7
  ) -> HistoryEntry {
    let group = cgroup.map { ",oom_memcg=\($0),task_memcg=\($0)" } ?? ",global_oom"
    let summary =
      "[\(seconds).000000] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,"
      + "mems_allowed=0\(group),task=hog,pid=\(pid),uid=0\n"
    let log =
      (cgroup == nil ? "" : summary) + "[\(seconds).000000] Out of memory: Killed process \(pid) "
      + "(hog) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB\n"
    var parser = KernelLogParser()
    var events: [LogEvent] = []
    parser.parse(Array(log.utf8).span, into: &events)
    parser.finish(into: &events)
    guard case .kill(let kill)? = events.first else { fatalError("no kill in \(log)") }
    return HistoryEntry(
      event: .kernel(kill),
      time: LogTime(microseconds: seconds * second, basis: .universal), source: "log")
  }

  private static func change(
    _ words: String, at seconds: Double, by tag: String = "systemd"
  ) -> (UnitChange, LogTime?) {
    guard let change = UnitChange(Array(words.utf8).span, by: tag, Stamp(), at: 1) else {
      fatalError("no change: \(words)")
    }
    return (
      change,
      LogTime(microseconds: Int(seconds * Double(second)), basis: .universal)
    )
  }

  private static func joined(
    _ kills: [HistoryEntry], _ changes: [(UnitChange, LogTime?)]
  ) -> [Aftermath] {
    var index = AftermathIndex()
    for (change, time) in changes { index.note(change, at: time) }
    var entries = kills
    _ = index.join(with: &entries)
    return entries.map(\.followed)
  }

  @Test("is joined by the unit and the time: from a second before to two minutes after")
  func times() {
    for (after, isJoined) in [
      (-2.0, false), (-1.5, true), (0, true), (120, true), (120.5, false),
    ] {
      let found = Self.joined(
        [Self.kill(at: 1000)],
        [Self.change("a.service: Failed with result 'oom-kill'.", at: 1000 + after)])
      #expect(found[0].isEmpty == !isJoined, "\(after) s after")
    }
  }

  @Test("belongs to the latest kill of the unit before it")
  func latest() {
    let found = Self.joined(
      [
        Self.kill(at: 1000), Self.kill(at: 1010),
        Self.kill(at: 1012, in: "/system.slice/b.service"),
      ],
      [
        Self.change("a.service: Failed with result 'signal'.", at: 1001),
        Self.change("a.service: Scheduled restart job, restart counter is at 1.", at: 1003),
        Self.change("a.service: Failed with result 'oom-kill'.", at: 1013),
      ])
    #expect(found[0].units.map(\.failure?.result) == ["signal"])
    #expect(found[0].units.map(\.restart?.microseconds) == [3 * Self.second])
    #expect(found[1].units.map(\.failure?.result) == ["oom-kill"])
    #expect(found[1].units.map(\.restart) == [nil])
    #expect(found[2].isEmpty)
  }

  @Test(
    "is told of each unit around the victim, and a unit is named like the whole last part of a path"
  )
  func units() {
    let path = "/user.slice/user-1000.slice/user@1000.service/app.slice/tmux.service"
    let found = Self.joined(
      [Self.kill(at: 1000, in: path)],
      [
        Self.change("tmux.service: Failed with result 'oom-kill'.", at: 1000),
        Self.change("user@1000.service: Failed with result 'oom-kill'.", at: 1001),
        Self.change("ux.service: Failed with result 'oom-kill'.", at: 1001),
      ])
    #expect(found[0].units.map(\.unit) == ["tmux.service", "user@1000.service"])
  }

  @Test("isn't for a person's manager to say of the system's units")
  func persons() {
    let words = "a.service: Failed with result 'oom-kill'."
    let told = [Self.change(words, at: 1000, by: "systemd --user")]
    #expect(Self.joined([Self.kill(at: 1000)], told)[0].isEmpty)
    let path = "/user.slice/user-1000.slice/user@1000.service/app.slice/a.service"
    #expect(!Self.joined([Self.kill(at: 1000, in: path)], told)[0].isEmpty)
  }

  @Test("is joined by the time alone where the log names no group, and only one kill is near")
  func byTime() {
    let told = [
      Self.change(
        "a.service: A process of this unit has been killed by the OOM killer.", at: 1001),
      Self.change("a.service: Failed with result 'oom-kill'.", at: 1002),
    ]
    let one = Self.joined([Self.kill(at: 1000, in: nil), Self.kill(at: 990, in: nil)], told)
    #expect(one[0].units.map(\.isByTime) == [true])
    #expect(one[0].units.map(\.failure?.result) == ["oom-kill"])
    #expect(one[1].isEmpty)
    let two = Self.joined([Self.kill(at: 1000, in: nil), Self.kill(at: 1001, in: nil)], told)
    #expect(two.map(\.isEmpty) == [true, true])
    let grouped = Self.joined([Self.kill(at: 1000, in: "/system.slice/b.service")], told)
    #expect(grouped[0].isEmpty)
  }

  @Test(
    "is joined by the time from two seconds before to two after",
    arguments: [(-2.01, false), (-2, true), (2, true), (2.01, false)])
  func moment(after: Double, isJoined: Bool) {
    let told = Self.change(
      "a.service: A process of this unit has been killed by the OOM killer.", at: 1000 + after)
    #expect(Self.joined([Self.kill(at: 1000, in: nil)], [told])[0].isEmpty == !isJoined)
  }

  @Test("is joined by the order of lines where neither has a time")
  func timeless() {
    var kill = Self.kill(at: 1000)
    kill.time = nil
    guard case .kernel(var event) = kill.event else { return }
    event.stamp = Stamp()
    for (line, isJoined) in [(1, false), (0, true)] {
      event.line = line
      kill.event = .kernel(event)
      let (change, _) = Self.change("a.service: Failed with result 'oom-kill'.", at: 0)
      #expect(Self.joined([kill], [(change, nil)])[0].isEmpty == !isJoined)
    }
  }

  @Test("is that the reaper gave up, of the process that it names")
  func reaper() {
    let log = "[1001.000000] oom_reaper: unable to reap pid:7 (hog)\n"
    var parser = KernelLogParser()
    var events: [LogEvent] = []
    parser.parse(Array(log.utf8).span, into: &events)
    parser.finish(into: &events)
    guard case .reaped(let reaping)? = events.first else { fatalError("no reaping") }
    var index = AftermathIndex()
    index.note(reaping, at: LogTime(microseconds: 1001 * Self.second, basis: .universal))
    var entries = [Self.kill(at: 1000, pid: 8), Self.kill(at: 1000), Self.kill(at: 2000)]
    _ = index.join(with: &entries)
    #expect(entries.map(\.followed.isUnreaped) == [false, true, false])
  }

  @Test("without a kill is told, unless every user could have said so")
  func bereft() {
    let (change, time) = Self.change(
      "a.service: A process of this unit has been killed by the OOM killer.", at: 1000)
    for (isAnybodys, units) in [(false, ["a.service"]), (true, [])] {
      var index = AftermathIndex()
      index.note(change, at: time, isAnybodys: isAnybodys)
      index.note(change, at: time, isAnybodys: isAnybodys)
      var entries: [HistoryEntry] = []
      #expect(index.join(with: &entries) == units)
    }
  }

  @Test("without a kill is told of 64 units at most, those that came first")
  func manyBereft() {
    var index = AftermathIndex()
    let units = (0..<70).map { "\($0).service" }
    for unit in units {
      let (change, time) = Self.change(
        "\(unit): A process of this unit has been killed by the OOM killer.", at: 1000)
      index.note(change, at: time)
    }
    var entries: [HistoryEntry] = []
    #expect(index.join(with: &entries) == Array(units.prefix(64)))
  }

  @Test(
    "is said in words",
    arguments: [
      (
        "oom-kill", nil,
        "a.service failed 3 s later: systemd ended all of it, by OOMPolicy= (result oom-kill)"
      ),
      ("signal", nil, "a.service failed 3 s later (result signal)"),
      (nil, 0.2, "a.service was started again at once (restart 2)"),
      (
        "signal", 4.0,
        "a.service failed 3 s later (result signal), and was started again 4 s later (restart 2)"
      ),
      (nil, nil, "a.service lost a process, and went on"),
    ] as [(String?, Double?, String)])
  func words(result: String?, restart: Double?, sentence: String) {
    var fate = Aftermath.UnitFate(unit: "a.service")
    if let result { fate.failure = .init(result: result, microseconds: 3 * Self.second) }
    if let restart {
      fate.restart = .init(count: 2, microseconds: Int(restart * Double(Self.second)))
    }
    #expect(Aftermath(units: [fate]).sentences == [sentence])
  }
}
