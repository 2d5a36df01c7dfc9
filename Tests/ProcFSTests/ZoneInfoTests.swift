import Testing

@testable import ProcFS

@Suite("The zones of memory nodes")
struct ZoneInfoTests {
  @Test("add up to nodes")
  func nodes() throws {
    let text = """
      Node 0, zone      DMA
        per-node stats
            nr_inactive_anon 0
        pages free     3840
              spanned  4095
              present  3998
              protection: (0, 935)
      Node 0, zone   Normal
              spanned  1000
              present  900
      Node 2, zone  Movable
              spanned  70
              present  60

      """
    let info = try #require(ZoneInfo(text: text))
    #expect(info.zones.map(\.name) == ["DMA", "Normal", "Movable"])
    #expect(info.nodes.map(\.number) == [0, 2])
    #expect(info.nodes.map(\.spannedPages) == [5095, 70])
    #expect(info.nodes.map(\.presentPages) == [4898, 60])
  }

  @Test(
    "are refused as something else", arguments: ["", "\n", "MemTotal: 1 kB\n", "Node x, zone D\n"])
  func malformed(text: String) {
    #expect(ZoneInfo(text: text) == nil)
  }
}
