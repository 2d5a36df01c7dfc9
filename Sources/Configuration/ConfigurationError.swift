/// A mistake in a file that people write, and its place.
package struct ConfigurationError: Error, Hashable, Sendable {
  /// From 1.
  package let line: Int
  /// In characters, from 1.
  package let column: Int
  package let problem: String

  package init(line: Int, column: Int, problem: String) {
    self.line = line
    self.column = column
    self.problem = problem
  }
}

extension ConfigurationError: CustomStringConvertible {
  /// As compilers say it, for the file's name to stand before: `12:5: expected …`.
  package var description: String { "\(line):\(column): \(problem)" }
}
