/// Aligned columns of text.
package struct Table: Sendable {
  package enum Alignment: Sendable { case left, right }

  package struct Column: Sendable {
    package var title: String
    package var alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  package var columns: [Column]
  package private(set) var rows: [[String]] = []
  /// The widest cell of each column.
  private var widths: [Int]

  package init(_ columns: [Column], hasHeadings: Bool = true) {
    self.columns = columns
    widths = columns.map { hasHeadings ? $0.title.displayWidth : 0 }
    self.hasHeadings = hasHeadings
  }

  private let hasHeadings: Bool

  /// Adds a row of at most as many cells as there are columns. They are made safe here.
  package mutating func append(_ cells: [String]) {
    let cells = cells.map(SafeText.visible)
    for (index, cell) in cells.enumerated() {
      widths[index] = max(widths[index], cell.displayWidth)
    }
    rows.append(cells)
  }

  /// The width of all columns but the last one, which may be cut, with the blanks after them.
  package var widthBeforeLast: Int { widths.dropLast().reduce(0) { $0 + $1 + 2 } }

  /// The lines one after the other, no blank at their ends. With `width` a line's last cell is cut to
  /// what fits, but never below eight columns.
  package func write(
    to text: inout Text, width: Int? = nil, headingsIn emphasis: Emphasis = .none
  ) {
    if hasHeadings {
      var heading = Text()
      write(columns.map(\.title), to: &heading, within: width)
      text.line(emphasis.apply(.heading, to: heading.string))
    }
    for row in rows {
      write(row, to: &text, within: width)
      text.line()
    }
  }

  /// Without the line's end.
  private func write(_ cells: [String], to text: inout Text, within width: Int?) {
    let start = text.bytes.count
    var used = 0
    for (index, cell) in cells.enumerated() {
      let isLast = index == cells.count - 1
      let isLeft = columns[index].alignment == .left
      var cell = cell
      if isLast, isLeft, let width { cell = cell.fitted(to: max(8, width - used)) }
      let padding = widths[index] - cell.displayWidth
      if !isLeft { text.blanks(padding) }
      text.append(cell)
      if isLeft { text.blanks(padding) }
      if !isLast { text.blanks(2) }
      used += widths[index] + 2
    }
    text.dropBlanks(downTo: start)
  }
}
