/// Text set in lines of a limited width.
struct TextLayout {
  let width: Int
  /// The column at which the second of two columns begins.
  var column = 0

  func paragraph(_ text: String, indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    return lines(of: text, width: width - indent).map { margin + $0 }.joined(separator: "\n")
  }

  /// A term and what it means beside it, or below where the term is too long.
  func entry(_ term: String, _ text: String) -> String {
    let body = paragraph(text, indent: column)
    let head = "  \(term)  "
    guard head.count <= column else { return "  \(term)\n\(body)" }
    return head + String(repeating: " ", count: column - head.count) + body.dropFirst(column)
  }

  /// Words as many as fit; at least twenty columns are used, however narrow the page.
  private func lines(of text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty && line.count + 1 + word.count > max(width, 20) {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? word : " \(word)"
    }
    return lines + [line]
  }
}
