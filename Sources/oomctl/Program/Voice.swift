import Rendering

/// How a command speaks that doesn't end.
struct Voice {
  let console: Console
  let name: String
  let isQuiet: Bool

  /// What it did.
  func say(_ sentence: String) {
    guard !isQuiet else { return }
    _ = console.write(.output, Array((SafeText.visible(sentence) + "\n").utf8))
  }

  func remark(_ sentence: String) {
    if !isQuiet { complain(sentence) }
  }

  func complain(_ sentence: String) { console.complain(sentence, as: name) }
}
