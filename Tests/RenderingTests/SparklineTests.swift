import Testing

@testable import Rendering

@Suite("A sparkline")
struct SparklineTests {
  @Test(
    "has a mark for each value, the latest at the right",
    arguments: [
      ([], "    ", "    "), ([0], "    ", "    "), ([1], "   ▁", "   ."),
      ([0, 500, 1000], "  ▄█", "  =#"), ([1000, 0, 0, 0, 0], "    ", "    "),
      ([125, 250, 375, 625], "▁▂▃▅", ".,-="), ([-5, 2000], "   █", "   #"),
    ])
  func marks(values: [Int], blocks: String, letters: String) {
    #expect(Sparkline(width: 4, usesBlocks: true).text(values) == blocks)
    #expect(Sparkline(width: 4, usesBlocks: false).text(values) == letters)
  }

  @Test("of no width is nothing", arguments: [0, -1])
  func narrow(width: Int) {
    #expect(Sparkline(width: width, usesBlocks: true).text([1, 2]).isEmpty)
  }
}
