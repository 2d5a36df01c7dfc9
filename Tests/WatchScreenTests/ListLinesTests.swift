import Rendering
import Testing

@testable import WatchScreen

@Suite("Lists of the screen")
struct ListLinesTests {
  /// Items are words; each column shows them in its own way.
  private let columns: [ListColumn<String>] = [
    ListColumn("A", 2, 0) { $0 }, ListColumn("BB", 3, 2, isRight: false) { $0 + "!" },
    ListColumn("C", 1, 1) { "\($0.count)" }, ListColumn("D", 1, 1) { _ in "d" },
    ListColumn("LAST", 5, 0, isRight: false) { "<\($0)>" },
  ]

  private func lines(_ items: [String], width: Int) -> [String] {
    let list = ListLines(columns, items: items, width: width)
    return [list.heading.string] + items.map { list.line($0).string }
  }

  @Test(
    "leave out columns in their order until the last one has some room",
    arguments: [
      (30, [" A BB  C D LAST", " x x!  1 d <x>"]), (16, [" A BB  C D LAST", " x x!  1 d <x>"]),
      (15, [" A C D LAST", " x 1 d <x>"]), (12, [" A C D LAST", " x 1 d <x>"]),
      (11, [" A D LAST", " x d <x>"]), (10, [" A D LAST", " x d <x>"]), (9, [" A LAST", " x <x>"]),
      (8, [" A LAST", " x <x>"]), (5, [" A L…", " x <…"]), (3, [" A ", " x "]),
      (0, [" A ", " x "]),
    ])
  func columns(width: Int, expected: [String]) {
    #expect(lines(["x"], width: width) == expected)
  }

  @Test("are as wide as their widest cell")
  func widths() {
    #expect(
      lines(["x", "long"], width: 30) == [
        "   A BB    C D LAST", "   x x!    1 d <x>", "long long! 4 d <long>",
      ])
  }

  @Test("show nothing raw")
  func unsafe() {
    #expect(!lines(["\u{1B}"], width: 30).joined().contains("\u{1B}"))
  }
}
