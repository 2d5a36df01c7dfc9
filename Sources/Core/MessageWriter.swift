import Rendering

/// The writer of messages for a command that doesn't end.
package struct MessageWriter {
  package let console: Console
  package let name: String
  package let isQuiet: Bool

  package init(console: Console, name: String, isQuiet: Bool) {
    self.console = console
    self.name = name
    self.isQuiet = isQuiet
  }

  /// Prints what was done, unless it is quiet.
  package func say(_ sentence: String) {
    guard !isQuiet else { return }
    _ = console.write(.output, Array((SafeText.visible(sentence) + "\n").utf8))
  }

  func remark(_ sentence: String) {
    if !isQuiet { complain(sentence) }
  }

  package func complain(_ sentence: String) { console.complain(sentence, as: name) }
}
