/// A horizontal bar in one cell, to an eighth of a column.
package struct Bar: Sendable {
  package var width: Int
  /// Block characters, else `#` and `.`.
  package var usesBlocks: Bool

  package init(width: Int, usesBlocks: Bool) {
    self.width = width
    self.usesBlocks = usesBlocks
  }

  /// `part` of `whole`; a part that isn't zero shows at least the thinnest mark.
  package func text(_ part: Int, of whole: Int) -> String {
    guard width > 0 else { return "" }
    guard whole > 0 else { return String(repeating: usesBlocks ? "·" : ".", count: width) }
    let steps = usesBlocks ? 8 : 1
    let share = Double(min(max(part, 0), whole)) / Double(whole)
    var eighths = Int((share * Double(width * steps)).rounded())
    if part > 0 { eighths = max(1, eighths) }
    let full = eighths / steps
    let rest = eighths % steps
    let partial = Array("▏▎▍▌▋▊▉")
    var bar = String(repeating: usesBlocks ? "█" : "#", count: full)
    if rest > 0 { bar.append(partial[rest - 1]) }
    let empty = width - full - (rest > 0 ? 1 : 0)
    return bar + String(repeating: usesBlocks ? "·" : ".", count: empty)
  }
}
