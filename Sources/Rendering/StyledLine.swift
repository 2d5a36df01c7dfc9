/// One line of a screen: pieces of text, each with its looks.
package struct StyledLine: Equatable, Sendable {
  /// Colour only repeats what a word or mark says.
  package enum Style: UInt8, Sendable {
    case plain, heading, danger, notice, faint
    /// The place where the keys act.
    case selected
  }

  package struct Piece: Equatable, Sendable {
    package var text: String
    package var style: Style
  }

  package private(set) var pieces: [Piece] = []

  package init(_ text: String = "", _ style: Style = .plain) {
    append(text, style)
  }

  /// Adds text, in which all is made visible that a terminal would act on.
  package mutating func append(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    pieces.append(Piece(text: SafeText.visible(text), style: style))
  }

  /// Adds the pieces of another line.
  package mutating func append(_ other: StyledLine) {
    pieces += other.pieces
  }

  /// Adds blanks up to a column; nothing where it is wider already.
  package mutating func pad(to column: Int) {
    let missing = column - displayWidth
    if missing > 0 { append(String(repeating: " ", count: missing)) }
  }

  /// This line in one style, as wide as given.
  package func marked(_ style: Style, width: Int) -> StyledLine {
    var line = self
    line.pad(to: width)
    for index in line.pieces.indices { line.pieces[index].style = style }
    return line
  }

  /// Columns that it takes.
  package var displayWidth: Int { pieces.reduce(0) { $0 + $1.text.displayWidth } }

  /// Its text alone.
  package var string: String { pieces.map(\.text).joined() }
}
