import Arguments
import Expressions
import ProcFS

/// A pattern that a command line must match, anywhere in it.
package struct CommandPattern: ArgumentValue {
  let text: String
  private let expression: Expression

  static let placeholder = "ERE"
  static let expectation = "an extended regular expression"

  init?(argument: String) {
    guard let expression = try? Expression(parsing: argument) else { return nil }
    self.expression = expression
    text = argument
  }

  package static func expectation(insteadOf argument: String) -> String {
    guard !argument.isEmpty, let problem = problem(of: argument) else { return expectation }
    return "\(expectation): \(problem)"
  }

  /// The problem of a text that is no such expression; `nil` if it is one.
  package static func problem(of argument: String) -> String? {
    do throws(ExpressionProblem) {
      _ = try Expression(parsing: argument)
      return nil
    } catch {
      return error.text
    }
  }

  /// True if a command line matches. It is cut first: repairing bytes that aren't UTF-8 may have
  /// made it longer.
  func matches(_ text: String) -> Bool {
    expression.matches(Array(text.utf8.prefix(ProcessCommandLine.longest)).span)
  }
}
