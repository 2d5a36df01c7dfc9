import Core
import Rendering

/// The outcome of a drill, for people.
struct DrillOutcome {
  /// The process that the kernel took, and the evidence.
  let killed: String
  /// True where that is what was predicted.
  let agrees: Bool
  /// The kernel's own, from its log.
  let words: [String]

  func write(to text: inout Text, on page: Page) {
    text.line("Killed:    \(SafeText.visible(killed))")
    text.line(
      agrees
        ? "Prediction and kernel agree."
        : page.emphasis.apply(.danger, to: "Prediction and kernel don't agree."))
    guard page.hasRemarks, !words.isEmpty else { return }
    text.line()
    text.line("The kernel's words:")
    for line in words {
      text.paragraph(SafeText.visible(line), label: "  ", width: page.textWidth)
    }
  }
}
