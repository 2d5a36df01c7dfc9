/// A short history in one line: a mark a value, the latest at the right.
package struct Sparkline: Sendable {
  package var width: Int
  /// Block characters, else those of ASCII that grow.
  package var usesBlocks: Bool

  package init(width: Int, usesBlocks: Bool) {
    self.width = width
    self.usesBlocks = usesBlocks
  }

  /// As many of the latest values as fit, out of 1000; what was before the first one is blank.
  package func text(_ values: some Sequence<Int>) -> String {
    let marks = usesBlocks ? Self.blocks : Self.letters
    var text = ""
    var count = 0
    for value in values.suffix(max(0, width)) {
      let level = min(max(value, 0), 1000) * (marks.count - 1)
      // A value that isn't zero shows.
      text.append(marks[max((level + 500) / 1000, value > 0 ? 1 : 0)])
      count += 1
    }
    return String(repeating: " ", count: max(0, width - count)) + text
  }

  private static let blocks = Array(" ▁▂▃▄▅▆▇█")
  private static let letters = Array(" .,-=+*#")
}
