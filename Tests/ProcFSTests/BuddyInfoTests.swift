import Testing

@testable import ProcFS

@Suite("Free blocks")
struct BuddyInfoTests {
  @Test("are counted by zone and order")
  func ordinary() throws {
    let text = """
      Node 0, zone      DMA      1      0      0      2
      Node 0, zone   Normal    552   6599   4489   4105
      Node 1, zone   Normal      3      0      0      0

      """
    let info = try #require(BuddyInfo(text: text))
    #expect(info.zones.map(\.name) == ["DMA", "Normal", "Normal"])
    #expect(info.zone("Normal", of: 0)?.freeBlocks == [552, 6599, 4489, 4105])
    #expect(info.zones.map(\.largestOrder) == [3, 3, 0])
    #expect(info.zone("HighMem", of: 0) == nil && info.zone("DMA", of: 1) == nil)
  }

  @Test(
    "may be none, or as many as fit no number",
    arguments: [
      ("0 0 0", [0, 0, 0], nil), ("1 99999999999999999999 0", [1, 1 << 48, 0], 1),
      ("9223372036854775807", [1 << 48], 0), ("1 2 x 3", [1, 2], 1), ("1 -2 3", [1], 0),
    ] as [(String, [Int], Int?)])
  func counts(counts: String, expected: [Int], largest: Int?) throws {
    let info = try #require(BuddyInfo(text: "Node 0, zone DMA \(counts)\n"))
    #expect(info.zones[0].freeBlocks == expected)
    #expect(info.zones[0].largestOrder == largest)
  }

  @Test("end at an order that no kernel has")
  func orders() throws {
    let counts = [String](repeating: "1", count: 500).joined(separator: " ")
    #expect(try #require(BuddyInfo(text: "Node 0, zone DMA \(counts)")).zones[0].largestOrder == 31)
  }

  @Test(
    "are refused as something else",
    arguments: ["", "\n", "MemTotal: 1 kB\n", "Node 0, zone DMA", "Node x, zone D 1\n", "Node 0"])
  func malformed(text: String) {
    #expect(BuddyInfo(text: text) == nil)
  }
}
