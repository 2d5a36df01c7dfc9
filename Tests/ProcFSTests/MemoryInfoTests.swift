import ProcFS
import TestSupport
import Testing

@Suite("The memory's numbers")
struct MemoryInfoTests {
  @Test("are those that the kernel prints, and no others")
  func ordinary() throws {
    let text = """
      MemTotal:       16314580 kB
      MemFree:         1000000 kB
      SwapCached:            3 kB
      SwapTotal:             0 kB
      HugePages_Total:       7

      """
    let memory = try #require(MemoryInfo(text: text))
    #expect(memory[.total] == 16_314_580 && memory[.free] == 1_000_000 && memory[.swapTotal] == 0)
    let others = MemoryInfo.Line.allCases.filter { ![.total, .free, .swapTotal].contains($0) }
    #expect(others.allSatisfy { memory[$0] == nil })
  }

  @Test("have the kernel's names", arguments: MemoryInfo.Line.allCases)
  func lines(line: MemoryInfo.Line) throws {
    let memory = try #require(MemoryInfo(text: "MemTotal: 1 kB\n\(line.rawValue):      77 kB\n"))
    #expect(memory[line] == 77)
  }

  @Test("count huge pages, whose lines have no unit", arguments: MemoryInfo.HugePageCount.allCases)
  func hugePages(count: MemoryInfo.HugePageCount) throws {
    let memory = try #require(MemoryInfo(text: "MemTotal: 1 kB\n\(count.rawValue):      77\n"))
    #expect(memory[hugePages: count] == 77)
    let others = MemoryInfo.HugePageCount.allCases.filter { $0 != count }
    #expect(others.allSatisfy { memory[hugePages: $0] == nil })
    #expect(MemoryInfo.Line.allCases.filter { memory[$0] != nil } == [.total])
  }

  @Test(
    "count no huge pages where there is no number",
    arguments: ["", "x", "99999999999999999999"])
  func noHugePages(value: String) throws {
    let text = "MemTotal: 1 kB\nHugePages_Free: \(value)\nHugePages_Surp: 1\n"
    #expect(try #require(MemoryInfo(text: text))[hugePages: .free] == nil)
  }

  @Test(
    "are left out where they are none",
    arguments: [
      ("12", 12), ("12 MB", 12), ("-12 kB", -12), ("", nil), ("kB", nil),
      ("99999999999999999999 kB", nil), ("9223372036854775808 kB", nil),
    ] as [(String, Int?)])
  func values(value: String, expected: Int?) throws {
    let memory = try #require(MemoryInfo(text: "MemTotal: 1 kB\nSwapFree: \(value)\n"))
    #expect(memory[.swapFree]?.count == expected)
  }

  @Test("are refused without a total", arguments: ["", "\n", "MemFree: 1 kB\n", "MemTotal: x\n"])
  func malformed(text: String) {
    #expect(MemoryInfo(text: text) == nil)
  }

  @Test(
    "tell what is set aside for huge pages",
    arguments: [
      ("Hugepagesize: 2048 kB\nHugetlb: 1050624 kB", 1_050_624), ("Hugetlb: 0 kB", 0),
      ("HugePages_Total: 3\nHugepagesize: 4096 kB", 12_288),
      ("HugePages_Total: 3\nHugepagesize: 2048 kB\nHugetlb: 1054720 kB", 1_054_720),
      ("HugePages_Total: 3", nil), ("Hugepagesize: 2048 kB", nil), ("", nil),
      ("HugePages_Total: 9223372036854775807\nHugepagesize: 4 kB", .max),
    ] as [(String, Int?)])
  func hugePages(lines: String, expected: Int?) throws {
    let memory = try #require(MemoryInfo(text: "MemTotal: 1 kB\n\(lines)\n"))
    #expect(memory.hugePagePool?.count == expected)
  }

  @Test(
    "tell a 32-bit kernel by its room for vmalloc",
    arguments: [
      ("122880", true), ("4194304", true), ("4194305", false), ("34359738367", false),
      ("0", false), ("", nil),
    ] as [(String, Bool?)])
  func wordSize(vmalloc: String, expected: Bool?) throws {
    let memory = try #require(MemoryInfo(text: "MemTotal: 1 kB\nVmallocTotal: \(vmalloc) kB\n"))
    #expect(memory.is32Bit == expected)
  }

  @Test("come with the headings of 2.4")
  func old() throws {
    let text = """
              total:    used:    free:
      Mem:  526319616 518594560  7725056
      MemTotal:       513984 kB

      """
    #expect(try #require(MemoryInfo(text: text))[.total] == 513_984)
  }
}

@Suite("The memory's events")
struct MemoryEventsTests {
  @Test(
    "count the kills where the kernel does",
    arguments: [
      ("pgpgin 5\noom_kill 2\nunevictable 3\n", 2), ("oom_kill 0\n", 0), ("pgpgin 5\n", nil),
      ("oom_kill_x 5\nxoom_kill 6\n", nil), ("oom_kill 18446744073709551615", .max),
      ("oom_kill 18446744073709551616\n", nil), ("oom_kill -1\n", nil), ("oom_kill\n", nil),
    ] as [(String, UInt64?)])
  func kills(text: String, expected: UInt64?) throws {
    #expect(try #require(MemoryEvents(text: text)).oomKills == expected)
  }

  @Test("are refused in an empty file")
  func empty() throws {
    let tree = try FixtureTree(["vmstat": ""])
    let proc = try tree.proc()
    let error = #expect(throws: ProcFSError.self) { try proc.memoryEvents }
    #expect(error?.description == "\(tree.path)/vmstat: expected lines of counters, as oom_kill 2")
  }
}
