/// Output under construction: bytes of UTF-8, handed over in large pieces.
package struct Text: Sendable {
  package var bytes: [UInt8] = []

  package init() {}

  package mutating func append(_ string: String) {
    bytes.append(contentsOf: string.utf8)
  }

  /// Adds blanks, if the count isn't negative.
  mutating func blanks(_ count: Int) {
    for _ in 0..<max(0, count) { bytes.append(UInt8(ascii: " ")) }
  }

  /// Removes the blanks at the end, but none before that many bytes.
  mutating func dropBlanks(downTo count: Int) {
    while bytes.count > count, bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
  }

  /// Adds a line with its end.
  package mutating func line(_ string: String = "") {
    append(string)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Adds a paragraph, broken at blanks so that no line is longer than `width`. Further lines are
  /// indented so that it hangs from its label.
  package mutating func paragraph(_ string: String, label: String = "", width: Int) {
    var current = label
    let width = width - label.displayWidth
    var used = 0
    for bytes in string.utf8.split(separator: UInt8(ascii: " ")) {
      let word = String(Substring(bytes))
      let length = word.displayWidth
      if used > 0, used + 1 + length > width {
        line(current)
        current = String(repeating: " ", count: label.displayWidth)
        used = 0
      }
      current += (used > 0 ? " " : "") + word
      used += length + (used > 0 ? 1 : 0)
    }
    line(current)
  }

  package var string: String { String(decoding: bytes, as: UTF8.self) }
}
