import Glibc
import ProcFS
import Testing

@testable import Posix

@Suite("The progress of a program")
struct ChildProgressTests {
  @Test(
    "is looked for four times until it would be too late, but not too often nor too seldom",
    arguments: [
      (0, 1), (3, 1), (7, 1), (8, 2), (400, 100), (4000, 1000), (4004, 1000), (30_000, 1000),
    ])
  func interval(timeout: Int, interval: Int) {
    #expect(ChildProgress(timeout: timeout).interval == interval)
  }

  @Test("ends where it does nothing for that long, and not where it works")
  func stops() throws {
    let pipe = try Pipe()
    let child = try ChildProcess("/bin/sleep", ["sleep", "1000"], output: pipe.writer.number)
    // Until it is where it stays.
    var settled = ChildProgress(timeout: 300)
    while !settled.hasStopped(child) { usleep(20_000) }
    var patient = ChildProgress(timeout: 1_000_000)
    let answers = [patient.hasStopped(child), patient.hasStopped(child)]
    #expect(answers == [false, false])
    var impatient = ChildProgress(timeout: 0)
    let others = [impatient.hasStopped(child), impatient.hasStopped(child)]
    #expect(others == [false, true])
    let busy = try ChildProcess(
      "/bin/sh", ["sh", "-c", "while :; do :; done"], output: pipe.writer.number)
    var working = ChildProgress(timeout: 20_000)
    for _ in 0..<10 {
      let hasStopped = working.hasStopped(busy)
      #expect(!hasStopped)
      usleep(20_000)
    }
  }
}
