/// The content of a terminal: a grid of cells. Two of them tell what must be written to get from
/// one to the other, so that only changes are written.
package struct Screen: Sendable {
  package let width: Int
  package let height: Int
  /// Row by row from the top.
  private var cells: [Cell]

  struct Cell: Equatable, Sendable {
    /// `nil` behind a character that takes two columns.
    var character: Character?
    var style: StyledLine.Style

    static let blank = Cell(character: " ", style: .plain)
  }

  /// The means of a terminal to set text off.
  package enum Palette: Sendable {
    case color
    /// Bold and inverse only.
    case monochrome
  }

  private let isASCII: Bool

  /// Lines from the top; parts that don't fit are cut off. With `isASCII` all other characters
  /// become question marks, since their bytes could mean anything to the terminal.
  package init(_ lines: [StyledLine], width: Int, height: Int, isASCII: Bool = false) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.isASCII = isASCII
    cells = [Cell](repeating: .blank, count: self.width * self.height)
    for (row, line) in lines.prefix(self.height).enumerated() { write(line, row: row) }
  }

  private mutating func write(_ line: StyledLine, row: Int) {
    let start = row * width
    var column = 0
    for piece in line.pieces {
      for character in piece.text {
        let character = isASCII ? character.inASCII : character
        let columns = character.displayWidth
        guard columns > 0 else { continue }
        guard column + columns <= width else { return }
        cells[start + column] = Cell(character: character, style: piece.style)
        if columns == 2 { cells[start + column + 1] = Cell(character: nil, style: piece.style) }
        column += columns
      }
    }
  }

  /// The text of its rows, without blanks at their ends.
  package var rows: [String] {
    (0..<height).map { row in
      let text = String(cells[row * width..<(row + 1) * width].compactMap(\.character))
      let end = text.lastIndex { $0 != " " }
      return end.map { String(text[...$0]) } ?? ""
    }
  }
}

extension Screen {
  /// The text that a terminal that shows `old` must be sent to show this; `nil` is a terminal that
  /// may show anything (ECMA-48: CUP, ED, SGR).
  package func update(from old: Screen?, in palette: Palette) -> Text {
    var text = Text()
    var pen = Pen(palette: palette)
    let known = old.flatMap { $0.width == width && $0.height == height ? $0 : nil }
    if known == nil { text.append("\u{1B}[0m\u{1B}[2J") }
    for row in 0..<height {
      var column = 0
      while let start = firstChange(from: column, row: row, since: known) {
        let end = endOfChange(from: start, row: row, since: known)
        pen.move(to: row, start, in: &text)
        for column in start..<end { pen.draw(cells[row * width + column], column, row, in: &text) }
        column = end
      }
    }
    pen.end(in: &text)
    return text
  }

  private func differs(_ index: Int, since old: Screen?) -> Bool {
    cells[index] != (old?.cells[index] ?? .blank)
  }

  private func firstChange(from column: Int, row: Int, since old: Screen?) -> Int? {
    guard var start = (column..<width).first(where: { differs(row * width + $0, since: old) })
    else { return nil }
    // Half of a wide character can't be drawn.
    if cells[row * width + start].character == nil, start > 0 { start -= 1 }
    return start
  }

  /// A few cells that stay are cheaper written than passed over.
  private func endOfChange(from start: Int, row: Int, since old: Screen?) -> Int {
    var end = start + 1
    var column = start + 1
    while column < width, column - end < Self.longestBridge {
      if differs(row * width + column, since: old) { end = column + 1 }
      column += 1
    }
    return end
  }

  private static var longestBridge: Int { 8 }
}

/// Writes cells, and keeps in mind where the cursor is and how it writes.
private struct Pen {
  let palette: Screen.Palette
  private var style: StyledLine.Style?

  init(palette: Screen.Palette) {
    self.palette = palette
  }

  func move(to row: Int, _ column: Int, in text: inout Text) {
    text.append("\u{1B}[\(row + 1);\(column + 1)H")
  }

  mutating func draw(_ cell: Screen.Cell, _ column: Int, _ row: Int, in text: inout Text) {
    guard let character = cell.character else { return }
    if style != cell.style {
      text.append("\u{1B}[\(code(of: cell.style))m")
      style = cell.style
    }
    text.append(String(character))
    // Terminals differ in how wide such a one is: the next must stand right nevertheless.
    if !character.isOfOneWidth { move(to: row, column + character.displayWidth, in: &text) }
  }

  func end(in text: inout Text) {
    if let style, style != .plain { text.append("\u{1B}[0m") }
  }

  private func code(of style: StyledLine.Style) -> String {
    switch (style, palette) {
    case (.plain, _): "0"
    case (.heading, _): "0;1"
    case (.danger, .color): "0;31"
    case (.danger, .monochrome): "0;1"
    case (.notice, .color): "0;33"
    case (.faint, .color): "0;2"
    case (.notice, .monochrome), (.faint, .monochrome): "0"
    case (.selected, _): "0;7"
    }
  }
}

extension Character {
  /// The character, or its replacement.
  fileprivate var inASCII: Character { isASCII ? self : self == "…" ? "~" : "?" }

  /// True where all terminals give it one column: Latin letters, lines and blocks.
  fileprivate var isOfOneWidth: Bool {
    guard let scalar = unicodeScalars.first, unicodeScalars.count == 1 else { return false }
    return scalar.value < 0x300 || (0x2500...0x259F).contains(scalar.value)
  }
}
