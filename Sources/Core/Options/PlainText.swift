import Arguments

/// A text that isn't empty.
package struct PlainText: ArgumentValue, Hashable {
  package let text: String

  static let placeholder = "TEXT"
  static let expectation = "a text that isn't empty"

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    text = argument
  }
}
