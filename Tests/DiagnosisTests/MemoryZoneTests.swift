import Testing

@testable import Diagnosis
@testable import ProcFS

@Suite("A zone")
struct MemoryZoneTests {
  @Test(
    "has its largest free block at the highest order with one",
    arguments: [
      (nil, nil), ([0, 0, 0], nil), ([1, 0, 0], 0), ([0, 7, 1], 2), ([9, 1, 0], 1),
    ] as [([Int]?, Int?)])
  func blocks(free: [Int]?, order: Int?) {
    let zone = MemoryZone(zone: ZoneInfo.Zone(node: 0, name: "Normal"), freeBlocks: free)
    #expect(zone.largestOrder == order)
  }
}
