import Rendering
import Testing

@Suite("A bar")
struct BarTests {
  @Test(
    "shows a part in eighths of a column",
    arguments: [
      (0, "····"), (1, "▏···"), (125, "▌···"), (219, "▉···"), (250, "█···"), (281, "█▏··"),
      (500, "██··"), (999, "████"), (1000, "████"), (1001, "████"), (.max, "████"), (-1, "····"),
      (.min, "····"),
    ])
  func blocks(part: Int, expected: String) {
    #expect(Bar(width: 4, usesBlocks: true).text(part, of: 1000) == expected)
  }

  @Test(
    "shows a part in whole columns of ASCII",
    arguments: [
      (0, "...."), (1, "#..."), (374, "#..."), (375, "##.."), (500, "##.."), (874, "###."),
      (875, "####"), (1000, "####"), (5000, "####"), (-5, "...."),
    ])
  func ascii(part: Int, expected: String) {
    #expect(Bar(width: 4, usesBlocks: false).text(part, of: 1000) == expected)
  }

  @Test("is empty when there is nothing to take a part of", arguments: [0, -1, .min])
  func nothing(whole: Int) {
    #expect(Bar(width: 3, usesBlocks: true).text(5, of: whole) == "···")
    #expect(Bar(width: 3, usesBlocks: false).text(0, of: whole) == "...")
  }

  @Test("is always as wide as it should be", arguments: [0, 1, 2, 7, 80], [true, false])
  func width(width: Int, usesBlocks: Bool) {
    let bar = Bar(width: width, usesBlocks: usesBlocks)
    for whole in [0, 1, 3, 1000, .max] {
      for part in [.min, -1, 0, 1, 2, 333, 999, 1000, .max - 1, .max] {
        #expect(bar.text(part, of: whole).displayWidth == width, "\(part) of \(whole)")
      }
    }
  }
}
