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
    #expect(candidate.history.nodesOverlap && candidate.history.euid != 0)
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
