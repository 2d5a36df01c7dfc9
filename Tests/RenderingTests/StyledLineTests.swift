import Rendering
import Testing

@Suite("A line of pieces")
struct StyledLineTests {
  @Test("is what was added, each with its looks, and nothing of no length")
  func pieces() {
    var line = StyledLine("a", .danger)
    line.append("")
    line.append("b\n")
    line.append(StyledLine("c", .faint))
    #expect(line.pieces.map(\.text) == ["a", #"b\n"#, "c"])
    #expect(line.pieces.map(\.style) == [.danger, .plain, .faint])
    #expect(line.string == #"ab\nc"# && line.displayWidth == 5)
    #expect(StyledLine().pieces.isEmpty && StyledLine("").displayWidth == 0)
  }

  @Test(
    "is filled up to a column, unless it is as wide already",
    arguments: [(0, "日a"), (3, "日a"), (4, "日a "), (6, "日a   "), (-1, "日a")])
  func pads(column: Int, text: String) {
    var line = StyledLine("日a", .notice)
    line.pad(to: column)
    #expect(line.string == text)
    #expect(line.pieces.count == (column > 3 ? 2 : 1))
  }

  @Test("is marked in one style, as wide as given")
  func marked() {
    var line = StyledLine("a", .danger)
    line.append("b", .faint)
    let marked = line.marked(.selected, width: 4)
    #expect(marked.string == "ab  ")
    #expect(marked.pieces.allSatisfy { $0.style == .selected })
    #expect(line.pieces.map(\.style) == [.danger, .faint])
    #expect(line.marked(.plain, width: 1).string == "ab")
  }
}
