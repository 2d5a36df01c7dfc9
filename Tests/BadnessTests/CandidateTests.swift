import Badness
import Testing

@Suite("A candidate")
struct CandidateTests {
  @Test(
    "has those capabilities that count",
    arguments: [
      (0, []), (0x3f_ffff_ffff, [.sysAdmin, .sysResource, .sysRawIO]), (1 << 21, .sysAdmin),
      (1 << 24, .sysResource), (1 << 17, .sysRawIO), (0xa804_25fb, []),
      (.max ^ 1 << 21, [.sysResource, .sysRawIO]),
    ] as [(UInt64, Candidate.Capabilities)])
  func readsCapabilities(effective: UInt64, expected: Candidate.Capabilities) {
    #expect(Candidate.Capabilities(effective: effective) == expected)
  }

  @Test("is ordinary and without memory until told otherwise")
  func hasDefaults() {
    let candidate = Candidate()
    #expect(candidate.standing == .ordinary && candidate.memory == nil)
    #expect(candidate.adjustment == 0 && candidate.legacyAdjustment == 0)
    #expect(candidate.capabilities.isEmpty && candidate.marks.isEmpty)
  }

  @Test("has done nothing, and belongs to an ordinary user, until told otherwise")
  func hasNoHistory() {
    let history = Candidate.History()
    #expect(history.nodesOverlap && history.children.isEmpty && history.ticksPerSecond == 100)
    #expect([history.uid, history.euid] == [1000, 1000])
    #expect([history.userTicks, history.systemTicks, history.runTicks] == [0, 0, 0])
    #expect([history.uptimeSeconds, history.startSeconds, history.nice] == [0, 0, 0])
  }

  @Test("uses no memory that isn't named")
  func hasNoMemory() {
    let memory = Candidate.Memory()
    #expect([memory.total, memory.resident, memory.swapped] == [0, 0, 0])
    let tables = memory.pageTables
    #expect([tables.ptes, tables.pmds, tables.bytes] == [0, 0, 0])
    let capacity = MemoryCapacity(ram: 7)
    #expect(capacity.swap == 0 && capacity.pageSize == 4096 && capacity.wordSize == .bits64)
    let cgroup = MemoryCgroup(limit: 7)
    #expect(cgroup.swapLimit == .swap(.max) && cgroup.swappiness == 60)
  }
}

@Suite("A number of pages")
struct PagesTests {
  @Test(
    "has a size in bytes, as far as that can be said",
    arguments: [(3, 12_288), (-1, -4096), (.max, .max), (.min, .min)])
  func sizes(count: Int, bytes: Int) {
    #expect(Pages(count).bytes(pageSize: 4096) == bytes)
  }

  @Test("adds and subtracts around the end of numbers")
  func wraps() {
    #expect(Pages(5) + 7 == 12 && Pages(5) - 7 == -2)
    #expect(Pages(.max) + 1 == Pages(.min) && Pages(.min) - 1 == Pages(.max))
    #expect(Pages(-1) < 0)
  }
}
