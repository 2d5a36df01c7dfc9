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

  /// The lines one after the other, no blank at their ends. With `width` a line's last cell is cut to
  /// what fits; `paint` may colour a whole row that is done.
  package func write(
    to text: inout Text, width: Int? = nil, headingsIn emphasis: Emphasis = .none,
    paint: (Int, String) -> String = { $1 }
  ) {
    if hasHeadings {
      text.line(emphasis.apply(.heading, to: line(columns.map(\.title), within: width)))
    }
    for (index, row) in rows.enumerated() { text.line(paint(index, line(row, within: width))) }
  }

  private func line(_ cells: [String], within width: Int?) -> String {
    var line = ""
    var used = 0
    for (index, cell) in cells.enumerated() {
      let isLast = index == cells.count - 1
      var cell = cell
      if isLast, columns[index].alignment == .left, let width {
        cell = cell.fitted(to: max(8, width - used))
      }
      let padding = String(repeating: " ", count: max(0, widths[index] - cell.displayWidth))
      switch columns[index].alignment {
      case .right: line += padding + cell
      case .left: line += isLast ? cell : cell + padding
      }
      used += widths[index] + 2
      if !isLast { line += "  " }
    }
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    return line
  }
}
