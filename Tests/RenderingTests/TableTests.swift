import Rendering
import Testing

@Suite("A table")
struct TableTests {
  static let columns = [
    Table.Column("PID", .right), Table.Column("NAME"), Table.Column("COMMAND"),
  ]

  private func written(
    _ rows: [[String]], columns: [Table.Column] = columns, hasHeadings: Bool = true,
    width: Int? = nil
  ) -> String {
    var table = Table(columns, hasHeadings: hasHeadings)
    for row in rows { table.append(row) }
    var text = Text()
    table.write(to: &text, width: width)
    return text.string
  }

  @Test("is aligned, with no blank at the end of a line")
  func alignment() {
    #expect(
      written([["1", "init", "/sbin/init"], ["4194304", "x", ""], ["17", "", ""]]) == """
            PID  NAME  COMMAND
              1  init  /sbin/init
        4194304  x
             17

        """)
  }

  @Test("is as narrow as its cells without a heading")
  func headings() {
    #expect(
      written([["1", "a", "b c "], ["17", "bc", "d"]], hasHeadings: false) == """
         1  a   b c
        17  bc  d

        """)
  }

  @Test("may have no rows")
  func empty() {
    #expect(written([]) == "PID  NAME  COMMAND\n")
    #expect(written([], hasHeadings: false) == "")
    #expect(written([["", "", ""]], hasHeadings: false) == "\n")
  }

  @Test("is aligned by what a terminal shows")
  func widths() {
    #expect(
      written(
        [["1", "日本", "a"], ["2", "e\u{301}", "b"], ["3", "sleep", "c"]], hasHeadings: false)
          == """
          1  日本   a
          2  e\u{301}      b
          3  sleep  c

          """)
  }

  @Test("shows what names would do to the terminal")
  func hostile() {
    #expect(
      written([["1", "\u{1b}[2J", "a\nb"], ["2", "x", "\u{202e}"]], hasHeadings: false) == #"""
        1  \x1b[2J  a\nb
        2  x        \u202e

        """#)
  }

  @Test(
    "is cut in its last cell to the width, which keeps 8 columns",
    arguments: [
      (nil, "abcdefghijklmnop"), (22, "abcdefghijklmnop"), (21, "abcdefghijklmn…"),
      (15, "abcdefgh…"), (14, "abcdefg…"), (9, "abcdefg…"), (0, "abcdefg…"), (-5, "abcdefg…"),
    ] as [(Int?, String)])
  func cut(width: Int?, expected: String) {
    let line = written([["1", "a", "abcdefghijklmnop"]], hasHeadings: false, width: width)
    #expect(line == "1  a  \(expected)\n")
  }

  @Test("isn't cut in a last column of numbers")
  func numbers() {
    let columns = [Table.Column("NAME"), Table.Column("SCORE", .right)]
    #expect(
      written([["a", "666"], ["bc", "1234567890123"]], columns: columns, width: 5) == """
        NAME          SCORE
        a               666
        bc    1234567890123

        """)
  }

  @Test("is as wide as its columns before the last, with the blanks after them")
  func widthBeforeLast() {
    var table = Table(Self.columns, hasHeadings: false)
    #expect(table.widthBeforeLast == 4)
    table.append(["12345", "日本", "x"])
    #expect(table.widthBeforeLast == 5 + 2 + 4 + 2)
    #expect(Table(Self.columns).widthBeforeLast == 3 + 2 + 4 + 2)
    #expect(Table([Table.Column("A")]).widthBeforeLast == 0)
    #expect(Table([]).widthBeforeLast == 0)
  }
}
