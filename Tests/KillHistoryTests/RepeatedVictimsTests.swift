import KernelLog
import LogLines
import Testing

@testable import KillHistory

@Suite("A victim that a log names again")
struct RepeatedVictimsTests {
  /// A kill of the kernel's as a line tells it.
  private static func kill(
    at stamp: String = "[1000.000000] ", pid: Int = 7, name: String = "hog"
  ) -> KernelLog.Kill {
    let log =
      "\(stamp)Out of memory: Killed process \(pid) (\(name)) total-vm:4kB, anon-rss:4kB, "
      + "file-rss:0kB, shmem-rss:0kB\n"
    var parser = KernelLogParser()
    var events: [LogEvent] = []
    parser.parse(Array(log.utf8).span, into: &events)
    parser.finish(into: &events)
    guard case .kill(let kill)? = events.first else { fatalError("no kill in \(log)") }
    return kill
  }

  @Test(
    "is the same by log, number, name and host, for a minute",
    arguments: [
      (kill(), 0, 5), (kill(at: "[1060.000000] "), 0, 5), (kill(at: "[1060.000001] "), 0, nil),
      (kill(at: "[940.000000] "), 0, 5), (kill(at: "[939.999999] "), 0, nil), (kill(), 1, nil),
      (kill(pid: 8), 0, nil), (kill(name: "other"), 0, nil), (kill(at: ""), 0, nil),
      (kill(at: "2026-03-04T05:06:07+00:00 web1 kernel: [1000.000000] "), 0, nil),
    ] as [(KernelLog.Kill, Int, Int?)])
  func same(other: KernelLog.Kill, source: Int, place: Int?) {
    var victims = RepeatedVictims()
    #expect(victims.place(of: other, in: source) == nil)
    victims.remember(Self.kill(), in: 0, at: 5)
    #expect(victims.place(of: other, in: source) == place)
  }

  @Test("has no time to go by where its log has none")
  func timeless() {
    var victims = RepeatedVictims()
    victims.remember(Self.kill(at: ""), in: 0, at: 5)
    #expect(victims.place(of: Self.kill(at: ""), in: 0) == nil)
    #expect(victims.place(of: Self.kill(), in: 0) == nil)
  }

  @Test("is the row that was last")
  func latest() {
    var victims = RepeatedVictims()
    for place in [3, 4] { victims.remember(Self.kill(), in: 0, at: place) }
    #expect(victims.place(of: Self.kill(), in: 0) == 4)
  }

  @Test("is one of the last 64")
  func limit() {
    var victims = RepeatedVictims()
    for pid in 1...65 { victims.remember(Self.kill(pid: pid), in: 0, at: pid) }
    let places = [1, 2, 65].map { victims.place(of: Self.kill(pid: $0), in: 0) }
    #expect(places == [nil, 2, 65])
  }
}
