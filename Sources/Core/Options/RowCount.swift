import Arguments

/// The number of rows to show.
package struct RowCount: ArgumentValue, Equatable {
  package let number: Int

  static let placeholder = "N"
  static let expectation = "a whole number from 1 to 1000000"

  package init(_ number: Int) {
    self.number = number
  }

  package init?(argument: String) {
    guard let number = Int(argument), (1...1_000_000).contains(number) else { return nil }
    self.number = number
  }
}
