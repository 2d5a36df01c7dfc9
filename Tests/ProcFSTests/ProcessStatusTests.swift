import ProcFS
import Testing

@Suite("The status of a process")
struct ProcessStatusTests {
  static let least = "State:\tS (sleeping)\nTgid:\t17\nUid:\t0\t0\t0\t0\n"

  @Test("has its lines")
  func ordinary() {
    var expected = ProcessStatus()
    expected.name = "sleep"
    expected.state = "S"
    expected.threadGroup = 17
    expected.parent = 3
    expected.realUserID = 1000
    expected.effectiveUserID = 4_294_967_294
    expected.savedUserID = 0
    expected.namespaceDepth = 2
    expected.threadCount = 2
    expected.virtualSize = 3060
    expected.resident = 1624
    expected.swapped = 5
    expected.pageTables = 44
    expected.effectiveCapabilities = 0x1ff_ffff_ffff
    expected.isKernelThread = false
    expected.allowedNodes = "0-3,5"
    let text = """
      Name:\tsleep
      Umask:\t0022
      State:\tS (sleeping)
      Tgid:\t17
      Ngid:\t0
      Pid:\t18
      PPid:\t3
      TracerPid:\t0
      Uid:\t1000\t4294967294\t0\t0
      Gid:\t0\t0\t0\t0
      NSpid:\t18\t2
      Kthread:\t0
      VmPeak:\t    9999 kB
      VmSize:\t    3060 kB
      VmRSS:\t    1624 kB
      VmPTE:\t      44 kB
      VmSwap:\t       5 kB
      Threads:\t2
      CapPrm:\t0000000000000000
      CapEff:\t000001ffffffffff
      Mems_allowed:\t00000001
      Mems_allowed_list:\t0-3,5

      """
    #expect(ProcessStatus(text: text) == expected)
  }

  @Test("knows nothing that isn't printed")
  func absent() {
    var expected = ProcessStatus()
    expected.state = "S"
    expected.threadGroup = 17
    expected.realUserID = 0
    expected.effectiveUserID = 0
    expected.savedUserID = 0
    #expect(ProcessStatus(text: Self.least) == expected)
  }

  @Test("has no sizes for a kernel thread")
  func kernelThread() throws {
    let text = "Name:\tkthreadd\n" + Self.least + "Kthread:\t1\nThreads:\t1\n"
    let status = try #require(ProcessStatus(text: text))
    #expect(status.isKernelThread == true && status.threadCount == 1)
    #expect(status.virtualSize == nil && status.resident == nil && status.swapped == nil)
    #expect(status.pageTables == nil && status.middlePageTables == nil)
  }

  @Test("has the tables of the second level where a kernel counts them apart")
  func middleTables() throws {
    let text = Self.least + "VmPTE:\t      44 kB\nVmPMD:\t      12 kB\n"
    let status = try #require(ProcessStatus(text: text))
    #expect(status.pageTables == 44 && status.middlePageTables == 12)
  }

  @Test(
    "has the name as it is, not as it is escaped",
    arguments: [
      ("sleep", "sleep"), (#"a\nb"#, "a\nb"), (#"a\\b"#, #"a\b"#), (#"\\n"#, #"\n"#),
      (#"\\\n"#, "\\\n"), ("x\\", "x\\"), ("", ""), (" a  b ", " a  b "), ("\t", "\t"),
      ("a:b", "a:b"), ("Tgid: 9", "Tgid: 9"), ("\u{1b}[2J", "\u{1b}[2J"), ("é😀", "é😀"),
    ])
  func names(printed: String, expected: String) throws {
    let status = try #require(ProcessStatus(text: "Name:\t\(printed)\n" + Self.least))
    #expect(status.name == expected && status.threadGroup == 17)
  }

  @Test("has a name that isn't UTF-8 repaired")
  func repairs() {
    let bytes = Array("Name:\ta".utf8) + [0xff, 0x5c, 0x6e, 0xc3] + Array("\n\(Self.least)".utf8)
    let status = ProcessStatus(parsing: bytes.span)
    #expect(status?.name == "a\u{fffd}\n\u{fffd}")
  }

  @Test(
    "is refused without the fewest lines of any kernel",
    arguments: [
      "", "\n", "\0", "State", "State:\tS\nTgid:\t1\n", "no status\n", "1 (init) S 0 0\n",
      ":\n:\n:\n", "VmPeak: 1\nVmHWM: 1\nVmLck: 1\nVmPin: 1\n",
    ])
  func malformed(text: String) {
    #expect(ProcessStatus(text: text) == nil)
  }
}
