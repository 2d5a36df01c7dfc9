import DaemonLog
import LogLines
import Testing

@testable import KernelLog
@testable import KillHistory
@testable import LogSources

@Suite("The same kill in several logs")
struct KillIndexTests {
  /// A kill as a log has it; times in seconds.
  private struct Told {
    var pid = 4019
    var size: Int? = 800_000
    var uptime: Double?
    var time: Double?
    var basis = LogTime.Basis.local
    var boot: String?
    var host: String?
    var source: Int
    var hasTable = false

    var kill: KernelLog.Kill {
      var stamp = Stamp()
      stamp.monotonic = uptime.map { Int($0 * 1_000_000) }
      stamp.boot = boot
      stamp.host = host
      var victim = Victim(pid: pid, name: "java")
      victim.totalVM = size.map { Kibibytes($0) }
      var kill = KernelLog.Kill(stamp: stamp, line: 1, victim: victim, message: "Out of memory")
      if hasTable { kill.report.tasks = TaskTable(columns: ["name"]) }
      return kill
    }

    var logTime: LogTime? {
      time.map { LogTime(microseconds: Int($0 * 1_000_000), basis: basis) }
    }
  }

  private func numbers(_ all: [Told]) -> [Int] {
    var index = KillIndex()
    return all.map { told in
      switch index.enter(told.kill, at: told.logTime, from: told.source) {
      case .new(let number): number
      case .known(let number, _): number
      }
    }
  }

  private static let boot = "e885cdaad10c44828fffd9543a7db2dc"

  @Test("counts once")
  func same() {
    let journal = Told(
      uptime: 1234.567890, time: 5000.1, basis: .universal, boot: Self.boot, host: "web",
      source: 0)
    #expect(
      numbers([
        journal,
        // Syslog's, a moment later; kern.log without the kernel's own time, in whole seconds; the ring's.
        Told(uptime: 1234.567890, time: 5001, host: "web.example.org", source: 1),
        Told(time: 5001, source: 2),
        Told(uptime: 1234.567890, time: 4000, basis: .boot, source: 3),
      ]) == [0, 0, 0, 0])
  }

  @Test(
    "is another one",
    arguments: [
      ("in another boot", Told(uptime: 100, time: 5000, boot: "1", source: 1)),
      ("of another process", Told(pid: 4020, uptime: 100, time: 5000, source: 1)),
      ("of another size", Told(size: 7, uptime: 100, time: 5000, source: 1)),
      ("on another machine", Told(uptime: 100, time: 5000, host: "db", source: 1)),
      ("two seconds later", Told(uptime: 102, time: 5002, source: 1)),
      ("later by the clock on the wall", Told(time: 5003, source: 1)),
      ("at a time that isn't known", Told(source: 1)),
      ("in a boot that took the same course", Told(uptime: 100, time: 5130, source: 1)),
      ("in the same log", Told(uptime: 100, time: 5000, source: 0)),
    ])
  private func different(name: String, told: Told) {
    let first = Told(
      uptime: 100, time: 5000, basis: .universal, boot: Self.boot, host: "web", source: 0)
    // Of the same boot it would be the same whatever the clock on the wall says.
    var other = first
    if name.hasSuffix("course") { other.boot = nil }
    #expect(numbers([other, told]) == [0, 1], "\(name)")
  }

  @Test(
    "is known from then on by what any log told of it",
    arguments: [
      ("its clock", Told(uptime: 103, time: 5001.5, source: 2), 1),
      ("its clock", Told(uptime: 100.9, time: 5009, source: 2), 0),
      ("its boot", Told(uptime: 100, time: 5000, boot: "1", source: 2), 1),
      ("its machine", Told(uptime: 100, time: 5000, host: "db", source: 2), 1),
      ("its better time", Told(time: 5003.5, source: 2), 0),
      ("its better time", Told(time: 4999, source: 2), 1),
    ])
  private func merged(name: String, told: Told, number: Int) {
    let others = [
      Told(time: 5000, source: 0),
      Told(
        uptime: 100, time: 5001.9, basis: .universal, boot: Self.boot, host: "web", source: 1),
    ]
    #expect(numbers(others + [told]) == [0, 0, number], "\(name)")
  }

  @Test("has the time that was told first, unless another is better")
  func firstTime() {
    for basis in [LogTime.Basis.local, .universal] {
      let others = [Told(time: 5000, basis: basis, source: 0), Told(time: 5001.9, source: 1)]
      #expect(numbers(others + [Told(time: 5002, source: 2)]) == [0, 0, 0])
      #expect(numbers(others + [Told(time: 5002.1, source: 2)]) == [0, 0, 1])
    }
  }

  @Test("is found again one by one where a log names a process twice")
  func twice() {
    let times = [100.0, 100.5]
    let all = (0..<3).flatMap { source in times.map { Told(uptime: $0, source: source) } }
    #expect(numbers(all) == [0, 1, 0, 1, 0, 1])
  }

  @Test("is told better by one log or the other")
  func better() {
    var index = KillIndex()
    func enter(_ told: Told) -> KillIndex.Verdict {
      index.enter(told.kill, at: told.logTime, from: told.source)
    }
    let ring = Told(uptime: 100, time: 5000, basis: .boot, source: 0)
    #expect(enter(ring) == .new(0))
    #expect(
      enter(Told(uptime: 100, time: 5001, source: 1, hasTable: true))
        == .known(0, better: [.time, .report]))
    #expect(
      enter(Told(uptime: 100, time: 5001, basis: .universal, source: 2))
        == .known(0, better: .time))
    #expect(
      enter(Told(uptime: 100, time: 5001, source: 3, hasTable: true)) == .known(0, better: []))
  }

  @Test("costs no more where a log repeats it without end")
  func repeated() {
    var index = KillIndex()
    for second in 0..<100_000 {
      let told = Told(uptime: Double(second) * 10, source: 0)
      guard index.enter(told.kill, at: nil, from: 0) == .new(second) else {
        Issue.record("\(second)")
        return
      }
    }
  }

  @Test("is known among very many, and forgotten at last")
  func many() {
    var index = KillIndex(capacity: 1000)
    func told(_ number: Int, source: Int) -> Told {
      Told(pid: number % 300, uptime: Double(number) * 10, source: source)
    }
    for number in 0..<3500 {
      #expect(index.enter(told(number, source: 0).kill, at: nil, from: 0) == .new(number))
    }
    for number in 3000..<3500 {
      #expect(
        index.enter(told(number, source: 1).kill, at: nil, from: 1)
          == .known(number, better: []))
    }
    #expect(index.enter(told(100, source: 1).kill, at: nil, from: 1) == .new(3500))
    #expect(index.count == 3501)
  }
}
