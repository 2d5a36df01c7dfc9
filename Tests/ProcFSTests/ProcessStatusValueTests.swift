import ProcFS
import Testing

@Suite("A status with wrong values")
struct ProcessStatusValueTests {
  @Test(
    "leaves out a size that is no number within Int",
    arguments: [
      ("VmRSS:\t 12 kB", 12), ("VmRSS: 12", 12), ("VmRSS:12\r", 12), ("VmRSS:\t-5 kB", -5),
      ("VmRSS:\t", nil), ("VmRSS", nil), ("VmRSS:\tmany", nil),
      ("VmRSS:\t 18446744073709551608 kB", nil),
      ("VmRSS:\t99999999999999999999 kB", nil), ("VmRSSX:\t12 kB", nil), ("vmrss:\t12 kB", nil),
      ("\tVmRSS:\t12 kB", nil),
    ] as [(String, Int?)])
  func sizes(line: String, expected: Int?) throws {
    let status = try #require(ProcessStatus(text: ProcessStatusTests.least + line))
    #expect(status.resident?.count == expected)
  }

  @Test(
    "leaves out what is no number of a process, user or thread",
    arguments: ["", "x", "99999999999999999999", "-", "4294967296"])
  func numbers(value: String) throws {
    let lines = ["State", "Tgid", "PPid", "Uid", "CapEff", "Kthread", "Mems_allowed"]
    let text = lines.map { "\($0):\t\(value)\n" }.joined()
    let status = try #require(ProcessStatus(text: text))
    #expect(status.threadGroup == nil && status.parent == nil)
    #expect(status.realUserID == nil && status.effectiveUserID == nil)
  }

  @Test(
    "doesn't say whether it is a kernel thread",
    arguments: [
      ("1", true), ("0", false), ("", nil), ("x", nil), ("99999999999999999999", nil),
    ] as [(String, Bool?)])
  func kernelThread(value: String, expected: Bool?) throws {
    let text = ProcessStatusTests.least + "Kthread:\t\(value)\n"
    #expect(try #require(ProcessStatus(text: text)).isKernelThread == expected)
  }

  @Test("has no letter where there is no state")
  func state() throws {
    let status = try #require(ProcessStatus(text: "State:\nTgid:\t17\nUid:\t0\n"))
    #expect(status.state == nil && status.threadGroup == 17)
    #expect(status.realUserID == 0 && status.effectiveUserID == nil)
  }

  @Test("takes the sizes of another thread, and nothing else")
  func withMemory() {
    var leader = ProcessStatus()
    leader.name = "leader"
    leader.resident = 1
    leader.swapped = 2
    var thread = ProcessStatus()
    thread.name = "thread"
    thread.threadCount = 9
    thread.virtualSize = 10
    thread.resident = 11
    thread.pageTables = 12
    thread.middlePageTables = 13
    var expected = thread
    expected.name = "leader"
    expected.threadCount = nil
    #expect(leader.withMemory(of: thread) == expected)
  }
}
