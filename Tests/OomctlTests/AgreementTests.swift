import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("On the running machine", .enabled(if: isProcReadable), .serialized)
struct AgreementTests {
  @Test("every predicted score is the kernel's")
  func all() throws {
    let all = try run(["list", "--json"]).processes
    #expect(all.count > 1)
    try expectAgreement(of: all)
  }

  @Test("so it is of what just grows")
  func growing() throws {
    // tail holds back what has no line end, then waits for a reader that never reads.
    let shell = try Spawned(
      "/bin/sh", ["-c", "head -c 60000000 /dev/zero | tail -n 1 | sleep 60"], hasOwnGroup: true)
    defer { shell.stop() }
    let tail = try #require(try number(of: "tail", startedBy: shell))
    var sizes: [Int] = []
    for _ in 0..<4_000 where (sizes.max() ?? 0) < 58_000_000 {
      let row = try #require(try run(["list", "\(tail)", "--json"]).processes.first)
      try expectAgreement(of: [row])
      sizes.append(try row["rss_bytes"].integer)
      usleep(5_000)
    }
    #expect(sizes.max() ?? 0 >= 58_000_000, "it grew to \(sizes)")
  }

  @Test(
    "so it is at each adjustment",
    arguments: [0, 1, 10, 50, 100, 200, 300, 500, 750, 900, 999, 1000])
  func adjusted(adjustment: Int) throws {
    let child = try Spawned("/bin/sleep", ["60"])
    defer { child.stop() }
    try write(Array("\(adjustment)".utf8), to: "/proc/\(child.id)/oom_score_adj")
    let row = try #require(try run(["list", "\(child.id)", "--json"]).processes.first)
    #expect(try row["oom_score_adj"].integer == adjustment)
    try expectAgreement(of: [row])
  }

  /// Waits until a shell has started a program.
  private func number(of name: String, startedBy shell: Spawned) throws -> Int? {
    for _ in 0..<200 {
      let found = run(["list", name, "--parent", "\(shell.id)", "--json"])
      if let number = try found.numbers.first { return number }
      usleep(50_000)
    }
    return nil
  }

  /// Memory moves between two files that are read, so a difference counts only when it stays.
  private func expectAgreement(of processes: [JSON]) throws {
    for process in processes {
      let id = try process["pid"].integer
      var reading: JSON? = process
      for _ in 0..<2 {
        guard let last = reading, try !agrees(last) else { break }
        reading = try run(["list", "\(id)", "--json"]).processes.first
      }
      // What has ended meanwhile says nothing.
      if let reading { #expect(try agrees(reading), "\(reading)") }
    }
  }

  private func agrees(_ process: JSON) throws -> Bool {
    let score = try process["oom_score"]
    return try score == nil || score == process["predicted_oom_score"]
  }
}
