/// Something the tool can be told to do: a plain value that a command line fills in.
///
/// Its properties hold the defaults; `parameters` says which words change which of them.
package protocol Command: Sendable {
  /// The word that calls it.
  static var name: String { get }
  /// One line that begins with a verb and ends with a full stop.
  static var summary: String { get }
  /// The heading under which the tool's help lists it.
  static var group: String? { get }
  /// Paragraphs for its help and manual.
  static var discussion: [String] { get }
  static var examples: [Example] { get }
  static var parameters: [Parameter<Self>] { get }

  /// True where its name alone calls it: no operand is required, and `validate` refuses nothing by
  /// default.
  static var standsAlone: Bool { get }

  /// The command as it is when no word follows its name.
  init()

  /// Refuses what each word alone couldn't show: options that contradict each other.
  mutating func validate() throws(UsageError)
}

extension Command {
  package static var group: String? { nil }
  package static var discussion: [String] { [] }
  package static var examples: [Example] { [] }
  package static var standsAlone: Bool { false }
  package mutating func validate() throws(UsageError) {}
}

/// A command line worth showing.
package struct Example: Sendable, Equatable {
  /// The whole line as it is typed, the tool's name included.
  package let line: String
  /// The effect of the line, in a sentence.
  package let effect: String

  package init(_ line: String, _ effect: String) {
    self.line = line
    self.effect = effect
  }
}
