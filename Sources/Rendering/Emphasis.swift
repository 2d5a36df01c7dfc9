/// The way in which text is set off on a terminal, if at all. Colour only repeats what a word or
/// mark says.
package enum Emphasis: Sendable {
  case none
  case ansi

  package enum Role: Sendable { case heading, danger, notice, faint }

  package func apply(_ role: Role, to text: String) -> String {
    guard self == .ansi, !text.isEmpty else { return text }
    let code =
      switch role {
      case .heading: "1"
      case .danger: "31"
      case .notice: "33"
      case .faint: "2"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
