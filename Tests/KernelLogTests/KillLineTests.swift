import DaemonLog
import LogLines
import Testing

@testable import KernelLog

/// The line that every report ends with, and the only one that is always there.
@Suite struct KillLineTests {
  struct Case: CustomStringConvertible, Sendable {
    var line: String
    var victim: Victim
    var message = "Out of memory"

    var description: String { line }

    init(_ line: String, message: String = "Out of memory", _ change: (inout Victim) -> Void) {
      self.line = line
      self.message = message
      victim = Victim(pid: 4711, name: "php-fpm")
      change(&victim)
    }
  }

  static let cases = [
    Case("Out of Memory: Killed process 4711 (php-fpm).", message: "Out of Memory") { _ in },
    Case("Out of memory: Killed process 4711 (php-fpm).") { _ in },
    Case(
      "No available memory (MPOL_BIND): Killed process 4711 (php-fpm).",
      message: "No available memory (MPOL_BIND)"
    ) { _ in },
    Case(
      "No available memory in cpuset: Killed process 4711 (php-fpm).",
      message: "No available memory in cpuset"
    ) { _ in },
    Case("Killed process 4711 (php-fpm)", message: "") { _ in },
    Case(
      "Killed process 4711 (php-fpm) vsz:12kB, anon-rss:7kB, file-rss:2kB", message: ""
    ) {
      ($0.totalVM, $0.anonymous, $0.file) = (12, 7, 2)
    },
    Case(
      "Killed process 4711 (php-fpm) total-vm:12kB, anon-rss:7kB, file-rss:2kB", message: ""
    ) {
      ($0.totalVM, $0.anonymous, $0.file) = (12, 7, 2)
    },
    Case(
      "Killed process 4711, UID 33, (php-fpm) total-vm:12kB, anon-rss:7kB, file-rss:2kB",
      message: ""
    ) {
      ($0.totalVM, $0.anonymous, $0.file, $0.uid) = (12, 7, 2, 33)
    },
    Case(
      "Killed process 4711 (php-fpm), UID 33, total-vm:12kB, anon-rss:7kB, file-rss:2kB, "
        + "shmem-rss:1kB", message: ""
    ) {
      ($0.totalVM, $0.anonymous, $0.file, $0.shared, $0.uid) = (12, 7, 2, 1, 33)
    },
    Case(
      "Out of memory: Killed process 4711 (php-fpm) total-vm:12kB, anon-rss:7kB, file-rss:2kB, "
        + "shmem-rss:1kB"
    ) {
      ($0.totalVM, $0.anonymous, $0.file, $0.shared) = (12, 7, 2, 1)
    },
    Case(
      "Memory cgroup out of memory: Killed process 4711 (php-fpm) total-vm:12kB, anon-rss:7kB, "
        + "file-rss:2kB, shmem-rss:1kB, UID:33 pgtables:44kB oom_score_adj:-998",
      message: "Memory cgroup out of memory"
    ) {
      ($0.totalVM, $0.anonymous, $0.file, $0.shared, $0.uid) = (12, 7, 2, 1, 33)
      ($0.pageTables, $0.adjustment) = (44, -998)
    },
    Case(
      "Out of memory (oom_kill_allocating_task): Killed process 4711 (php-fpm) total-vm:12kB, "
        + "anon-rss:7kB, file-rss:2kB, shmem-rss:1kB, UID:33 pgtables:44kB oom_score_adj:0",
      message: "Out of memory (oom_kill_allocating_task)"
    ) {
      ($0.totalVM, $0.anonymous, $0.file, $0.shared, $0.uid) = (12, 7, 2, 1, 33)
      ($0.pageTables, $0.adjustment) = (44, 0)
    },
    // LG's kernel for Android has words of its own.
    Case(
      "Killed process 4711 (php-fpm) total-vm:12kB, anon-rss:7kB, file-rss:2kB, "
        + "anon-rss-low:3kB, file-rss-low:4kB", message: ""
    ) {
      ($0.totalVM, $0.anonymous, $0.file) = (12, 7, 2)
    },
    Case(
      "Out of memory: Killed process 4711 (php-fpm) total-vm:99999999999999999999kB, anon-rss:7kB"
    ) { _ in },
  ]

  @Test(arguments: cases)
  func `alone says who died`(of expected: Case) throws {
    let kills = kills(in: "[   12.000001] \(expected.line)\n")
    let kill = try #require(kills.first)
    #expect(kills.count == 1)
    var victim = kill.victim
    if expected.line.contains("999999") { (victim.totalVM, victim.anonymous) = (nil, nil) }
    #expect(victim == expected.victim)
    #expect(kill.message == expected.message)
    #expect(kill.line == 1)
    #expect(kill.stamp.monotonic == 12_000_001)
    #expect(!kill.isFollower)
    #expect(kill.report.unstamped == Report())
  }

  @Test(arguments: [
    ("Out of Memory: Kill process 20 (httpd) score 4718 and children.", "Out of Memory", 4718),
    ("Out of memory: kill process 20 (httpd) score 1285879 or a child", "Out of memory", 1_285_879),
    ("Out of memory: Kill process 20 (httpd) score 268 or sacrifice child", "Out of memory", 268),
    (
      "Memory cgroup out of memory: Kill process 20 (httpd) score 1923 or sacrifice child",
      "Memory cgroup out of memory", 1923
    ),
    (
      "Memory cgroup out of memory: Kill process 20 (httpd) score 0 or sacrifice child",
      "Memory cgroup out of memory", 0
    ),
  ])
  func `the line before says who was chosen`(line: String, message: String, score: Int) {
    let log = "[    1.000000] \(line)\n[    1.000001] Killed process 21 (php-cgi)\n"
    let kills = kills(in: log)
    #expect(kills.map(\.selected) == [Selection(pid: 20, name: "httpd", score: score)])
    #expect(kills.map(\.victim) == [Victim(pid: 21, name: "php-cgi")])
    #expect(kills.map(\.message) == [message])
  }

  @Test func `who was chosen may have no name`() {
    let log = """
      [    1.000000] Out of memory: Kill process 20 () score 268 or sacrifice child
      [    1.000001] Killed process 20 () total-vm:12kB, anon-rss:7kB, file-rss:2kB

      """
    #expect(kills(in: log).map(\.selected) == [Selection(pid: 20, name: "", score: 268)])
    #expect(kills(in: log).map(\.victim.name) == [""])
  }

  @Test func `page tables once were bytes called kB`() {
    let log = """
      [    1.000000] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
      [    1.000001] [   4711]     0  4711       12        9   229376        0             0 php-fpm
      [    1.000002] Out of memory: Killed process 4711 (php-fpm) total-vm:48kB, anon-rss:28kB, \
      file-rss:8kB, shmem-rss:0kB, UID:0 pgtables:229376kB oom_score_adj:0

      """
    #expect(kills(in: log).map(\.victim.pageTables) == [224])
  }

  @Test func `kills without a report between them are kills each`() {
    let log = (1...5).map { "[    \($0).000000] Out of memory: Killed process \($0) (a)\n" }
      .joined()
    #expect(kills(in: log).map(\.victim.pid) == [1, 2, 3, 4, 5])
    #expect(kills(in: log).map(\.line) == [1, 2, 3, 4, 5])
  }
}

extension Report {
  /// Without its first line's stamp.
  var unstamped: Report {
    var report = self
    report.began = nil
    return report
  }
}
