/// A value that a user can type: how it is read, shown, explained and completed.
package protocol ArgumentValue: Sendable {
  /// The placeholder in help, as `N` or `DIR`.
  static var placeholder: String { get }
  static var completion: Completion { get }
  /// A description of valid text, after the word "expected" in an error: "a whole number".
  static var expectation: String { get }
  /// The expectation with the reason why a text doesn't meet it, where that needs saying.
  static func expectation(insteadOf argument: String) -> String
  init?(argument: String)
}

extension ArgumentValue {
  package static var completion: Completion { .none }
  package static func expectation(insteadOf argument: String) -> String { expectation }
}

/// The words that a shell offers.
package enum Completion: Sendable, Equatable {
  case none
  case files
  case directories
  /// Numbers and names of processes.
  case processes
  case users
  /// Names of systemd's units.
  case units
  /// Paths of control groups, from the root of their hierarchy.
  case cgroups
  /// Names of programs that can be run.
  case programs
  /// Names of the tool's own commands.
  case commands
  case choices([String])
}

extension Int: ArgumentValue {
  package static var placeholder: String { "N" }
  package static var expectation: String { "a whole number" }
  package init?(argument: String) { self.init(argument) }
}

extension String: ArgumentValue {
  package static var placeholder: String { "TEXT" }
  package static var expectation: String { "a text" }
  package init?(argument: String) { self = argument }
}

extension ArgumentValue where Self: CaseIterable & RawRepresentable<String> {
  private static var choices: [String] { allCases.map(\.rawValue) }

  /// The choices themselves while they are few.
  package static var placeholder: String {
    choices.count <= 4 ? choices.joined(separator: "|") : "WORD"
  }
  package static var completion: Completion { .choices(choices) }
  package static var expectation: String { "one of \(choices.joined(separator: ", "))" }
  package init?(argument: String) { self.init(rawValue: argument) }
}
